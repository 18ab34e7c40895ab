"""The command for those who work with spreadsheets: template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from click.testing import Result

Crossties = Callable[..., Result]


def test_without_a_kind_the_kinds_are_listed_in_the_language(crossties: Crossties) -> None:
    result = crossties("template", "--lang", "fi")
    assert result.exit_code == 0
    assert "agreements         Sopimukset\n" in result.stdout


def test_a_workbook_is_written_in_the_language(crossties: Crossties, tmp_path: Path) -> None:
    path = tmp_path / "paikat.xlsx"
    result = crossties("template", "places", "--lang", "sv", "-o", path)
    assert result.exit_code == 0
    assert f"crossties check {path}" in result.stderr
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[1] == "Platser"
    known = list(book["Kända namn"].iter_rows(min_row=2, max_col=4, values_only=True))
    assert ("Kymmenedalen", "region", "Finland", "https://w3id.org/crossties/id/place/kymenlaakso") in known


def test_a_file_is_never_overwritten_unless_forced(crossties: Crossties, tmp_path: Path) -> None:
    path = tmp_path / "places.xlsx"
    path.write_bytes(b"mine")
    refused = crossties("template", "places", "-o", path)
    assert refused.exit_code == 2
    assert path.read_bytes() == b"mine"
    assert crossties("template", "places", "-o", path, "--force").exit_code == 0
    assert path.read_bytes() != b"mine"


def test_an_unknown_kind_is_told_with_those_that_there_are(crossties: Crossties) -> None:
    result = crossties("template", "treaties")
    assert result.exit_code == 2
    assert "agreements, partnerships" in result.stderr


def test_a_folder_that_is_missing_is_told(crossties: Crossties, tmp_path: Path) -> None:
    result = crossties("template", "places", "-o", tmp_path / "none" / "x.xlsx")
    assert result.exit_code == 4
    assert "can't be written" in result.stderr
