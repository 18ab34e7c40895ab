from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from crossties.resources import Content
from crossties.validation.faces.values import COLUMNS

Crossties = Callable[..., Result]
Write = Callable[[str, str | bytes], Path]


@pytest.mark.slow
def test_the_shipped_data_conforms(crossties: Crossties, content: Content) -> None:
    result = crossties("check", content.data)
    assert result.exit_code == 0, result.stdout
    assert "Conforms" in result.stdout


def test_a_broken_file_ends_with_1_and_says_where(crossties: Crossties, write_file: Write) -> None:
    file = write_file("bad.ttl", "<urn:a> <urn:b> 1 .\n<urn:a> <urn:b>")
    result = crossties("check", file)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{file}\n  violation  2:")
    assert result.stdout.endswith("Does not conform: files 1, violations 1.\n")


def test_json_holds_the_verdict_and_every_result(crossties: Crossties, write_file: Write) -> None:
    result = crossties("check", write_file("bad.ttl", "<urn:a> <urn:b>"), "--format", "json")
    told = json.loads(result.stdout)
    assert list(told)[:2] == ["conforms", "language"]
    assert told["conforms"] is False
    assert [list(one) for one in told["results"]] == [list(COLUMNS)]
    assert told["results"][0]["line"] == 1


def test_every_kind_of_unreadable_input_is_a_result(
    crossties: Crossties, write_file: Write, tmp_path: Path
) -> None:
    (tmp_path / "nothing").mkdir()
    bad = {
        "missing.ttl": tmp_path / "missing.ttl",
        "empty.ttl": write_file("empty.ttl", ""),
        "latin.ttl": write_file("latin.ttl", '<urn:a> <urn:b> "ö" .'.encode("latin-1")),
        "notes.docx": write_file("notes.docx", "x"),
        "nothing": tmp_path / "nothing",
    }
    told = json.loads(crossties("check", *bad.values(), "--format", "json").stdout)
    assert {Path(one["file"]).name for one in told["results"]} == set(bad)
    assert all(one["suggestion"] for one in told["results"])


def test_without_files_nothing_is_checked(crossties: Crossties) -> None:
    assert crossties("check").exit_code == 2


def test_a_sheet_is_written_back_with_its_cells_marked(
    crossties: Crossties, write_file: Write, tmp_path: Path
) -> None:
    sheet = write_file("avtal.csv", "Slug;Namn på svenska;Part\nx1;Avtal A;Umea\n")
    result = crossties("check", sheet, "--lang", "sv", "--mark", tmp_path / "marked.xlsx")
    assert result.exit_code == 1
    assert "C2" in result.stdout
    assert (tmp_path / "marked.xlsx").read_bytes()[:2] == b"PK"
    assert crossties("check", write_file("a.ttl", ""), "--mark", tmp_path / "no.xlsx").exit_code == 3


@pytest.mark.slow
def test_a_sheet_that_conforms_is_written_as_the_file_of_a_pull_request(
    crossties: Crossties, write_file: Write, tmp_path: Path
) -> None:
    rows = "Namn på engelska;Namn på svenska;Slag;Del av 1;Gränsar till 1\nSorteby;Sorteby;region;Finland;\n"
    target = tmp_path / "data" / "places" / "sorteby.ttl"
    target.parent.mkdir(parents=True)
    told = crossties("check", write_file("orter.csv", rows), "--lang", "sv", "--turtle", target)
    assert told.exit_code == 0, told.stdout
    assert "<graph/places/sorteby> dct:created" in target.read_text(encoding="utf-8")
    assert crossties("check", target).exit_code == 0


@pytest.mark.parametrize("face", ["turtle", "jsonld", "sarif", "junit", "csv"])
def test_every_face_can_be_had(crossties: Crossties, write_file: Write, face: str) -> None:
    result = crossties("check", write_file("bad.ttl", "<urn:a> <urn:b>"), "--format", face)
    assert result.exit_code == 1
    assert "bad.ttl" in result.stdout
