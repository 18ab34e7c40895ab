from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from crossties.resources import Content

Crossties = Callable[..., Result]
Write = Callable[[str, str | bytes], Path]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/crossties/ns#Place> }"


def test_a_query_is_given_as_text_as_a_file_or_on_the_standard_input(
    crossties: Crossties, write_file: Write
) -> None:
    file = write_file("count.rq", COUNT)
    odd = write_file("count.txt", COUNT)
    told = {
        crossties("query", COUNT).stdout,
        crossties("query", file).stdout,
        crossties("query", odd).stdout,
        crossties("query", "-", stdin=COUNT).stdout,
    }
    assert len(told) == 1
    assert "1 row" in told.pop()


def test_a_question_file_runs_as_it_is(crossties: Crossties, content: Content) -> None:
    file = content.queries / "funding" / "totals.rq"
    assert "489000" in crossties("query", file, "--format", "csv").stdout


def test_a_yes_or_no_is_a_table_too(crossties: Crossties) -> None:
    assert "true" in crossties("query", "ASK {}").stdout


def test_a_graph_is_written_as_turtle_where_no_format_is_asked_for(crossties: Crossties) -> None:
    told = crossties("query", "DESCRIBE <https://w3id.org/crossties/id/place/kotka>").stdout
    assert "@prefix" in told
    assert "ct:Place" in told


@pytest.mark.parametrize(("face", "start"), [("csv", "n"), ("tsv", "?n"), ("xml", "<?xml"), ("json", "{")])
def test_results_are_written_in_every_format(crossties: Crossties, face: str, start: str) -> None:
    assert crossties("query", COUNT, "--format", face).stdout.startswith(start)


def test_json_is_the_standard_s(crossties: Crossties) -> None:
    assert json.loads(crossties("query", COUNT, "--format", "json").stdout)["head"] == {"vars": ["n"]}


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("SELECT * {", 3, "error: query:1:"),
        ("DROP ALL", 3, "update"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> {} }", 3, "SERVICE is not allowed"),
        ("{" * 3_000, 3, "nested deeper"),
        ("", 3, "empty"),
        ("no-such-file.rq", 3, "no such file"),
        ("SELECT ?x { " + "#" * 70_000, 3, "bytes"),
    ],
)
def test_a_bad_query_is_told(crossties: Crossties, text: str, code: int, told: str) -> None:
    result = crossties("query", text)
    assert result.exit_code == code
    assert told in result.stderr


def test_an_error_in_a_file_is_told_with_its_name_and_line(crossties: Crossties, write_file: Write) -> None:
    file = write_file("bad.rq", "SELECT *\nWHERE { ?s ?p }")
    assert f"{file}:2:" in crossties("query", file).stderr


def test_an_empty_file_is_told(crossties: Crossties, write_file: Write) -> None:
    result = crossties("query", write_file("empty.rq", "\n"))
    assert (result.exit_code, "empty" in result.stderr) == (3, True)


def test_a_file_in_another_encoding_is_told_with_its_line(crossties: Crossties, write_file: Write) -> None:
    file = write_file("latin.rq", "SELECT *\n{ ?s ?p 'Umeå' }".encode("latin-1"))
    result = crossties("query", file)
    assert result.exit_code == 3
    assert f"{file}:2: The query is not UTF-8." in result.stderr


def test_a_format_that_the_query_has_not_is_told(crossties: Crossties) -> None:
    result = crossties("query", "ASK {}", "--format", "turtle")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "csv" in result.stderr
