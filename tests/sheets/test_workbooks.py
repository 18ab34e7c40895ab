"""Workbooks that nobody honest sends: refused with a clear word, before anything is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook
from tests.sheets.conftest import GRAPH_HERE, Read, codes, save

from crossties.errors import CrosstiesError
from crossties.intake import Upload
from crossties.namespaces import LANGUAGES
from crossties.sheets import ListedNames, find_kind, mark, read_sheet
from crossties.sheets.fields import Book
from crossties.sheets.headings import sheet_name
from crossties.sheets.workbooks import MAX_CELLS, MAX_PARTS


def zipped(parts: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plain_workbook() -> dict[str, bytes]:
    return parts_of(save(Workbook()))


def with_sheet(text: bytes) -> bytes:
    return zipped({**plain_workbook(), "xl/worksheets/sheet1.xml": text})


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
CASES = {
    "large-workbook": [
        lambda: zipped({**plain_workbook(), "xl/media/big.xml": b" " * 50_000_000}),
        lambda: zipped({**plain_workbook(), **{f"xl/{number}.xml": b"" for number in range(MAX_PARTS)}}),
        lambda: b"PK" + b"x" * (5 * 1024 * 1024),
    ],
    "declares-entities": [
        lambda: with_sheet(ENTITY),
        lambda: with_sheet(ENTITY.decode().encode("utf-16")),
    ],
    "many-cells": [lambda: with_sheet(b"<worksheet>" + b"<c r='A1'/>" * (MAX_CELLS + 1) + b"</worksheet>")],
    "macros": [lambda: zipped({**plain_workbook(), "xl/vbaProject.bin": b"x"})],
    "other-workbook": [lambda: zipped({"mimetype": b"application/vnd.oasis", "content.xml": b"<x/>"})],
    "old-workbook": [lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600],
    "broken-workbook": [
        lambda: b"PK\x03\x04 nonsense",
        lambda: zipped({"a.txt": b"nothing"}),
        lambda: with_sheet(b"<worksheet><sheetData><row r='x'>"),
        lambda: zipped({**plain_workbook(), "xl/workbook.xml": b"<workbook>"}),
    ],
    "no-table": [lambda: zipped({**plain_workbook(), "xl/workbook.xml": b"<workbook/>"})],
}


@pytest.mark.parametrize(("code", "make"), [(code, make) for code, made in CASES.items() for make in made])
def test_it_is_told_in_every_language_and_never_raised(
    code: str, make: Callable[[], bytes], read: Read
) -> None:
    for language in LANGUAGES:
        intake = read(make(), language=language)
        assert intake.quads == ()
        assert codes(intake) == [code]
        assert intake.problems[0].suggestion


def test_a_cell_at_the_far_end_costs_nothing_and_is_told(read: Read, templates: Callable[..., bytes]) -> None:
    parts = parts_of(templates("funding"))
    name = "xl/worksheets/sheet2.xml"
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    intake = read(zipped({**parts, name: parts[name].replace(b"</sheetData>", far)}))
    assert "many-rows" in codes(intake)


def test_too_many_sheets_are_told(read: Read) -> None:
    book = Workbook()
    for number in range(41):
        book.create_sheet(f"s{number}")
    assert codes(read(save(book))) == ["many-sheets"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"Kind;Funder\n"])
)
def test_garbage_never_raises(data: bytes, start: bytes, names: ListedNames) -> None:
    for name in ("upload.xlsx", "upload.csv"):
        intake = read_sheet(Upload(name, start + data), graph=GRAPH_HERE, names=names)
        assert intake.problems or intake.quads


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False))
def test_damaged_parts_never_raise_anything_but_our_errors(
    chance: Random, names: ListedNames, templates: Callable[..., bytes]
) -> None:
    parts = parts_of(templates("places"))
    name = chance.choice(sorted(parts))
    part = bytearray(parts[name])
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(part))
        part[at : at + chance.randint(0, 8)] = chance.choice(
            [b"", b"\0", b"<", b'"', b"9" * 20, b"</c>", b"&#0;"]
        )
    damaged = zipped({**parts, name: bytes(part)})
    read_sheet(Upload("x.xlsx", damaged), graph=GRAPH_HERE, names=names)
    with suppress(CrosstiesError):
        mark(damaged, [], language="fi")


LETTERS = st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"])
CELLS = st.one_of(
    st.none(),
    st.text(LETTERS, max_size=20),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["funding", "statuses", "places", "people"]), cells=st.lists(CELLS, max_size=60))
def test_whatever_stands_in_the_cells_never_raises_and_never_goes_without_a_place(
    kind: str, cells: list[object], names: ListedNames, book: Book
) -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = sheet_name(kind, "en")
    for column, field in enumerate(book.fields(find_kind(kind)), start=1):
        sheet.cell(1, column).value = field.key
    for column, value in enumerate(cells, start=1):
        try:
            sheet.cell(2, column).value = value  # type: ignore[assignment]
        except ValueError:
            continue
    try:
        data = save(made)
    except (ValueError, OverflowError):
        return
    intake = read_sheet(Upload("x.xlsx", data), graph=GRAPH_HERE, names=names, language="ru")
    for remark in (*intake.problems, *intake.notes):
        assert remark.message
        assert remark.where.file == "x.xlsx"
    assert set(intake.places.statements) == set(intake.quads)
