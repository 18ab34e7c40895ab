"""Read what was sent as a spreadsheet: its statements, the cell of each, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crossties.errors import Location
from crossties.intake import Intake, Remark, Upload
from crossties.namespaces import DCT, LANGUAGES, PREFIXES
from crossties.quads import Quad, iri, literal
from crossties.resources import Content, find_content
from crossties.sheets.building import Builder, CellPlaces
from crossties.sheets.cells import CellReader
from crossties.sheets.drafts import Draft, take_rows
from crossties.sheets.fields import Book, open_book
from crossties.sheets.grid import Grid
from crossties.sheets.headings import find_tables
from crossties.sheets.meaning import Meaning
from crossties.sheets.names import Names
from crossties.sheets.naming import Namer
from crossties.sheets.said import Said, Teller
from crossties.sheets.tables import read_table
from crossties.sheets.workbooks import WorkbookError, is_workbook, read_workbook

#: The suffixes of what is read here.
SHEET_SUFFIXES = (".xlsx", ".csv")


def read_sheet(
    upload: Upload,
    *,
    graph: str,
    names: Names,
    language: str = "en",
    day: date | None = None,
    content: Content | None = None,
) -> Intake:
    """Return what a workbook (XLSX) or a table (CSV) says, as the named graph that it is or would be.

    What is wrong is told at its cell, in the language, and never raised; ``day`` is when the graph was made,
    and is stated of it where it is given.

    Raises:
        RequestError: the graph is no absolute IRI.
    """
    teller = Teller(upload.name, language if language in LANGUAGES else LANGUAGES[0])
    try:
        grids = _grids(upload, teller)
    except WorkbookError as error:
        where = error.where or Location(upload.name)
        remark = Remark("violation", error.what, where, error.mend, source="sheet", code=error.code)
        return Intake(upload.name, graph, problems=(remark,))
    return _read(grids, upload.name, graph, open_book(content or find_content()), names, teller, day)


def _grids(upload: Upload, teller: Teller) -> list[Grid]:
    if is_workbook(upload.data):
        return read_workbook(upload.data, name=upload.name, language=teller.language)
    if not upload.data.strip():
        teller.tell(Said("empty-upload"), teller.at())
        return []
    grid, said = read_table(upload.data)
    for one in said:
        teller.tell(one, teller.at())
    return [grid] if grid else []


def _read(  # noqa: PLR0913, PLR0917
    grids: list[Grid], file: str, graph: str, book: Book, names: Names, teller: Teller, day: date | None
) -> Intake:
    tables = find_tables(grids, book, teller, file=file) if grids or not teller.problems else []
    meaning = Meaning(book, names, teller.language)
    reader = CellReader(book, meaning, teller)
    namer = Namer(meaning, reader, teller)
    drafts = [draft for table in tables for draft in take_rows(table, book, teller)]
    if tables and not drafts:
        teller.tell(Said("no-rows"), teller.at(tables[0].grid.name, tables[0].header_row + 1))
    namer.name(drafts)
    builder = Builder(graph, book, meaning, namer, reader, teller)
    found = list(_statements(drafts, builder, graph, teller, day))
    statements: dict[Quad, Location] = {}
    subjects: dict[str, Location] = {}
    for quad, where in found:
        statements.setdefault(quad, where)
        subjects.setdefault(getattr(quad.subject, "value", ""), where)
    places = CellPlaces(statements, subjects, builder.cells)
    return Intake(file, graph, tuple(statements), places, PREFIXES, teller.notes, teller.problems)


def _statements(
    drafts: list[Draft], builder: Builder, graph: str, teller: Teller, day: date | None
) -> Iterator[tuple[Quad, Location]]:
    if day is not None and drafts:
        created = Quad(iri(graph), iri(DCT + "created"), literal(day.isoformat(), "date"), iri(graph))
        yield created, teller.at(drafts[0].table.grid.name, drafts[0].table.header_row)
    for draft in drafts:
        yield from builder.build(draft)
