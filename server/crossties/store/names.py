"""Read the names of things out of a built store, for the label index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from crossties.namespaces import CT, DCT, RDF, RDFS, SKOS
from crossties.store.engine import open_store

_NAMES: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?class ?text ?best WHERE {
  ?thing a ?class .
  { ?thing ct:labelEn ?text BIND(true AS ?best) }
  UNION {
    VALUES ?name { skos:prefLabel skos:altLabel dct:title rdfs:label }
    ?thing ?name ?text BIND(false AS ?best)
  }
  FILTER(?class != ct:Passage)
}
"""
_COVERS: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT DISTINCT ?place ?body WHERE { ?body ct:coveredBy ?place . ?place a ct:Place . ?body a ct:Organisation }
"""

_DEFAULT: Final = ox.DefaultGraph()
_TYPE: Final = ox.NamedNode(RDF + "type")
_PASSAGE: Final = ox.NamedNode(CT + "Passage")
_BEST: Final = ox.NamedNode(CT + "labelEn")
_COVERED: Final = ox.NamedNode(CT + "coveredBy")
_NAMING: Final = tuple(
    map(ox.NamedNode, (SKOS + "prefLabel", SKOS + "altLabel", DCT + "title", RDFS + "label"))
)
#: Changes of these alter what things are called, or who acts for what.
NAMING: Final = frozenset((_TYPE, _BEST, *_NAMING))
COVERING: Final = frozenset((_TYPE, _COVERED))


def read_names(store: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Yield IRI, class (local name), name, and whether it is the best English label, of everything named."""
    return names_in(open_store(store))


def read_covers(store: Path) -> Iterator[tuple[str, str]]:
    """Yield each place with each body that acts for it or a part of it, or is an organ of such a body."""
    return covers_in(open_store(store))


def names_of(store: ox.Store, things: Iterable[str]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what ``read_names`` does, of some things only."""
    for thing in map(ox.NamedNode, things):
        kinds = [_localise(kind.value) for kind in _objects(store, thing, _TYPE) if kind != _PASSAGE]
        texts = {(text.value, True) for text in _objects(store, thing, _BEST)}
        texts |= {(text.value, False) for name in _NAMING for text in _objects(store, thing, name)}
        yield from ((thing.value, kind, text, best) for kind in kinds for text, best in texts)


def covers_of(store: ox.Store, things: Iterable[str]) -> set[tuple[str, str]]:
    """Return those of ``read_covers`` in which one of some places or bodies is."""
    found = set()
    for thing in map(ox.NamedNode, things):
        found |= {(place.value, thing.value) for place in _objects(store, thing, _COVERED)}
        quads = store.quads_for_pattern(None, _COVERED, thing, _DEFAULT)
        found |= {
            (thing.value, quad.subject.value) for quad in quads if isinstance(quad.subject, ox.NamedNode)
        }
    return {
        (place, body)
        for place, body in found
        if _is(store, place, "Place") and _is(store, body, "Organisation")
    }


def names_in(store: ox.Store) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what ``read_names`` does, of a store that is open."""
    for thing, kind, text, best in store.query(_NAMES):  # type: ignore[union-attr]
        yield thing.value, _localise(kind.value), text.value, best.value == "true"


def covers_in(store: ox.Store) -> Iterator[tuple[str, str]]:
    """Yield what ``read_covers`` does, of a store that is open."""
    for place, body in store.query(_COVERS):  # type: ignore[union-attr]
        yield place.value, body.value


def _localise(kind: str) -> str:
    return kind.removeprefix(CT).rpartition("#")[2].rpartition("/")[2]


def _objects(
    store: ox.Store, thing: ox.NamedNode, name: ox.NamedNode
) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal]:
    for quad in store.quads_for_pattern(thing, name, None, _DEFAULT):
        if not isinstance(quad.object, ox.Triple):
            yield quad.object


def _is(store: ox.Store, thing: str, kind: str) -> bool:
    return ox.Quad(ox.NamedNode(thing), _TYPE, ox.NamedNode(CT + kind)) in store
