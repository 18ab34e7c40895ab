"""The workbook of a search on keep.eu: a sheet of projects, a sheet of partners; columns vary by period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crossties.errors import InputError, Location
from crossties.importing.bodies import Bodies, Partner
from crossties.importing.building import Graphs
from crossties.importing.documents import add_document
from crossties.importing.model import Outcome, Progress, Settings, Teller
from crossties.importing.projects import Project, add_projects
from crossties.importing.register import Register
from crossties.importing.rows import Row, read_sheets
from crossties.intake import Upload

_PROGRAMME: Final = ("Programme", "Programme name", "Programme title")
_NUMBER: Final = ("Project ID", "Project identification code", "Operation ID")
_ACRONYM: Final = ("Project acronym", "Acronym", "Project acronym / short name")
_NAME: Final = ("Project name in English", "Project name", "Project title", "Name in English")
_OTHERS: Final = ("Project name in language 2", "Project name in language 3", "Project name in language 4")
_START: Final = ("Project start", "Project start date", "Start date")
_END: Final = ("Project end", "Project end date", "End date")
_BUDGET: Final = (
    "Project's total budget",
    "Total budget",
    "Project's total budget / expenditure",
    "Total budget/expenditure",
)
_EU: Final = ("Project's EU funding", "EU funding", "Total EU funding")
_BODY: Final = ("Organisation in English", "Partner name in English", "Organisation", "Partner")
_BODIES: Final = ("Organisation in language 2", "Organisation in language 3", "Organisation in language 4")
_COUNTRY: Final = ("Country code", "Country")
_PIC: Final = ("Participant Identification Code", "PIC", "Participant Identification Code (PIC)")
_OTHER: Final = ("Partner's ID if not PIC", "Partner ID if not PIC", "VAT number")
_NUTS: Final = (
    "NUTS3 code (or equivalent)",
    "NUTS 3 code (or equivalent)",
    "NUTS3",
    "NUTS2 code (or equivalent)",
)
_LEAD: Final = ("Lead partner (Yes)", "Lead partner", "Lead Partner (yes/no)")
_YES: Final = frozenset({"yes", "true", "1", "x", "lead"})

_Key = tuple[str, str]


def import_keep(
    upload: Upload, settings: Settings, register: Register, *, progress: Progress | None = None
) -> Outcome:
    """Return the projects of an export as candidates.

    Partners are joined to their project by programme and number, where there are none by the acronym.

    Raises:
        InputError: it is no workbook, or has no sheet of projects.
    """
    teller = Teller(upload, settings.language)
    sheets = read_sheets(upload, settings.language)
    projects = _sheet(sheets, _ACRONYM + _NUMBER, _BODY)
    partners = _sheet(sheets, _BODY, ())
    if not projects:
        message = "No sheet has a row of projects below a header with “Project acronym”."
        raise InputError(message, mend="Give the workbook of the search export.", where=Location(upload.name))
    graphs = Graphs(settings.read_on)
    bodies = Bodies(graphs, register, settings, teller)
    slugs = (f"{settings.slug}-projects", f"{settings.slug}-partners")
    for slug in slugs[: 1 + bool(partners)]:
        add_document(graphs, settings, upload, slug)
    found = _join(projects, partners, slugs, teller)
    if progress:
        progress("projects", len(found), len(found))
    add_projects(found, graphs, bodies, settings, teller)
    return Outcome(graphs, bodies.matcher.reviews(), tuple(teller.remarks))


def _sheet(
    sheets: Sequence[tuple[str, list[Row]]], wanted: Sequence[str], without: Sequence[str]
) -> list[Row]:
    """Return the rows of the first sheet with one of the columns and none of the others."""
    for _, rows in sheets:
        if rows and rows[0].column(*wanted) and rows[0].column(*_PROGRAMME) and not rows[0].column(*without):
            return rows
    return []


def _join(projects: list[Row], partners: list[Row], slugs: tuple[str, str], teller: Teller) -> list[Project]:
    by_key: dict[_Key, list[Partner]] = {}
    places: dict[_Key, Row] = {}
    for row in partners:
        key = _key(row)
        by_key.setdefault(key, []).append(_partner(row, slugs[1]))
        places.setdefault(key, row)
    found = [_project(row, tuple(by_key.pop(_key(row), ())), slugs[0]) for row in projects]
    for key in by_key:
        row = places[key]
        teller.tell("no-project", "violation", row.number, row.column(*_ACRONYM), row.sheet, name=key[1])
    return found


def _key(row: Row) -> _Key:
    return row.get(*_PROGRAMME).casefold(), (row.get(*_NUMBER) or row.get(*_ACRONYM)).casefold()


def _project(row: Row, partners: tuple[Partner, ...], document: str) -> Project:
    return Project(
        row.number,
        row.get(*_PROGRAMME),
        row.get(*_NUMBER),
        row.get(*_ACRONYM),
        _names(row, _NAME, _OTHERS),
        row.get(*_START),
        row.get(*_END),
        row.get(*_BUDGET),
        row.get(*_EU),
        row.sheet,
        partners,
        document,
        {"name": row.column(*_NAME), "start": row.column(*_START)},
    )


def _partner(row: Row, document: str) -> Partner:
    return Partner(
        row.number,
        _names(row, _BODY, _BODIES),
        row.get(*_COUNTRY),
        row.get(*_PIC),
        row.get(*_OTHER),
        row.get(*_NUTS),
        row.get(*_LEAD).casefold() in _YES,
        document,
        row.sheet,
        row.column(*_BODY),
    )


def _names(row: Row, english: Sequence[str], others: Sequence[str]) -> dict[str, str]:
    """Return the names; the sheet numbers its other languages and doesn't say which they are."""
    found = {"en": row.get(*english)}
    other = next((text for one in others if (text := row.get(one))), "")
    if other:
        found["und"] = other
    return {tag: text for tag, text in found.items() if text}
