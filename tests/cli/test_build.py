from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Crossties = Callable[..., Result]
Write = Callable[[str, str | bytes], Path]


def test_a_build_tells_its_version_and_counts(crossties: Crossties, tmp_path: Path) -> None:
    result = crossties("build", home=tmp_path)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Version 1 in {tmp_path}")
    assert "triples" in result.stdout


def test_a_second_build_of_the_same_data_makes_nothing_new(crossties: Crossties, tmp_path: Path) -> None:
    assert crossties("build", home=tmp_path).stdout == crossties("build", home=tmp_path).stdout


def test_nothing_is_shown_on_the_way_where_nobody_looks(crossties: Crossties, tmp_path: Path) -> None:
    assert crossties("build", home=tmp_path).stderr == ""


@pytest.mark.parametrize("command", [("build",), ("ask", "funding/totals"), ("query", "ASK {}")])
def test_a_home_that_cannot_be_written_is_told(
    crossties: Crossties,
    write_file: Write,
    command: tuple[str, ...],
) -> None:
    result = crossties(*command, home=write_file("file", "no folder") / "home")
    assert result.exit_code == 4
    assert result.stdout == ""
    assert "CROSSTIES_HOME" in result.stderr


def test_a_setting_of_the_wrong_form_is_told(crossties: Crossties, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSTIES_WORKERS", "many")
    result = crossties("build")
    assert result.exit_code == 2
    assert "CROSSTIES_WORKERS" in result.stderr
