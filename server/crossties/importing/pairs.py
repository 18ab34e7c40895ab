"""Read the forms that twin-town lists have: pairs as CSV, one TSV a country, answers of Wikidata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from crossties.errors import InputError, Location
from crossties.importing.rows import Row, read_rows
from crossties.importing.towns import Town
from crossties.intake import Upload

_POINT: Final = re.compile(r"POINT ?\(([-0-9.]+) ([-0-9.]+)\)", re.IGNORECASE)
_SIDES: Final = (
    (("city1", "country1", "lat1", "lng1"), ("city2", "country2", "lat2", "lng2")),
    (
        ("origin label", "origin country", "origin lat", "origin long"),
        ("sister label", "sister country", "sister lat", "sister long"),
    ),
    (("name", "country", "lat", "lon"), ("sister name", "sister country", "sister lat", "sister lon")),
)
#: The question that gives the pairs of Wikidata, for whoever names an endpoint.
WIKIDATA: Final = """
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?a ?aLabel ?aCountryLabel ?aPoint ?b ?bLabel ?bCountryLabel ?bPoint WHERE {
  VALUES ?aCountry { wd:COUNTRY }
  ?a wdt:P190 ?b ; wdt:P17 ?aCountry . ?b wdt:P17 ?bCountry .
  ?aCountry rdfs:label ?aCountryLabel . FILTER(LANG(?aCountryLabel) = "en")
  ?bCountry rdfs:label ?bCountryLabel . FILTER(LANG(?bCountryLabel) = "en")
  OPTIONAL { ?a rdfs:label ?aLabel . FILTER(LANG(?aLabel) = "en") }
  OPTIONAL { ?b rdfs:label ?bLabel . FILTER(LANG(?bLabel) = "en") }
  OPTIONAL { ?a wdt:P625 ?aPoint } OPTIONAL { ?b wdt:P625 ?bPoint }
} ORDER BY ?a ?b
"""


@dataclass(frozen=True)
class Pair:
    """Two towns that a row says are twins; the columns are those of their names."""

    row: int
    one: Town
    other: Town
    columns: tuple[int | None, int | None] = (None, None)


def read_pairs(upload: Upload) -> Iterator[Pair]:
    """Yield the pairs of a list, in whichever of the known forms it is.

    Raises:
        InputError: it is in none of them.
    """
    if upload.data.lstrip()[:1] == b"{":
        yield from _bindings(upload)
        return
    names: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    for row in read_rows(upload):
        names = names or _sides(row, upload.name)
        one, other = (_town(row, side) for side in names)
        yield Pair(row.number, one, other, (row.column(names[0][0]), row.column(names[1][0])))


def _sides(row: Row, file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    for sides in _SIDES:
        if all(row.column(name) for side in sides for name in side[:2]):
            return sides
    message = "The columns are those of no twin-town list that is known."
    mend = "Name them city1, country1, lat1, lng1, city2, country2, lat2, lng2 in the first row."
    raise InputError(message, mend=mend, where=Location(file, row=1))


def _town(row: Row, names: tuple[str, ...]) -> Town:
    name, country, latitude, longitude = (row.get(one) for one in names)
    return Town(name, country, _numbers(latitude, longitude))


def _numbers(latitude: str, longitude: str) -> tuple[float, float] | None:
    try:
        return float(latitude), float(longitude)
    except ValueError:
        return None


def _bindings(upload: Upload) -> Iterator[Pair]:
    try:
        rows = json.loads(upload.data)["results"]["bindings"]
    except (ValueError, KeyError, TypeError) as error:
        message = "The file is no answer of a SPARQL service (JSON)."
        raise InputError(
            message, mend="Save the answer as SPARQL JSON.", where=Location(upload.name)
        ) from error
    for number, row in enumerate(rows, start=1):
        yield Pair(number, _bound(row, "a"), _bound(row, "b"))


def _bound(row: dict[str, Any], side: str) -> Town:
    def value(name: str) -> str:
        return str(row.get(name, {}).get("value", ""))

    match = _POINT.search(value(f"{side}Point"))
    iri = value(side)
    name = value(f"{side}Label") or iri.rpartition("/")[2]
    point = (float(match[2]), float(match[1])) if match else None
    return Town(name, value(f"{side}CountryLabel"), point, iri)
