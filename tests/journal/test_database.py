from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from crossties.errors import HostError
from crossties.journal import Journal


def test_a_journal_comes_into_being_at_the_first_writing(journal: Journal) -> None:
    assert not journal.exists
    with journal.writing():
        pass
    assert journal.exists


def test_only_who_runs_the_service_reads_the_file(journal: Journal) -> None:
    with journal.writing():
        pass
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600


def test_every_opening_waits_for_the_disk(journal: Journal) -> None:
    for opened in (journal.writing, journal.reading, journal.writing):
        with opened() as database:
            assert database.execute("PRAGMA synchronous").fetchone()[0] == 2
            assert database.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            assert database.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_block_that_fails_leaves_no_trace(journal: Journal) -> None:
    with suppress(ZeroDivisionError), journal.writing() as database:
        database.execute("INSERT INTO meta VALUES ('a', 'b')")
        raise ZeroDivisionError
    with journal.reading() as database:
        assert not database.execute("SELECT 1 FROM meta WHERE name = 'a'").fetchone()


def test_many_who_make_it_at_once_make_one(journal: Journal) -> None:
    def write() -> None:
        with journal.writing() as database:
            database.execute("INSERT INTO text VALUES (?, x'')", (str(threading.get_ident()),))

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with journal.reading() as database:
        assert database.execute("SELECT count(*) FROM meta WHERE name = 'key'").fetchone()[0] == 1
        assert database.execute("SELECT count(*) FROM text").fetchone()[0] >= 1


def test_a_file_that_is_no_journal_is_told(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"something else" * 100)
    with pytest.raises(HostError, match="can't be used"), Journal(path).reading():
        pass


def test_a_journal_of_another_version_is_left_alone(journal: Journal) -> None:
    with journal.writing():
        pass
    with closing(sqlite3.connect(journal.path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(HostError, match="another version"), journal.reading():
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(HostError, match="can't be made"),
        Journal(tmp_path / "file" / "journal.sqlite").writing(),
    ):
        pass
