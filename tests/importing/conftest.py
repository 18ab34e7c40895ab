"""A register made by hand, and exports built as FORMATS tell: small, and with every defect."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest

from crossties.importing import Known, Outcome, Register, Settings
from crossties.namespaces import ID
from crossties.quads import to_text

PLACE = ID + "place/"
BODY = ID + "organisation/"


def settings(**given: object) -> Settings:
    known: dict[str, object] = {
        "slug": "list",
        "title": "A list of towns",
        "publisher": BODY + "town-of-alder",
        "read_on": "2026-11-22",
    }
    return Settings(**{**known, **given})  # type: ignore[arg-type]


def codes(outcome: Outcome) -> list[tuple[str | None, int | None]]:
    return [(one.code, one.where.row) for one in outcome.remarks]


def said(outcome: Outcome) -> str:
    """Return the candidates as lines, to look things up in."""
    return "\n".join(
        f"{to_text(quad.subject)} {to_text(quad.predicate)} {to_text(quad.object)}"
        for quad in outcome.graphs.quads()
    )


@pytest.fixture
def register() -> Register:
    known = [
        Known(PLACE + "finland", "Place", ("Finland", "Suomi")),
        Known(PLACE + "sweden", "Place", ("Sweden", "Ruotsi")),
        Known(PLACE + "russia", "Place", ("Russia", "Россия")),
        Known(PLACE + "united-kingdom", "Place", ("United Kingdom",)),
        Known(PLACE + "kotka", "Place", ("Kotka", "Котка"), PLACE + "finland"),
        Known(PLACE + "petrozavodsk", "Place", ("Petrozavodsk", "Петрозаводск"), PLACE + "russia"),
        Known(BODY + "university-of-oulu", "Organisation", ("University of Oulu",), PLACE + "finland"),
    ]
    countries = {"finland": "finland", "suomi": "finland", "sweden": "sweden", "russia": "russia"}
    countries |= {"united kingdom": "united-kingdom"}
    return Register(
        {one.iri: one for one in known},
        {("iso-3166-1", "2026", "FI"): PLACE + "finland", ("nuts", "2024", "FI1C7"): PLACE + "kymenlaakso"},
        {"http://www.wikidata.org/entity/Q1895": PLACE + "petrozavodsk"},
        {name: PLACE + slug for name, slug in countries.items()},
    )


@pytest.fixture
def keep_workbook() -> Callable[..., bytes]:
    """Build a workbook of a search export: sheets, their headers and rows as given."""

    def build(**sheets: list[list[object]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        data = BytesIO()
        book.save(data)
        return data.getvalue()

    return build
