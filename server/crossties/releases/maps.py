"""Places with a point as GeoJSON (RFC 7946), each with the cooperations that it has a side in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from crossties.results import Cell, read_table

_POINT: Final = re.compile(r"POINT ?\((\S+) (\S+)\)")
_PLACES: Final = """PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
SELECT ?place ?en ?fi ?ru ?sv ?kind ?country ?wkt WHERE {
  ?place a ct:Place ; geo:hasDefaultGeometry/geo:asWKT ?wkt .
  ?place ct:labelEn ?en ; ct:labelFi ?fi ; ct:labelRu ?ru ; ct:labelSv ?sv .
  OPTIONAL { ?place ct:kind ?kind } OPTIONAL { ?place ct:country ?country }
} ORDER BY ?place ?kind ?country ?wkt"""
_COOPERATIONS: Final = """PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT DISTINCT ?place ?cooperation ?label ?class ?partner WHERE {
  VALUES ?class { ct:Partnership ct:Agreement }
  ?cooperation a ?class ; ct:sidePlace ?place, ?partner ; ct:labelEn ?label .
  FILTER(?place != ?partner)
} ORDER BY ?place ?cooperation ?class ?partner"""


def write_places(run: Callable[[str], bytes]) -> bytes:
    """Return the places as a FeatureCollection."""
    told: dict[str, dict[str, dict[str, Any]]] = {}
    for row in read_table(run(_COOPERATIONS)).rows:
        place, cooperation, label, kind, partner = map(_text, row)
        one = told.setdefault(place, {}).setdefault(
            cooperation,
            {"iri": cooperation, "label": label, "class": kind.rpartition("#")[2], "partners": []},
        )
        one["partners"].append(partner)
    features: dict[str, dict[str, Any]] = {}
    for row in read_table(run(_PLACES)).rows:
        place, *names, kind, country, wkt = map(_text, row)
        features.setdefault(
            place, _feature(place, names, (kind, country, wkt), list(told.get(place, {}).values()))
        )
    collection = {"type": "FeatureCollection", "features": list(features.values())}
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _feature(
    place: str, names: list[str], facts: tuple[str, str, str], cooperations: list[dict[str, Any]]
) -> dict[str, Any]:
    kind, country, wkt = facts
    found = _POINT.search(wkt)
    point = {"type": "Point", "coordinates": [float(found[1]), float(found[2])]} if found else None
    properties = {
        "iri": place,
        **{f"label_{tag}": name for tag, name in zip(("en", "fi", "ru", "sv"), names, strict=True)},
        "kind": kind,
        "country": country,
        "cooperations": cooperations,
    }
    return {"type": "Feature", "id": place, "geometry": point, "properties": properties}


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""
