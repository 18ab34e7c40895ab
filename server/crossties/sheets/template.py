"""Write a workbook to be filled in: made from the shapes, in the officer's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from crossties.namespaces import BASE, LANGUAGES
from crossties.resources import Content, find_content
from crossties.sheets.fields import Book, Field, open_book
from crossties.sheets.headings import sheet_name
from crossties.sheets.kinds import ROW, Kind, find_kind
from crossties.sheets.looks import (
    dress_column,
    dress_example,
    dress_header,
    dress_page,
    dress_table,
    dress_text,
    dress_title,
    look,
    note,
)
from crossties.sheets.lookups import Lookups
from crossties.sheets.names import Names
from crossties.sheets.packing import pack
from crossties.wording import read_words, say

#: As many rows as the drop-downs reach down.
_ROWS: Final = 1_000
_PROMPT: Final = 250
_GREEN: Final = "4D7C0F"


def write_template(kind: str, *, language: str, names: Names, content: Content | None = None) -> bytes:
    """Return a workbook (XLSX) for a kind, with the sheets of what its rows name; the same bytes each time.

    Raises:
        RequestError: there is no such kind.
    """
    book = open_book(content or find_content())
    main = find_kind(kind)
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    workbook = Workbook()
    guide = workbook.worksheets[0]
    guide.title = sheet_name("guide", spoken)
    kinds = [main, *(book.kinds[name] for name in main.companions)]
    sheets = [workbook.create_sheet(sheet_name(one.name, spoken)) for one in kinds]
    lookups = Lookups(workbook, book, names, spoken)
    for one, sheet in zip(kinds, sheets, strict=True):
        _write_table(sheet, one, book, lookups, spoken)
    lookups.finish()
    _write_guide(guide, kinds, book, spoken)
    workbook.active = 1
    return pack(workbook)


def ordered(fields: tuple[Field, ...], language: str) -> list[Field]:
    """Return the fields with the texts in the officer's own language before those in others."""
    found: list[Field] = []
    for field in fields:
        if field.tag == language:
            same = (index for index, one in enumerate(found) if one.column == field.column)
            at = next(same, len(found))
            found.insert(at, field)
        else:
            found.append(field)
    return found


def told_header(kind: Kind, field: Field, book: Book, language: str) -> str:
    """Return a header as a template shows it, with a star where every row needs the cell."""
    star = " *" if field.is_needed and _is_of_row(field) else ""
    return book.header(kind, field, language) + star


def help_text(field: Field, language: str) -> str:
    """Return what a cell wants, in a line or two."""
    parts = [say(f"sheets.wants.{field.takes}", language)]
    if field.is_several and field.takes not in {"paragraphs", "point"}:
        parts.append(say("sheets.wants.several", language))
    return " ".join(parts)


def _is_of_row(field: Field) -> bool:
    return field.column.node == ROW or field.key == "source.1.document"


def _write_table(sheet: Worksheet, kind: Kind, book: Book, lookups: Lookups, language: str) -> None:
    for number, field in enumerate(ordered(book.fields(kind), language), start=1):
        letter = get_column_letter(number)
        header = sheet.cell(1, number, told_header(kind, field, book, language))
        dress_column(sheet, letter, field.takes)
        dress_header(header, is_needed=header.value is not None and str(header.value).endswith("*"))
        wanted = help_text(field, language)
        note(header, f"{book.meaning(field, language)}\n\n{wanted}".strip())
        cell = sheet.cell(2, number, _example(field, kind, book, lookups, language))
        cell.number_format = look(field.takes)
        dress_example(cell)
        choices = lookups.range(field)
        if choices:
            sheet.add_data_validation(
                _drop_down(field, choices, f"{letter}2:{letter}{_ROWS}", wanted, language)
            )
    dress_table(sheet, frozen="C2")


def _drop_down(field: Field, choices: str, cells: str, wanted: str, language: str) -> DataValidation:
    """Return the drop-down of a column; it objects only where one of a closed list is wanted."""
    is_closed = field.takes in {"concept", "boolean"} and not field.is_several
    return DataValidation(
        type="list",
        formula1=choices,
        allow_blank=True,
        showErrorMessage=is_closed,
        errorStyle="warning",
        error=say("sheets.code-unknown.mend", language)[:_PROMPT],
        showInputMessage=True,
        prompt=wanted[:_PROMPT],
        sqref=cells,
    )


def _example(field: Field, kind: Kind, book: Book, lookups: Lookups, language: str) -> str | float | None:
    """Return the example value of a cell in the officer's language."""
    value = kind.example.get(field.key)
    if value is None:
        return None
    if field.takes in {"decimal", "integer"}:
        return int(value) if value.isdigit() else float(value)
    if field.takes in {"concept", "thing"}:
        return lookups.label(BASE + value, field).removeprefix(BASE)
    return _example_text(value, field, kind, book, language)


def _example_text(value: str, field: Field, kind: Kind, book: Book, language: str) -> str:
    if field.key == "slug":
        return f"{say('sheets.sheet.example', language)}: {value}"
    if field.takes == "boolean":
        return read_words("sheets", language)[f"word.{value}"].partition("|")[0]
    if field.takes == "property":
        named = next(one for one in book.fields(kind) if one.key == value)
        return book.header(kind, named, language)
    return value


def _write_guide(sheet: Worksheet, kinds: list[Kind], book: Book, language: str) -> None:
    title = say("sheets.guide.title", language, kind=sheet_name(kinds[0].name, language))
    dress_title(sheet.cell(1, 1, title))
    for row in range(1, 6):
        cell = sheet.cell(row + 2, 1, say(f"sheets.guide.line{row}", language))
        sheet.merge_cells(start_row=row + 2, end_row=row + 2, start_column=1, end_column=4)
        dress_text(cell)
        sheet.row_dimensions[row + 2].height = 34
    number = 9
    for kind in kinds:
        dress_title(sheet.cell(number, 1, sheet_name(kind.name, language)))
        for texts in _guide_rows(kind, book, language):
            number += 1
            for column, text in enumerate(texts, start=1):
                cell = sheet.cell(number, column, text)
                dress_text(cell, is_bold=column == 1)
        number += 2
    for letter, width in zip("ABCD", (34, 11, 70, 52), strict=True):
        sheet.column_dimensions[letter].width = width
    dress_page(sheet, color=_GREEN)


def _guide_rows(kind: Kind, book: Book, language: str) -> Iterator[tuple[str, ...]]:
    yield tuple(say(f"sheets.guide.{one}", language) for one in ("column", "needed", "meaning", "wants"))
    for field in ordered(book.fields(kind), language):
        header = told_header(kind, field, book, language)
        needed = say("sheets.guide.yes", language) if header.endswith("*") else ""
        yield (
            header.removesuffix(" *"),
            needed,
            book.meaning(field, language),
            help_text(field, language),
        )
