"""Read a workbook (XLSX) safely: measured before it is unpacked; no macros, entities or links followed."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from io import BytesIO
from typing import Final

import openpyxl
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from crossties.errors import InputError, Location
from crossties.sheets.grid import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_TEXT, Cell, Content, Grid
from crossties.wording import say

#: How large a workbook may be, packed and unpacked, and of how many parts.
MAX_PACKED: Final = 5 * 1024 * 1024
MAX_UNPACKED: Final = 40 * 1024 * 1024
MAX_PART: Final = 25 * 1024 * 1024
MAX_PARTS: Final = 300
MAX_CELLS: Final = 200_000
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin")
_OLD: Final = b"\xd0\xcf\x11\xe0"
_PACKED: Final = b"PK"
_CELL: Final = re.compile(rb"<(?:\w+:)?c[ />]")
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D|E)\0|\0<\0!\0(?:D|E)")
#: Whatever a library says of a broken workbook: its parts are trusted nowhere.
BROKEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class WorkbookError(InputError):
    """A workbook that can't be read at all; ``code`` names the reason for machines."""

    def __init__(self, what: str, code: str, *, mend: str, where: Location) -> None:
        super().__init__(what, mend=mend, where=where)
        self.code = code


def is_workbook(data: bytes) -> bool:
    """Tell whether these bytes are a workbook, or were meant to be one."""
    return data.startswith((_PACKED, _OLD))


def read_workbook(data: bytes, *, name: str, language: str) -> list[Grid]:
    """Return the sheets of a workbook; formulas give the value that was last computed.

    Raises:
        InputError: it is too large, locked, of another sort, or broken.
    """
    measure(data, name=name, language=language)
    book = open_workbook(data, name=name, language=language)
    has_formulas = any(_has_formulas(sheet) for sheet in book.worksheets[:MAX_SHEETS])
    values = open_workbook(data, name=name, language=language, with_values=True) if has_formulas else book
    if len(book.worksheets) > MAX_SHEETS:
        raise unreadable(name, "many-sheets", language, most=MAX_SHEETS)
    try:
        pairs = zip(book.worksheets, values.worksheets, strict=True)
        return [_grid(sheet, computed) for sheet, computed in pairs]
    except BROKEN as error:
        raise unreadable(name, "broken-workbook", language) from error


def open_workbook(
    data: bytes, *, name: str, language: str, with_values: bool = False, is_kept_whole: bool = False
) -> Workbook:
    """Open a workbook that was measured; ``with_values`` gives what formulas came to instead of formulas.

    ``is_kept_whole`` keeps what is not read, for writing it back.

    Raises:
        InputError: it is broken.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(
                BytesIO(data), data_only=with_values, keep_links=is_kept_whole, rich_text=is_kept_whole
            )
    except BROKEN as error:
        raise unreadable(name, "broken-workbook", language) from error


def measure(data: bytes, *, name: str, language: str) -> None:
    """Look at the parts of a workbook before anything reads it.

    Raises:
        InputError: it is too large, locked, of another sort, holds macros or declares entities.
    """
    if data.startswith(_OLD):
        raise unreadable(name, "old-workbook", language)
    if len(data) > MAX_PACKED:
        raise unreadable(name, "large-workbook", language, most=MAX_PACKED // 1024**2)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _measure_parts(archive, name, language)
    except BROKEN as error:
        raise unreadable(name, "broken-workbook", language) from error


def _measure_parts(archive: zipfile.ZipFile, name: str, language: str) -> None:
    parts = archive.infolist()
    sizes = [part.file_size for part in parts]
    if len(parts) > MAX_PARTS or sum(sizes) > MAX_UNPACKED or max(sizes, default=0) > MAX_PART:
        raise unreadable(name, "large-workbook", language, most=MAX_UNPACKED // 1024**2)
    names = {part.filename for part in parts}
    if "mimetype" in names and "content.xml" in names:
        raise unreadable(name, "other-workbook", language)
    if any(one.endswith("vbaProject.bin") for one in names):
        raise unreadable(name, "macros", language)
    cells = 0
    for part in parts:
        if not part.filename.endswith(_PICTURES):
            text = archive.read(part)
            if _DECLARATION.search(text):
                raise unreadable(name, "declares-entities", language)
            cells += len(_CELL.findall(text))
    if cells > MAX_CELLS:
        raise unreadable(name, "many-cells", language, most=MAX_CELLS)


def _has_formulas(sheet: Worksheet) -> bool:
    return any(cell.data_type == "f" for cell in _cells(sheet))


def _grid(sheet: Worksheet, computed: Worksheet) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    last_row = last_column = 0
    for cell in _cells(sheet):
        last_row, last_column = max(last_row, cell.row), max(last_column, cell.column)
        if cell.row <= MAX_ROWS + 1 and cell.column <= MAX_COLUMNS:
            rows.setdefault(cell.row, {})[cell.column] = _cell(cell, computed)
    return Grid(
        sheet.title,
        rows,
        frozenset(number for number, one in sheet.row_dimensions.items() if one.hidden),
        frozenset(_hidden_columns(sheet)),
        tuple(
            sorted((one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges)
        ),
        last_row,
        last_column,
        is_hidden=sheet.sheet_state != "visible",
    )


def _cells(sheet: Worksheet) -> Iterable[BookCell]:
    """Return the cells with something in them; to walk row by row would make the empty ones between."""
    held = sorted(sheet._cells.items())  # noqa: SLF001
    yield from (cell for _, cell in held if isinstance(cell, BookCell) and cell.value is not None)


def _cell(cell: BookCell, computed: Worksheet) -> Cell:
    is_formula = cell.data_type == "f"
    value = computed.cell(cell.row, cell.column).value if is_formula else cell.value
    error = str(value) if (cell.data_type == "e" or (is_formula and str(value).startswith("#"))) else None
    content: Content = value if isinstance(value, str | int | float | date | time | timedelta) else None
    if isinstance(content, str):
        content = content[: MAX_TEXT + 1]
    link = cell.hyperlink.target if cell.hyperlink else None
    return Cell(
        cell.row, cell.column, None if error else content, cell.number_format, link, error, is_formula
    )


def _hidden_columns(sheet: Worksheet) -> Iterable[int]:
    dimensions: Mapping[str, object] = sheet.column_dimensions
    for one in dimensions.values():
        first, last = getattr(one, "min", None), getattr(one, "max", None)
        if getattr(one, "hidden", False) and isinstance(first, int) and isinstance(last, int):
            yield from range(first, min(last, MAX_COLUMNS) + 1)


def unreadable(name: str, code: str, language: str, **values: object) -> WorkbookError:
    """Return the error that says why a workbook can't be read."""
    what, mend = (say(f"sheets.{code}.{part}", language, **values) for part in ("what", "mend"))
    return WorkbookError(what, code, mend=mend, where=Location(name))
