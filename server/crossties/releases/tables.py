"""The main tables as CSV, with metadata by which a machine reads them as statements (CSV on the Web)."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crossties.namespaces import CT, DCT, GEO, RDF, SCHEMA, SKOS
from crossties.quads import iri, to_text
from crossties.results import read_table

Run = Callable[[str], bytes]
LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"
_LANGUAGES: Final = ("en", "fi", "ru", "sv")
_SEPARATOR: Final = " "


@dataclass(frozen=True)
class Column:
    """A column: its name, the property whose values it holds, and what these are.

    ``datatype`` is "" for things; ``language`` chooses texts; ``many`` lets several values stand in a cell.
    """

    name: str
    property: str
    datatype: str = ""
    language: str = ""
    many: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table: one row for each thing of the classes."""

    name: str
    title: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]


def _things(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, CT + name, many=True) for name in names)


def _literals(datatype: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, CT + name, datatype) for name in names)


_LABELS: Final = tuple(
    Column(f"label_{tag}", SKOS + "prefLabel", "string", language=tag) for tag in _LANGUAGES
)
_CLASS: Final = Column("class", RDF + "type", many=True)
_PERIOD: Final = _literals("string", "from", "until")
_SAID: Final = _things("statedIn", "announcedIn")

SHEETS: Final = (
    Sheet(
        "places",
        "Places: countries, regions, municipalities, waters",
        ("Place",),
        (
            *_LABELS,
            *_things("kind", "partOf", "country"),
            Column("point", GEO + "hasDefaultGeometry"),
            Column("same_as", SKOS + "exactMatch", many=True),
        ),
    ),
    Sheet(
        "organisations",
        "Bodies: councils, offices, schools, networks",
        ("Organisation",),
        (
            *_LABELS,
            *_things("kind", "subOrganizationOf", "governs", "seat"),
            Column("founded", SCHEMA + "foundingDate", "string"),
            Column("same_as", SKOS + "exactMatch", many=True),
        ),
    ),
    Sheet(
        "cooperations",
        "Partnerships, agreements, plans, projects and frameworks",
        ("Partnership", "Agreement", "ActionPlan", "Project", "Framework"),
        (
            _CLASS,
            *_LABELS,
            *_things("kind", "party", "under", "replaces", "renews", "implements", "theme", "ending"),
            *_PERIOD,
            *_SAID,
        ),
    ),
    Sheet(
        "participations",
        "Who takes part in what, in which role",
        ("Participation",),
        (*_things("in", "participant", "represents", "role"), *_PERIOD, *_SAID),
    ),
    Sheet(
        "provisions",
        "Objectives, activities, services and outcomes",
        ("Objective", "Activity", "Service", "ExpectedOutcome", "ObservedOutcome"),
        (
            _CLASS,
            *_LABELS,
            *_things("of", "actor", "beneficiary", "direction", "stage", "theme"),
            *_PERIOD,
            *_SAID,
        ),
    ),
    Sheet(
        "funding",
        "Money facts",
        ("Funding",),
        (
            *_things("kind", "funder", "recipient", "through", "purpose"),
            *_literals("decimal", "amount"),
            *_literals("string", "currency"),
            *_literals("boolean", "approximate", "ceiling", "perYear"),
            *_things("shareOf"),
            *_literals("integer", "sharePart", "shareWhole"),
            *_PERIOD,
            *_things("inferred"),
            *_SAID,
        ),
    ),
    Sheet(
        "signings",
        "Signings and the signatures under them",
        ("Signing",),
        (
            *_things("signs", "place", "occasion", "mode", "signature"),
            *_literals("string", "date", "notBefore", "notAfter"),
            *_SAID,
        ),
    ),
    Sheet(
        "signatures",
        "Who signed, in which post, on whose behalf",
        ("Signature",),
        (*_things("signatory", "inPost", "onBehalfOf", "role", "place"), *_literals("string", "date")),
    ),
    Sheet(
        "status-changes",
        "Suspensions, endings and other turns, side by side",
        ("StatusChange",),
        (
            *_things("concerns", "side", "status", "decision", "reason"),
            *_literals("string", "date", "notBefore", "notAfter", "notified"),
            *_SAID,
        ),
    ),
    Sheet(
        "documents",
        "The documents that say so",
        ("Document",),
        (
            *(Column(f"title_{tag}", DCT + "title", "string", language=tag) for tag in _LANGUAGES),
            Column("publisher", DCT + "publisher", many=True),
            Column("language", DCT + "language", "string", many=True),
            Column("issued", DCT + "issued", "string"),
            Column("url", SCHEMA + "url"),
            *_literals("date", "readOn"),
            *_literals("string", "checksum"),
        ),
    ),
)


def write_tables(run: Run) -> dict[str, bytes]:
    """Return the files of the package by name: the tables, and ``csv-metadata.json`` that describes them."""
    files = {f"{sheet.name}.csv": _write_sheet(sheet, run) for sheet in SHEETS}
    return files | {"csv-metadata.json": _write_metadata()}


def _write_sheet(sheet: Sheet, run: Run) -> bytes:
    classes = " ".join(_term(CT + name) for name in sheet.classes)
    properties = " ".join(_term(one) for one in dict.fromkeys(column.property for column in sheet.columns))
    rows = read_table(
        run(
            f"""SELECT DISTINCT ?thing ?property ?value ?wkt WHERE {{
  VALUES ?class {{ {classes} }} ?thing a ?class . VALUES ?property {{ {properties} }} ?thing ?property ?value
  OPTIONAL {{ ?value <{GEO}asWKT> ?wkt }} }}"""
        )
    ).rows
    cells: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, property_, value, wkt in rows:
        if thing and property_ and value:
            cells[thing.text][property_.text, value.language].add(wkt.text if wkt else value.text)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["iri", *(column.name for column in sheet.columns)])
    for thing_iri in sorted(cells):
        writer.writerow([thing_iri, *_cells(sheet.columns, cells[thing_iri])])
    return written.getvalue().encode()


def _cells(columns: Sequence[Column], told: dict[tuple[str, str], set[str]]) -> list[str]:
    return [_SEPARATOR.join(sorted(told.get((one.property, one.language), ()))) for one in columns]


def _write_metadata() -> bytes:
    told = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "crossties: the main tables",
        "dc:license": {"@id": LICENSE},
        "tables": [_describe(sheet) for sheet in SHEETS],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _describe(sheet: Sheet) -> dict[str, Any]:
    iri_column = {
        "name": "iri",
        "titles": "iri",
        "datatype": "anyURI",
        "required": True,
        "suppressOutput": True,
    }
    return {
        "url": f"{sheet.name}.csv",
        "dc:title": sheet.title,
        "tableSchema": {
            "aboutUrl": "{+iri}",
            "primaryKey": "iri",
            "columns": [iri_column, *(_describe_column(one) for one in sheet.columns)],
        },
    }


def _describe_column(one: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.name, "titles": one.name, "propertyUrl": one.property}
    if one.name == "point":
        return told | {"datatype": "string", "propertyUrl": GEO + "asWKT"}
    told |= (
        {"datatype": one.datatype} if one.datatype else {"datatype": "anyURI", "valueUrl": f"{{+{one.name}}}"}
    )
    told |= {"lang": one.language} if one.language else {}
    return told | ({"separator": _SEPARATOR} if one.many else {})


def _term(address: str) -> str:
    return to_text(iri(address))
