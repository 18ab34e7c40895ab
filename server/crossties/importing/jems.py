"""What Jems, the software of the Interreg programmes since 2021, sends to keep.eu: JSON or XML.

Addresses of mail, streets and whoever is to be contacted are never read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from crossties.errors import InputError, Location
from crossties.importing.bodies import Bodies, Partner, country_code
from crossties.importing.building import Graphs
from crossties.importing.documents import add_document
from crossties.importing.model import Outcome, Progress, Settings, Teller
from crossties.importing.projects import Project, add_projects
from crossties.importing.register import Register
from crossties.intake import Upload

#: What is read of a partner; nothing else of it leaves the file.
_PARTNER: Final = frozenset(
    {
        "partner_type",
        "multi_languages_organisation_name",
        "address",
        "participant_identification_code",
        "participant_id_no_pic",
    }
)
_ADDRESS: Final = frozenset({"main_or_department", "country", "town"})


def import_jems(
    upload: Upload, settings: Settings, register: Register, *, progress: Progress | None = None
) -> Outcome:
    """Return the projects of a keep export of Jems as candidates; a passage is a project's number.

    Raises:
        InputError: it is neither the JSON nor the XML of such an export.
    """
    programme = read_programme(upload)
    teller = Teller(upload, settings.language)
    graphs = Graphs(settings.read_on)
    bodies = Bodies(graphs, register, settings, teller)
    add_document(graphs, settings, upload)
    name = _text(programme, "programme_name") or settings.title
    projects = [
        _project(one, number, name, settings.slug)
        for number, one in enumerate(_many(programme, "project"), 1)
    ]
    if progress:
        progress("projects", len(projects), len(projects))
    add_projects(projects, graphs, bodies, settings, teller)
    return Outcome(graphs, bodies.matcher.reviews(), tuple(teller.remarks))


def read_programme(upload: Upload) -> Mapping[str, Any]:
    """Return the programme of the export with its projects, without contacts and mail.

    Raises:
        InputError: it is neither the JSON nor the XML of such an export.
    """
    where = Location(upload.name)
    mend = "Give the file of the plugin “keep export” as Jems wrote it."
    try:
        if upload.data.lstrip().removeprefix(b"\xef\xbb\xbf")[:1] == b"<":
            found: Any = _from_xml(ElementTree.fromstring(upload.data))
        else:
            found = json.loads(upload.data.decode("utf-8-sig"))
    except (ValueError, ParseError, DefusedXmlException) as error:
        message = f"The file is neither JSON nor XML that can be read: {error}."
        raise InputError(message, mend=mend, where=where) from error
    programme = found.get("programme", found) if isinstance(found, dict) else None
    if not isinstance(programme, dict) or "project" not in programme:
        message = "The file has no programme with projects."
        raise InputError(message, mend=mend, where=where)
    return {**programme, "project": [_without_people(one) for one in _many(programme, "project")]}


def _without_people(project: Mapping[str, Any]) -> dict[str, Any]:
    partners = [
        {key: value for key, value in partner.items() if key in _PARTNER}
        | {"address": [{k: v for k, v in one.items() if k in _ADDRESS} for one in _many(partner, "address")]}
        for partner in _many(project, "partner")
    ]
    return {**project, "partner": partners}


def _from_xml(element: Element) -> Any:  # noqa: ANN401
    """Return an element as JSON has it: what stands several times, or holds more, is a list."""
    if not len(element):
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in element:
        found.setdefault(child.tag, []).append(_from_xml(child))
    return {
        tag: many if len(many) > 1 or isinstance(many[0], dict) else many[0] for tag, many in found.items()
    }


def _project(one: Mapping[str, Any], number: int, programme: str, document: str) -> Project:
    return Project(
        number,
        programme,
        _text(one, "project_id"),
        _text(one, "acronym"),
        _names(one, "multi_languages_name"),
        _text(one, "project_start_date"),
        _text(one, "project_end_date"),
        _text(one, "total_budget"),
        _text(one, "eu_funding_amount"),
        partners=tuple(_partner(partner, number, document) for partner in _many(one, "partner")),
        document=document,
    )


def _partner(one: Mapping[str, Any], number: int, document: str) -> Partner:
    address: Mapping[str, Any] = next(iter(_many(one, "address")), {})
    return Partner(
        number,
        _names(one, "multi_languages_organisation_name"),
        country_code(_text(address, "country")),
        _text(one, "participant_identification_code"),
        _text(one, "participant_id_no_pic"),
        lead=_text(one, "partner_type").casefold() == "lead",
        document=document,
    )


def _names(one: Mapping[str, Any], key: str) -> dict[str, str]:
    """Return the names by language; one without a language is in one that nobody told."""
    found: dict[str, str] = {}
    for entry in _many(one, key):
        tag = _text(entry, "language").lower() or "und"
        found.setdefault(tag, _text(entry, "name"))
    return {tag: text for tag, text in found.items() if text}


def _many(one: Mapping[str, Any], key: str) -> list[Any]:
    value = one.get(key) or []
    return [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, dict)]


def _text(one: Mapping[str, Any], key: str) -> str:
    value = one.get(key)
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()
