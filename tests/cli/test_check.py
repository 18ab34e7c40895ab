from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from crossties.resources import Content

Crossties = Callable[..., Result]
Write = Callable[[str, str | bytes], Path]
KEYS = ["file", "line", "column", "focus", "path", "value", "severity", "message", "suggestion", "shape"]


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
    assert result.stdout.endswith("Does not conform: 1 file checked, 1 violation.\n")


def test_json_holds_the_verdict_and_every_result(crossties: Crossties, write_file: Write) -> None:
    result = crossties("check", write_file("bad.ttl", "<urn:a> <urn:b>"), "--format", "json")
    told = json.loads(result.stdout)
    assert list(told) == ["conforms", "results"]
    assert told["conforms"] is False
    assert [list(one) for one in told["results"]] == [KEYS]
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
