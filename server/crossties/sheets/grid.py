"""Sheets as they are read, whatever file they came in: cells, and what hides or joins them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

#: What a cell can hold; ``datetime`` is a ``date``.
Content = str | int | float | bool | date | time | timedelta | None

#: How much of a workbook is read: sheets, rows and columns of each, and characters of a cell.
MAX_SHEETS: Final = 40
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 120
MAX_TEXT: Final = 20_000

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Cell:
    """A cell: ``look`` is its number format, ``link`` where a click leads, ``error`` what it shows."""

    row: int
    column: int
    value: Content
    look: str = "General"
    link: str | None = None
    error: str | None = None
    is_formula: bool = False

    @property
    def text(self) -> str:
        """Return the value as text, spaces tidied; a whole number has no decimals."""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return "" if self.value is None else tidy(str(self.value))

    @property
    def shown(self) -> str:
        """Return the value as short text for messages."""
        return tidy(str(self.error or ("" if self.value is None else self.value)))[:80]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is in it, or only spaces."""
        return not self.shown and not self.is_formula


@dataclass(frozen=True)
class Grid:
    """One sheet; ``merged`` holds first row and column, last row and column. A table of text has no name."""

    name: str | None
    rows: Mapping[int, Mapping[int, Cell]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    last_row: int = 0
    last_column: int = 0
    is_hidden: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell, an empty one where there is none."""
        return self.rows.get(row, {}).get(column) or Cell(row, column, None)


def tidy(text: str) -> str:
    """Return a text with single plain spaces, none at its ends, and the escapes of workbooks undone."""
    whole = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return " ".join(whole.replace("\ufeff", "").replace("\u200b", "").split())
