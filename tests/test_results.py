from __future__ import annotations

import csv
import io
import json

import pytest

from crossties.namespaces import XSD
from crossties.results import Cell, Table, Value, read_table, to_csv, to_json, to_text

TABLE = Table(
    ("who", "whoLabel", "amount", "stated"),
    (
        (
            Cell("urn:a", "iri"),
            Cell("Umeå, “kommun”"),
            Cell("163000", XSD + "decimal"),
            Cell("true", XSD + "boolean"),
        ),
        (Cell("urn:b", "iri"), Cell("Щит\nи меч"), None, Cell("false", XSD + "boolean")),
    ),
)


def test_results_are_read_with_their_types() -> None:
    told = {
        "head": {"vars": ["a", "b", "c"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "urn:a"},
                    "b": {"type": "literal", "value": "x", "xml:lang": "sv"},
                },
            ],
        },
    }
    table = read_table(json.dumps(told).encode())
    assert table == Table(("a", "b", "c"), ((Cell("urn:a", "iri"), Cell("x", "", "sv"), None),))


def test_a_yes_or_no_is_a_table_of_one_cell() -> None:
    assert read_table(b'{"head":{},"boolean":true}').rows[0][0] == Cell("true", XSD + "boolean")


def test_csv_can_be_read_back() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(TABLE), newline="")))
    assert rows[0] == ["who", "whoLabel", "amount", "stated"]
    assert rows[2] == ["urn:b", "Щит\nи меч", "", "false"]


def test_csv_has_the_line_ends_of_its_standard() -> None:
    assert to_csv(Table(("a",), ())) == "a\r\n"


def test_json_says_what_it_is_about() -> None:
    told = json.loads(to_json(TABLE, {"question": "x"}))
    assert told["question"] == "x"
    assert told["rows"][1] == {
        "who": "urn:b",
        "whoLabel": "Щит\nи меч",
        "amount": None,
        "stated": False,
    }


@pytest.mark.parametrize(
    ("text", "datatype", "expected"),
    [
        ("489000", "decimal", 489000),
        ("0.5", "decimal", 0.5),
        ("123456789012345678", "integer", 123456789012345678),
        ("123456789012345678", "decimal", 123456789012345678),
        ("1.0E3", "double", 1000),
        ("INF", "double", "INF"),
        ("NaN", "double", "NaN"),
        ("1e400", "double", "1e400"),
        ("abc", "integer", "abc"),
        ("1", "boolean", True),
        ("2018-09", "gYearMonth", "2018-09"),
    ],
)
def test_values_for_json_are_exact_or_stay_text(text: str, datatype: str, expected: Value) -> None:
    value = Cell(text, XSD + datatype).value
    assert (value, type(value)) == (expected, type(expected))
    json.dumps(value, allow_nan=False)


def test_a_table_for_people_shows_labels_in_place_of_iris() -> None:
    lines = to_text(TABLE).splitlines()
    assert lines[0].split() == ["who", "amount", "stated"]
    assert "urn:a" not in lines[2]
    assert lines[-1] == "2 rows"


def test_a_table_for_people_keeps_one_row_on_one_line_and_cuts_long_texts() -> None:
    table = Table(("text",), ((Cell("a\nb " + "x" * 100),),))
    lines = to_text(table).splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("a b xxx")
    assert lines[2].endswith("…")


def test_columns_stand_under_their_heads() -> None:
    lines = to_text(TABLE).splitlines()
    assert {
        line.index(word) for line, word in ((lines[0], "stated"), (lines[2], "true"), (lines[3], "false"))
    } == {
        lines[0].index("stated"),
    }


def test_an_empty_answer_is_still_a_table() -> None:
    assert to_text(Table(("a",), ())).endswith("0 rows\n")
    assert to_text(Table((), ())).endswith("0 rows\n")


def test_a_terminal_shows_passages_by_document_and_paragraph() -> None:
    passages = (
        "https://w3id.org/crossties/id/document/ferry/p1 https://w3id.org/crossties/id/document/ferry/p12"
    )
    table = Table(("source", "sourceLabels"), ((Cell(passages), Cell("Ferry news ¶1; Ferry news ¶12")),))
    assert "ferry ¶1, 12" in to_text(table)
