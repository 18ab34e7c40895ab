"""What is in the graph, counted: the figures that machine descriptions carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from crossties.namespaces import CT, DERIVED_GRAPH, ONTOLOGY, RDF, SCHEMA
from crossties.quads import iri, to_text
from crossties.results import Cell, read_table

Run = Callable[[str], bytes]
_STATED: Final = f"""{{ SELECT DISTINCT ?thing ?property ?value WHERE {{
    GRAPH ?graph {{ ?thing ?property ?value }} FILTER(?graph != <{DERIVED_GRAPH}>) }} }}"""
_TOTALS: Final = f"""SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?thing) AS ?subjects)
  (COUNT(DISTINCT ?value) AS ?objects) (COUNT(DISTINCT ?property) AS ?properties) WHERE {{ {_STATED} }}"""
_PROPERTIES: Final = f"""SELECT ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?thing) AS ?subjects)
  (COUNT(DISTINCT ?value) AS ?objects) WHERE {{ {_STATED} }} GROUP BY ?property ORDER BY ?property"""
_CLASSES: Final = f"""SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) (MIN(STR(?thing)) AS ?first) WHERE {{
  GRAPH ?graph {{ ?thing a ?class }} FILTER(?graph != <{DERIVED_GRAPH}>)
  FILTER(isIRI(?class) && isIRI(?thing))
}} GROUP BY ?class ORDER BY ?class"""


@dataclass(frozen=True)
class Totals:
    """The stated part of the graph in four numbers."""

    triples: int
    subjects: int
    objects: int
    properties: int


@dataclass(frozen=True)
class OfProperty:
    """How often a property is stated, with how many subjects and objects."""

    iri: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True)
class OfClass:
    """How many things a class has, and the first of them by IRI."""

    iri: str
    things: int
    first: str


@dataclass(frozen=True)
class OfLinks:
    """How many links lead by a property into the name space of another dataset."""

    property: str
    space: str
    triples: int


@dataclass(frozen=True)
class Statistics:
    """All that is counted."""

    totals: Totals
    properties: tuple[OfProperty, ...]
    classes: tuple[OfClass, ...]
    links: tuple[OfLinks, ...]


def read_statistics(run: Run, authority: str) -> Statistics:
    """Count what is stated, the derived layer left out."""
    totals = read_table(run(_TOTALS)).rows[0]
    return Statistics(
        totals=Totals(*(int(_text(cell)) for cell in totals)),
        properties=tuple(
            OfProperty(_text(name), *(int(_text(cell)) for cell in counts))
            for name, *counts in read_table(run(_PROPERTIES)).rows
        ),
        classes=tuple(
            OfClass(_text(name), int(_text(things)), _text(first))
            for name, things, first in read_table(run(_CLASSES)).rows
        ),
        links=tuple(
            OfLinks(_text(name), _text(space), int(_text(triples)))
            for name, space, triples in read_table(run(_links_query(authority))).rows
        ),
    )


def examples(statistics: Statistics) -> list[str]:
    """Return a thing of each class of ours that things are usually looked up by."""
    wanted = [
        CT + name for name in ("Agreement", "Partnership", "Organisation", "Place", "Funding", "Document")
    ]
    firsts = {one.iri: one.first for one in statistics.classes}
    return [firsts[name] for name in wanted if name in firsts]


def _links_query(authority: str) -> str:
    own = to_text(iri(authority)).strip("<>")
    return f"""SELECT ?property ?space (COUNT(*) AS ?triples) WHERE {{
  {{ SELECT DISTINCT ?property ?thing ?value WHERE {{
    GRAPH ?graph {{ ?thing ?property ?value }}
    FILTER(isIRI(?value) && STRSTARTS(STR(?thing), "{own}") && !STRSTARTS(STR(?thing), "{ONTOLOGY}"))
    FILTER(!STRSTARTS(STR(?value), "{own}") && !STRSTARTS(STR(?value), "{ONTOLOGY}"))
    FILTER(?property NOT IN (<{RDF}type>, <{SCHEMA}url>, <{CT}inferred>, <{CT}property>)) }} }}
  BIND(REPLACE(STR(?value), "^([a-z]+://[^/]+/).*$", "$1") AS ?space)
}} GROUP BY ?property ?space ORDER BY ?property ?space"""


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""
