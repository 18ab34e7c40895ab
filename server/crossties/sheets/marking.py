"""Give an officer her workbook back: red cells, comments in her language, and a report as the first sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from crossties.intake import SEVERITIES, Remark, Severity
from crossties.namespaces import LANGUAGES
from crossties.sheets.headings import sheet_name
from crossties.sheets.looks import dress_header, dress_text, dress_title, note, printable, shade
from crossties.sheets.memory import save_in_memory
from crossties.sheets.tables import read_table
from crossties.sheets.workbooks import BROKEN, is_workbook, measure, open_workbook, unreadable
from crossties.wording import say

_NAME: Final = "workbook.xlsx"
#: Who wrote a comment, so that the next marking takes it away; and what stands before it in an officer's own.
_AUTHOR: Final = "crossties check"
_BREAK: Final = "\n— crossties —\n"
_LISTED: Final = 2_000
_RED: Final = "B91C1C"


class Found(Protocol):
    """One thing found in a workbook, as results and remarks have it; row and column are counted from 1."""

    @property
    def severity(self) -> Severity:
        """Return how grave it is."""

    @property
    def message(self) -> str:
        """Return what is wrong."""

    @property
    def suggestion(self) -> str | None:
        """Return how to mend it."""

    @property
    def sheet(self) -> str | None:
        """Return the name of the sheet."""

    @property
    def row(self) -> int | None:
        """Return the row."""

    @property
    def column(self) -> int | None:
        """Return the column."""


@dataclass(frozen=True)
class Mark:
    """One thing to mark."""

    severity: Severity
    message: str
    suggestion: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: int | None = None


def to_mark(remark: Remark) -> Mark:
    """Return what a remark marks."""
    where = remark.where
    return Mark(remark.severity, remark.message, remark.suggestion, where.sheet, where.row, where.column)


def mark(data: bytes, results: Iterable[Found], *, language: str = "en") -> bytes:
    """Return the workbook with every cell marked in which something was found; a table comes as a workbook.

    What an earlier marking left is taken away. Pictures, charts and what only one program knows may be lost.

    Raises:
        InputError: the bytes are no workbook that can be read.
    """
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    book = _open(data, spoken)
    found = sorted(set(results), key=_order)
    _clean(book)
    places: dict[tuple[str, int, int], list[Found]] = defaultdict(list)
    for one in found:
        sheet = _sheet_of(one, book)
        if sheet is not None and one.row is not None:
            places[sheet.title, one.row, one.column or 1].append(one)
    for (name, row, column), here in places.items():
        _mark_cell(_target(book[name], row, column), here)
    _write_report(book, found, spoken)
    try:
        return save_in_memory(book)
    except BROKEN as error:
        raise unreadable(_NAME, "broken-workbook", spoken) from error


def _open(data: bytes, language: str) -> Workbook:
    if is_workbook(data):
        measure(data, name=_NAME, language=language)
        return open_workbook(data, name=_NAME, language=language, is_kept_whole=True)
    book = Workbook()
    grid, _ = read_table(data)
    for row in (grid.rows if grid else {}).values():
        for cell in row.values():
            kept = book.worksheets[0].cell(cell.row, cell.column)
            kept.value, kept.data_type, kept.number_format = cell.shown, "s", "@"
    return book


def _clean(book: Workbook) -> None:
    """Take away what an earlier marking left."""
    for language in LANGUAGES:
        name = sheet_name("report", language)
        if name in book.sheetnames and len(book.sheetnames) > 1:
            book.remove(book[name])
    for sheet in book.worksheets:
        for cell in [one for one in _held(sheet) if one.comment is not None]:
            comment = cell.comment
            own, _, ours = comment.text.partition(_BREAK) if comment else ("", "", "")
            if ours or (comment and comment.author == _AUTHOR):
                cell.fill = PatternFill(fill_type=None)
                cell.comment = None
                if ours and own:
                    note(cell, own)


def _held(sheet: Worksheet) -> list[Cell]:
    return [one for one in sheet._cells.values() if isinstance(one, Cell)]  # noqa: SLF001  rows would fill the gaps


def _sheet_of(one: Found, book: Workbook) -> Worksheet | None:
    if one.sheet is None:
        return book.worksheets[0] if len(book.sheetnames) == 1 else None
    return book[one.sheet] if one.sheet in book.sheetnames else None


def _target(sheet: Worksheet, row: int, column: int) -> Cell | MergedCell:
    """Return the cell, or the first one of those that it is merged with."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        around = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
        cell = sheet.cell(around.min_row, around.min_col)
    return cell


def _mark_cell(cell: Cell | MergedCell, here: list[Found]) -> None:
    text = "\n\n".join("\n".join(part for part in (one.message, one.suggestion) if part) for one in here)
    own = cell.comment.text if cell.comment else ""
    shade(cell, here[0].severity)
    note(cell, own + _BREAK + text if own else text, author=_AUTHOR)


def _write_report(book: Workbook, found: list[Found], language: str) -> None:
    sheet = book.create_sheet(sheet_name("report", language), 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    dress_title(sheet.cell(1, 1, say("sheets.report.title", language)))
    counts = {one: sum(result.severity == one for result in found) for one in SEVERITIES}
    told = say(
        "sheets.report.counts" if found else "sheets.report.none",
        language,
        violations=counts["violation"],
        warnings=counts["warning"],
        infos=counts["info"],
    )
    sheet.cell(2, 1, told)
    for column, (name, width) in enumerate(
        (("severity", 20), ("where", 26), ("message", 70), ("mend", 70)), start=1
    ):
        dress_header(sheet.cell(4, column, say(f"sheets.report.{name}", language)), is_needed=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(found[:_LISTED], start=5):
        _write_result(sheet, row, one, book, language)
    sheet.freeze_panes = "A5"
    sheet.sheet_properties.tabColor = _RED


def _write_result(sheet: Worksheet, row: int, one: Found, book: Workbook, language: str) -> None:
    """Write a line of the report, its place a link to the cell; texts are never formulas."""
    target = _sheet_of(one, book)
    cell = f"{get_column_letter(one.column or 1)}{one.row}" if one.row is not None else ""
    texts = (
        say(f"sheets.report.{one.severity}", language),
        f"{one.sheet or ''} {cell}".strip(),
        one.message,
        one.suggestion or "",
    )
    for column, text in enumerate(texts, start=1):
        written = sheet.cell(row, column)
        written.value, written.data_type = printable(text), "s"
        dress_text(written)
    shade(sheet.cell(row, 1), one.severity)
    if target is not None and cell:
        link = sheet.cell(row, 2)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{quote_sheetname(target.title)}!{cell}")
        link.style = "Hyperlink"


def _order(one: Found) -> tuple[int, str, int, int, str]:
    return (SEVERITIES.index(one.severity), one.sheet or "", one.row or 0, one.column or 0, one.message)
