from __future__ import annotations

import multiprocessing
from pathlib import Path

from crossties.store.announcing import Announcements, announce


def test_nothing_is_announced_at_first(tmp_path: Path) -> None:
    listening = Announcements(tmp_path)
    assert (listening.count, listening.read()) == (0, None)


def test_what_is_announced_is_there_for_whoever_looks_afterwards(tmp_path: Path) -> None:
    before = Announcements(tmp_path)
    for number in (1, 2):
        announce(tmp_path, Path(f"/versions/{number}"))
        for listening in (before, Announcements(tmp_path)):
            assert (listening.count, listening.read()) == (number, Path(f"/versions/{number}"))


def test_no_announcement_of_another_process_is_lost(tmp_path: Path) -> None:
    listening = Announcements(tmp_path)
    spawn = multiprocessing.get_context("spawn")
    announcers = [spawn.Process(target=announce_often, args=(tmp_path, name)) for name in ("a", "b")]
    for announcer in announcers:
        announcer.start()
    for announcer in announcers:
        announcer.join()
    assert listening.count == 200
    assert listening.read() in {Path("/a/99"), Path("/b/99")}


def announce_often(folder: Path, name: str) -> None:
    for number in range(100):
        announce(folder, Path(f"/{name}/{number}"))
