"""Turn an offset in a text into line and column, as editors count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

_BREAK: Final = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of one text; both numbers count from 1, columns in characters."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; a line that isn't there is taken as the last."""
        return self._starts[min(line, len(self._starts)) - 1] + column - 1
