"""The twin-town list of the reference folder as triples in memory; it is never written here."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from workload import Query

from crossties.namespaces import BASE, CT

#: What people ask of such a list.
TWIN_QUERIES: Final = (
    Query(
        "towns with most twins",
        f"SELECT ?t (COUNT(*) AS ?n) {{ ?link <{CT}party> ?t }} GROUP BY ?t ORDER BY DESC(?n) ?t LIMIT 20",
    ),
    Query(
        "twinnings between countries",
        f"""SELECT ?a ?b (COUNT(DISTINCT ?link) AS ?n) {{
        ?link <{CT}party> ?one , ?other . ?one <{CT}country> ?a . ?other <{CT}country> ?b
        FILTER(STR(?a) < STR(?b)) }} GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b""",
    ),
    Query(
        "twins of twins",
        f"""SELECT ?far (COUNT(*) AS ?n) {{
        ?town <{CT}labelEn> "Kotka" . ?x <{CT}party> ?town , ?near . ?y <{CT}party> ?near , ?far
        FILTER(?near != ?town && ?far != ?town && ?far != ?near) }} GROUP BY ?far ORDER BY DESC(?n) ?far""",
    ),
)
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_WKT: Final = "http://www.opengis.net/ont/geosparql#"


def read_twin_towns(folder: Path) -> list[ox.Triple]:
    """Return the list of twin towns as triples: a place for each town, a partnership for each pair.

    The list is read where it lies and never becomes a file here.
    """
    triples: list[ox.Triple] = []
    towns: dict[tuple[str, str], ox.NamedNode] = {}
    with (folder / "twin-towns-wikipedia-2026" / "twin_cities.csv").open(encoding="utf-8") as handle:
        for number, row in enumerate(csv.DictReader(handle)):
            sides = [_add_town(triples, towns, row, side) for side in "12"]
            link = ox.NamedNode(f"{BASE}id/partnership/listed-{number}")
            triples.append(_triple(link, ox.NamedNode(_TYPE), ox.NamedNode(f"{CT}Partnership")))
            triples += [_triple(link, ox.NamedNode(f"{CT}party"), side) for side in sides]
    return triples


def _add_town(
    triples: list[ox.Triple], towns: dict[tuple[str, str], ox.NamedNode], row: dict[str, str], side: str
) -> ox.NamedNode:
    key = (row[f"city{side}"], row[f"country{side}"])
    if key not in towns:
        towns[key] = node = ox.NamedNode(f"{BASE}id/place/listed-{len(towns)}")
        country = ox.NamedNode(f"{BASE}id/place/listed-country-{key[1].encode().hex()}")
        point = ox.NamedNode(f"{node.value}/point")
        wkt = f"POINT({row[f'lng{side}']} {row[f'lat{side}']})"
        triples += [
            _triple(node, ox.NamedNode(_TYPE), ox.NamedNode(f"{CT}Place")),
            _triple(node, ox.NamedNode(f"{CT}labelEn"), ox.Literal(key[0])),
            _triple(node, ox.NamedNode(f"{CT}country"), country),
            _triple(country, ox.NamedNode(f"{CT}labelEn"), ox.Literal(key[1])),
            _triple(node, ox.NamedNode(f"{_WKT}hasDefaultGeometry"), point),
            _triple(
                point,
                ox.NamedNode(f"{_WKT}asWKT"),
                ox.Literal(wkt, datatype=ox.NamedNode(f"{_WKT}wktLiteral")),
            ),
        ]
    return towns[key]


def _triple(subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, predicate, value)
