"""Read lists row by row, whatever they are kept in: tables of text, or sheets of a workbook."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from crossties.errors import InputError, Location
from crossties.intake import Upload
from crossties.search.fold import fold
from crossties.sheets.grid import Grid, tidy
from crossties.sheets.workbooks import is_workbook, read_workbook


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, and its cells by the folded header with their columns."""

    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]
    sheet: str | None = None

    def get(self, *names: str) -> str:
        """Return the first cell that isn't empty under one of these headers."""
        return next((text for name in names if (text := self.cells.get(fold(name), ""))), "")

    def column(self, *names: str) -> int | None:
        """Return the column of the first of these headers that the list has."""
        return next((self.columns[key] for name in names if (key := fold(name)) in self.columns), None)


def read_rows(upload: Upload) -> Iterator[Row]:
    """Yield the rows of a table of text below its header; commas, semicolons and tabs are told apart.

    Raises:
        InputError: it isn't UTF-8, or quotes are left open.
    """
    try:
        text = upload.data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = upload.data[: error.start].count(b"\n") + 1
        message = "The list is not UTF-8."
        raise InputError(message, mend="Save it as UTF-8.", where=Location(upload.name, line)) from error
    first = text.partition("\n")[0]
    separator = max("\t;,", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] | None = None
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if header is None:
                header = [fold(cell) for cell in cells]
            elif any(cell.strip() for cell in cells):
                yield _row(number, header, cells)
    except csv.Error as error:
        message = f"The table can't be read: {error}."
        where = Location(upload.name, row=number + 1)
        raise InputError(message, mend="Look for a quote that isn't closed.", where=where) from error


def read_sheets(upload: Upload, language: str) -> list[tuple[str, list[Row]]]:
    """Return the sheets of a workbook, each with its rows below the first row that is filled.

    Raises:
        InputError: it is no workbook, or one that can't be read.
    """
    if not is_workbook(upload.data):
        message = "The file is no workbook."
        raise InputError(message, mend="Give the .xlsx file of the export.", where=Location(upload.name))
    grids = read_workbook(upload.data, name=upload.name, language=language)
    return [(grid.name or "", list(_sheet_rows(grid))) for grid in grids]


def _sheet_rows(grid: Grid) -> Iterator[Row]:
    numbers = sorted(grid.rows)
    if not numbers:
        return
    wide = range(1, grid.last_column + 1)
    header = [fold(grid.cell(numbers[0], column).text) for column in wide]
    for number in numbers[1:]:
        cells = [_text(grid, number, column) for column in wide]
        if any(cells):
            yield _row(number, header, cells, grid.name)


def _text(grid: Grid, row: int, column: int) -> str:
    value = grid.cell(row, column).value
    day = getattr(value, "isoformat", None)
    return str(day())[:10] if day else grid.cell(row, column).text


def _row(number: int, header: list[str], cells: list[str], sheet: str | None = None) -> Row:
    pairs = [(name, tidy(cell)) for name, cell in zip(header, cells, strict=False) if name]
    columns = {name: at for at, name in enumerate(header, start=1) if name}
    return Row(number, dict(reversed(pairs)), columns, sheet)
