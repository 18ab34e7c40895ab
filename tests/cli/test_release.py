from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Crossties = Callable[..., Result]


def test_a_release_is_made_listed_and_made_once(crossties: Crossties, shipped_home: Path) -> None:
    made = crossties("release", "create", "2026-11", "--date", "2026-11-22")
    assert made.exit_code == 0, made.output
    assert "Release 2026-11 of 2026-11-22" in made.output
    assert (shipped_home / "releases" / "2026-11" / "crossties.nq.gz").is_file()
    assert crossties("release", "list").output.startswith("2026-11\t2026-11-22\t")
    again = crossties("release", "create", "2026-11")
    assert again.exit_code == 2
    assert "already" in again.output
