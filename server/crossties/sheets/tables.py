"""Read tables of text (CSV) as Excel writes them in the north, and say what was assumed."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO
from typing import Final

from crossties.sheets.grid import MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Cell, Grid
from crossties.sheets.said import Said

#: How large a table may be.
MAX_BYTES: Final = 5 * 1024 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SEPARATORS: Final = (";", "\t", ",", "|")
#: Four letters beyond ASCII in a row: words of Cyrillic have them, those of the north in Latin letters don't.
_CYRILLIC: Final = re.compile(rb"[\xc0-\xff\xa8\xb8]{4}")


def read_table(data: bytes) -> tuple[Grid | None, list[Said]]:
    """Return the rows of a table, or None where it can't be read, and what was assumed or is wrong."""
    if len(data) > MAX_BYTES:
        return None, [Said("large-table", values={"most": MAX_BYTES // 1024**2})]
    text, encoding = _decode(data)
    if "\0" in text:
        return None, [Said("not-a-table")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    named = first.strip().lower()
    lines_before = 0
    if named.startswith("sep=") and len(named) == len("sep=;"):
        separator, text, lines_before = first.strip()[4], rest, 1
    else:
        separator = _separator(text)
    try:
        found = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None, [Said("broken-table")]
    assumed = Said(
        "table-read", "info", {"encoding": encoding, "separator": "tab" if separator == "\t" else separator}
    )
    return _grid(found, lines_before), [assumed]


def _decode(data: bytes) -> tuple[str, str]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace").removeprefix("\ufeff"), name
    for codec in _unmarked(data):
        try:
            return data.decode(codec), codec.upper()
        except UnicodeDecodeError:
            continue
    codec = "cp1251" if _CYRILLIC.search(data) else "cp1252"
    return data.decode(codec, "replace"), codec


def _unmarked(data: bytes) -> tuple[str, ...]:
    """Return what to try where no mark tells: UTF-16 leaves every second byte of Latin letters empty."""
    head = data[:4_000]
    if head[1::2].count(0) > len(head) / 4:
        return ("utf-16-le",)
    if head[0::2].count(0) > len(head) / 4:
        return ("utf-16-be",)
    return ("utf-8",)


def _separator(text: str) -> str:
    """Return what stands between the cells of the first line that has anything, quotes aside."""
    line = next((one for one in text.split("\n") if one.strip()), "")
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=lambda one: (outside.count(one), -_SEPARATORS.index(one)))


def _grid(found: list[list[str]], lines_before: int) -> Grid:
    rows = {
        number + lines_before: {
            column: Cell(number + lines_before, column, text[: MAX_TEXT + 1])
            for column, text in enumerate(line[:MAX_COLUMNS], start=1)
            if text.strip()
        }
        for number, line in enumerate(found[: MAX_ROWS + 1], start=1)
    }
    full = [number for number, line in enumerate(found, start=1) if any(text.strip() for text in line)]
    last_column = max((len(line) for line in found), default=0)
    filled = {number: row for number, row in rows.items() if row}
    return Grid(None, filled, last_row=max(full, default=0) + lines_before, last_column=last_column)
