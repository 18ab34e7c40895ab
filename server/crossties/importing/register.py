"""What the published graph knows, as importers need it: identifiers, countries, names, points, twinnings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from crossties.search.fold import fold

_THINGS: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?class ?kind ?country ?label ?name WHERE {
  VALUES ?class { ct:Place ct:Organisation ct:Project ct:Framework }
  ?thing a ?class ; skos:prefLabel|skos:altLabel ?name .
  OPTIONAL { ?thing ct:kind ?kind } OPTIONAL { ?thing ct:labelEn ?label }
  OPTIONAL { ?thing (ct:country|ct:governs/ct:country|ct:seat/ct:country) ?country }
} ORDER BY ?thing ?name
"""
_CODES: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?scheme ?version ?code WHERE {
  ?thing ct:code ?node . ?node ct:scheme ?scheme ; ct:version ?version ; skos:notation ?code
}
"""
_MATCHES: Final = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?match WHERE { ?thing skos:exactMatch ?match }
"""
_POINTS: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
SELECT ?country ?wkt WHERE { ?thing ct:country ?country ; geo:hasDefaultGeometry/geo:asWKT ?wkt }
"""
_TWINNINGS: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT DISTINCT ?bond ?one ?other WHERE {
  ?bond a ct:Partnership ; ct:partySide ?first , ?second . FILTER(?first != ?second)
  ?first ct:governs? ?one . ?second ct:governs? ?other . ?one a ct:Place . ?other a ct:Place
  FILTER(STR(?one) < STR(?other))
}
"""
_WKT: Final = re.compile(r"POINT ?\(([-0-9.]+) ([-0-9.]+)\)")
_COUNTRY: Final = "https://w3id.org/crossties/kind/country"

#: Answers a query in SPARQL JSON.
Run = Callable[[str], bytes]


@dataclass(frozen=True)
class Known:
    """A thing of the graph: its class (local name), every name, the IRI of its country."""

    iri: str
    cls: str
    names: tuple[str, ...]
    country: str = ""


@dataclass(frozen=True)
class Register:
    """What is known.

    ``codes`` are keyed by list, version and code (``nuts``, ``2024``, ``FI1C7``), ``matches`` by the IRI of
    another register, ``countries`` by every folded name, ``twinnings`` by the two places; ``points`` are
    latitude, longitude and the IRI of the country.
    """

    things: Mapping[str, Known] = field(default_factory=dict)
    codes: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    matches: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    twinnings: Mapping[frozenset[str], str] = field(default_factory=dict)
    points: tuple[tuple[float, float, str], ...] = ()

    def label(self, iri: str) -> str:
        """Return the first name of a thing, or its IRI."""
        known = self.things.get(iri)
        return known.names[0] if known else iri


def read_register(run: Run) -> Register:
    """Read what a store version knows; ``run`` answers a query in SPARQL JSON."""
    names: dict[str, list[str]] = {}
    things: dict[str, Known] = {}
    countries: dict[str, str] = {}
    for row in _rows(run, _THINGS):
        iri = row["thing"]
        names.setdefault(iri, [row["label"]] if "label" in row else []).append(row["name"])
        cls = row["class"].rpartition("#")[2]
        things[iri] = Known(iri, cls, tuple(dict.fromkeys(names[iri])), row.get("country", ""))
        if row.get("kind") == _COUNTRY:
            countries.setdefault(fold(row["name"]), iri)
    codes = {
        (row["scheme"].rpartition("/")[2], row["version"], row["code"]): row["thing"]
        for row in _rows(run, _CODES)
    }
    return Register(
        things,
        codes,
        {row["match"]: row["thing"] for row in _rows(run, _MATCHES)},
        countries,
        {frozenset((row["one"], row["other"])): row["bond"] for row in _rows(run, _TWINNINGS)},
        tuple(point for row in _rows(run, _POINTS) if (point := _point(row))),
    )


def _point(row: dict[str, str]) -> tuple[float, float, str] | None:
    match = _WKT.search(row["wkt"])
    return (float(match[2]), float(match[1]), row["country"]) if match else None


def _rows(run: Run, query: str) -> list[dict[str, str]]:
    found = json.loads(run(query))["results"]["bindings"]
    return [{name: one["value"] for name, one in row.items()} for row in found]
