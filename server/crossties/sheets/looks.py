"""How our sheets look: colours, widths, and what is frozen and printed on every page."""

from __future__ import annotations

from typing import Final

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from crossties.sheets.fields import Takes

_INK: Final = "1F2A37"
_NEEDED: Final = "0B4F6C"
_OPTIONAL: Final = "4A7C93"
_PAPER: Final = "F2F4F6"
_FAINT: Final = "6B7280"
_LINE: Final = Side(style="thin", color="C9D1D9")
_RED: Final = "F8B4B4"
_YELLOW: Final = "FDE68A"
_BLUE: Final = "DBEAFE"
SHADES: Final = {"violation": _RED, "warning": _YELLOW, "info": _BLUE}
_WIDTHS: Final[dict[Takes, int]] = {
    "slug": 26,
    "text": 34,
    "thing": 32,
    "concept": 26,
    "date": 14,
    "day": 14,
    "decimal": 16,
    "integer": 11,
    "boolean": 11,
    "address": 42,
    "paragraphs": 18,
    "point": 22,
}
_LOOKS: Final[dict[Takes, str]] = {"decimal": "#,##0.00", "integer": "0"}
_TEXT: Final = "@"
_WIDEST_LINE: Final = 46
_LONGEST: Final = 30_000


def dress_header(cell: Cell | MergedCell, *, is_needed: bool) -> None:
    """Make a header stand out, one that is needed more so."""
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=_NEEDED if is_needed else _OPTIONAL)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = Border(right=_LINE, bottom=_LINE)


def dress_example(cell: Cell | MergedCell) -> None:
    """Make the cell of an example look as if it weren't there to be read."""
    cell.font = Font(italic=True, color=_FAINT)
    cell.fill = PatternFill("solid", fgColor=_PAPER)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def dress_column(sheet: Worksheet, letter: str, takes: Takes) -> None:
    """Give a column its width and format; dates are text, so that a year stays a year."""
    column = sheet.column_dimensions[letter]
    column.width = _WIDTHS.get(takes, 22)
    column.number_format = look(takes)
    column.alignment = Alignment(vertical="top", wrap_text=takes in {"text", "thing"})


def look(takes: Takes) -> str:
    """Return the number format of cells that take this."""
    return _LOOKS.get(takes, _TEXT)


def dress_table(sheet: Worksheet, *, frozen: str, color: str = _NEEDED) -> None:
    """Keep header and first columns in view, and print the header on every page."""
    sheet.freeze_panes = frozen
    sheet.print_title_rows = "1:1"
    sheet.row_dimensions[1].height = 48
    dress_page(sheet, color=color)


def dress_page(sheet: Worksheet, *, color: str) -> None:
    """Print a sheet as wide as the paper, and colour its tab."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_properties.tabColor = color


def dress_title(cell: Cell | MergedCell) -> None:
    """Make a title large."""
    cell.font = Font(bold=True, size=15, color=_INK)
    cell.alignment = Alignment(vertical="center")


def dress_text(cell: Cell | MergedCell, *, is_bold: bool = False) -> None:
    """Make running text wrap."""
    cell.font = Font(bold=is_bold, color=_INK)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def shade(cell: Cell | MergedCell, severity: str) -> None:
    """Colour a cell by how grave what was found in it is."""
    cell.fill = PatternFill("solid", fgColor=SHADES[severity])


def printable(text: str) -> str:
    """Return a text without what a workbook can't hold."""
    return "".join(one for one in text[:_LONGEST] if one.isprintable() or one == "\n")


def note(cell: Cell | MergedCell, text: str, *, author: str = "crossties") -> None:
    """Attach a comment that is large enough to be read."""
    told = printable(text)
    comment = Comment(told, author)
    lines = sum(1 + len(line) // _WIDEST_LINE for line in told.split("\n"))
    comment.width, comment.height = 320, 30 + 18 * lines
    cell.comment = comment
