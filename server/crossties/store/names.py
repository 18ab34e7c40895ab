"""Read the names of things out of a built store, for the label index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from crossties.namespaces import CT
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


def read_names(store: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Yield IRI, class (local name), name, and whether it is the best English label, of everything named."""
    return names_in(open_store(store))


def read_covers(store: Path) -> Iterator[tuple[str, str]]:
    """Yield each place with each body that acts for it or a part of it, or is an organ of such a body."""
    return covers_in(open_store(store))


def names_in(store: ox.Store) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what ``read_names`` does, of a store that is open."""
    for thing, kind, text, best in store.query(_NAMES):  # type: ignore[union-attr]
        local = kind.value.removeprefix(CT).rpartition("#")[2].rpartition("/")[2]
        yield thing.value, local, text.value, best.value == "true"


def covers_in(store: ox.Store) -> Iterator[tuple[str, str]]:
    """Yield what ``read_covers`` does, of a store that is open."""
    for place, body in store.query(_COVERS):  # type: ignore[union-attr]
        yield place.value, body.value
