"""The command: what it writes, that doing it twice changes nothing, and that candidates pass the gate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests.importing.conftest import settings

from crossties.importing import compare_graphs, run_import
from crossties.importing.register import Register
from crossties.intake import Upload

Crossties = Callable[..., Result]
LIST = """city1,country1,lat1,lng1,city2,country2,lat2,lng2
Kotka,Finland,60.4,26.9,Tallinn,Estonia,59.4,24.7
Äänekoski,Finland,62.6,25.7,Brandenburg an der Havel,Germany,52.4,12.5
"""


def _run(crossties: Crossties, folder: Path, file: Path, *more: str) -> Result:
    told = ("--title", "Twin towns", "--publisher", "Some encyclopedia", "--slug", "twins")
    return crossties("import", "twin-towns", file, "-o", folder, *told, *more)


def test_an_import_done_twice_changes_nothing(crossties: Crossties, tmp_path: Path) -> None:
    file, folder = tmp_path / "list.csv", tmp_path / "found"
    file.write_text(LIST, encoding="utf-8")
    first = _run(crossties, folder, file, "--read-on", "2026-11-01")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    second = _run(crossties, folder, file)
    assert first.exit_code == second.exit_code == 0
    assert "0 new, 0 changed, 0 gone" in second.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert (folder / "review.csv").read_text(encoding="utf-8").startswith("row,name,country,own,candidate")


def test_a_folder_with_something_else_is_left_alone(crossties: Crossties, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    assert _run(crossties, tmp_path, file).exit_code == 2
    assert file.read_text(encoding="utf-8") == LIST


def test_rows_that_are_kept_out_end_the_command_with_1(crossties: Crossties, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST + "Q1,Finland,,,Kotka,Finland,,\n", encoding="utf-8")
    result = _run(crossties, tmp_path / "found", file, "--format", "csv")
    assert result.exit_code == 1
    assert "bare-identifier" in result.stdout


def test_a_difference_names_the_things(register: Register, tmp_path: Path) -> None:
    upload = Upload("list.csv", LIST.encode())
    outcome = run_import("twin-towns", upload, settings(), register)
    difference = compare_graphs(tmp_path, outcome.graphs)
    assert "+ id/partnership/aanekoski-finland-brandenburg-an-der-havel-germany\n" in str(difference)
    assert not difference.is_empty


@pytest.mark.slow
def test_candidates_pass_the_gate_of_every_contribution(crossties: Crossties, tmp_path: Path) -> None:
    file, folder = tmp_path / "list.csv", tmp_path / "found"
    file.write_text(LIST, encoding="utf-8")
    _run(crossties, folder, file)
    checked = crossties("check", folder / "data")
    assert checked.exit_code == 0, checked.stdout
