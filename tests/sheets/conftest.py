"""Names of the shipped graph and of the test world, and workbooks filled in as an officer would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from crossties.intake import Intake, Remark, Upload
from crossties.namespaces import GRAPH
from crossties.quads import Quad, parse_file
from crossties.resources import Content
from crossties.sheets import ListedNames, find_kind, load_kinds, read_sheet, write_template
from crossties.sheets.fields import Book, open_book
from crossties.sheets.headings import sheet_name

GRAPH_HERE = GRAPH + "agreements/from-a-sheet"

Row = Mapping[str, Any]
#: Fills rows into a template: kind → rows of key → value.
Fill = Callable[..., bytes]
#: Reads bytes as an upload of this name.
Read = Callable[..., Intake]


def quads_of(*folders: Path) -> list[Quad]:
    return [
        quad
        for folder in folders
        for path in sorted(folder.rglob("*.ttl"))
        for quad in parse_file(path, graph=GRAPH + path.stem).quads
    ]


def told(intake: Intake, code: str) -> Remark:
    """Return the one remark with this code."""
    found = [one for one in (*intake.problems, *intake.notes) if one.code == code]
    assert len(found) == 1, [one.code for one in (*intake.problems, *intake.notes)]
    return found[0]


def codes(intake: Intake) -> list[str | None]:
    return [one.code for one in intake.problems]


def save(book: Workbook) -> bytes:
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data))


@pytest.fixture(scope="session")
def book(content: Content) -> Book:
    return open_book(content)


@pytest.fixture(scope="session")
def shipped_quads(content: Content) -> list[Quad]:
    return quads_of(content.ontology, content.data)


@pytest.fixture(scope="session")
def names(shipped_quads: list[Quad]) -> ListedNames:
    return ListedNames(shipped_quads)


@pytest.fixture(scope="session")
def templates(names: ListedNames) -> Callable[[str, str], bytes]:
    """Write each template once."""
    written: dict[tuple[str, str], bytes] = {}

    def write(kind: str, language: str = "en") -> bytes:
        if (kind, language) not in written:
            written[kind, language] = write_template(kind, language=language, names=names)
        return written[kind, language]

    return write


@pytest.fixture(scope="session")
def light_templates(templates: Callable[[str, str], bytes]) -> Callable[[str, str], bytes]:
    """Give templates without look-up lists, which take long to open."""
    made: dict[tuple[str, str], bytes] = {}

    def write(kind: str, language: str) -> bytes:
        if (kind, language) not in made:
            workbook = opened(templates(kind, language))
            for name in ("lists", "known"):
                del workbook[sheet_name(name, language)]
            for sheet in workbook.worksheets:
                sheet.data_validations.dataValidation = []
            made[kind, language] = save(workbook)
        return made[kind, language]

    return write


@pytest.fixture
def fill(light_templates: Callable[[str, str], bytes], book: Book) -> Fill:
    """Fill rows into the sheets of a template, below its header; the example goes."""

    def write(kind: str, language: str = "en", **rows: Sequence[Row]) -> bytes:
        workbook = opened(light_templates(kind, language))
        for name in (kind, *find_kind(kind).companions):
            sheet = workbook[sheet_name(name, language)]
            sheet.delete_rows(2)
            headers = {str(cell.value).rstrip("* "): number for number, cell in enumerate(sheet[1], start=1)}
            keys = {
                one.key: headers[book.header(load_kinds()[name], one, language)]
                for one in book.fields(load_kinds()[name])
            }
            for number, row in enumerate(rows.get(name.replace("-", "_"), ()), start=2):
                for key, value in row.items():
                    sheet.cell(number, keys[key]).value = value
        return save(workbook)

    return write


@pytest.fixture
def read(names: ListedNames) -> Read:
    def run(data: bytes, name: str = "upload.xlsx", language: str = "en") -> Intake:
        return read_sheet(Upload(name, data), graph=GRAPH_HERE, names=names, language=language)

    return run
