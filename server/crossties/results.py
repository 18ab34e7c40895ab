"""Answers as tables: read SPARQL results in JSON, write them as CSV, TSV, JSON or for a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from crossties.namespaces import XSD

Value = str | int | float | bool | None
_NUMBERS: Final = {XSD + name for name in ("integer", "decimal", "double", "float")}
_WIDEST: Final = 60
_PASSAGE: Final = re.compile(r".*/id/document/([^/]+)/p(\d+)")
_DIGITS: Final = 300


@dataclass(frozen=True)
class Cell:
    """One value of a row: its text as the store wrote it, and its datatype, language or kind."""

    text: str
    type: str = ""
    language: str = ""

    @property
    def value(self) -> Value:
        """Return the value for JSON: numbers and booleans as such, all else as text."""
        if self.type == XSD + "boolean":
            return self.text in {"true", "1"}
        return _number(self.text) if self.type in _NUMBERS else self.text


@dataclass(frozen=True)
class Table:
    """An answer: column names and rows; None where a column has no value in a row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]


def read_table(results: bytes) -> Table:
    """Read SPARQL 1.1 Query Results JSON; an ASK becomes one row with the column ``answer``."""
    told = json.loads(results)
    if "boolean" in told:
        return Table(("answer",), ((Cell("true" if told["boolean"] else "false", XSD + "boolean"),),))
    columns = tuple(told["head"]["vars"])
    rows = tuple(tuple(_cell(row.get(column)) for column in columns) for row in told["results"]["bindings"])
    return Table(columns, rows)


def _number(text: str) -> Value:
    """Return a whole number exactly, another as a float; what is no number for JSON stays text."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        return text
    return int(value) if value == value.to_integral_value() else float(value)


def _cell(told: dict[str, str] | None) -> Cell | None:
    if told is None:
        return None
    kind = "iri" if told["type"] == "uri" else told.get("datatype", "")
    return Cell(told["value"], kind, told.get("xml:lang", ""))


def to_csv(table: Table, *, delimiter: str = ",") -> str:
    """Return the table as CSV (RFC 4180), a header line first."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([cell.text if cell else "" for cell in row] for row in table.rows)
    return written.getvalue()


def to_json(table: Table, about: dict[str, Any], beside: Sequence[Mapping[str, Any]] = ()) -> str:
    """Return ``about`` with ``columns`` and ``rows``, a row being an object from column to value or null.

    ``beside`` holds what is added to each row, one mapping for each.
    """
    rows = [
        {column: cell.value if cell else None for column, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]
    for row, more in zip(rows, beside, strict=False):
        row.update(more)
    told = {**about, "columns": list(table.columns), "rows": rows}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def to_text(table: Table) -> str:
    """Return the table for a terminal: labels for entities, “kotka-2018 ¶2” for passages, long texts cut."""
    shown = [at for at, column in enumerate(table.columns) if not _has_label(column, table.columns)]
    head = [_heading(table.columns[at]) for at in shown]
    body = [[_shown(row, at) for at in shown] for row in table.rows]
    widths = [max(map(_width, column)) for column in zip(head, *body, strict=True)]
    lines = [head, ["─" * width for width in widths], *body]
    count = f"{len(body)} row{'' if len(body) == 1 else 's'}"
    return "\n".join(_line(line, widths) for line in lines) + f"\n{count}\n"


def _has_label(column: str, columns: tuple[str, ...]) -> bool:
    return f"{column}Label" in columns or f"{column}Labels" in columns


def _heading(column: str) -> str:
    return column.removesuffix("Labels").removesuffix("Label")


def _shown(row: tuple[Cell | None, ...], at: int) -> str:
    """Show a cell; the column before one of labels holds the IRIs, and those of passages say more."""
    cell, before = row[at], row[at - 1] if at else None
    if cell is None:
        return ""
    passages = [_PASSAGE.fullmatch(iri) for iri in before.text.split()] if before else []
    if passages and all(passages):
        return _cut(_by_document([(match[1], match[2]) for match in passages if match]))
    return _cut(cell.text)


def _by_document(passages: list[tuple[str, str]]) -> str:
    documents = dict.fromkeys(document for document, _ in passages)
    paragraphs = {
        one: ", ".join(number for document, number in passages if document == one) for one in documents
    }
    return "; ".join(f"{document} ¶{numbers}" for document, numbers in paragraphs.items())


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def _line(cells: list[str], widths: list[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
