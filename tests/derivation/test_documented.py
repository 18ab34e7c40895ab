"""Every term that the build derives is a term of the vocabulary, and every derived term is derived."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from crossties.namespaces import CT, DERIVED_GRAPH, RDF, SKOS
from crossties.store.build import fill

_ROOT: Final = Path(__file__).parents[2]
_TYPE: Final = ox.NamedNode(RDF + "type")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    folders = (_ROOT / "tests" / "world", _ROOT / "ontology", _ROOT / "data" / "themes")
    files = sorted(path for folder in folders for path in folder.rglob("*.ttl"))
    built = ox.Store()
    fill(built, [quad for path in files for quad in ox.parse(path=str(path))])
    return built


@pytest.fixture(scope="module")
def derived(store: ox.Store) -> set[str]:
    """Return the local names of all own classes and properties in the derived graph."""
    names = set()
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(DERIVED_GRAPH)):
        term = quad.object if quad.predicate == _TYPE else quad.predicate
        if isinstance(term, ox.NamedNode) and term.value.startswith(CT):
            names.add(term.value.removeprefix(CT))
    return names


def test_what_is_derived_is_declared(store: ox.Store, derived: set[str]) -> None:
    undeclared = {
        name
        for name in derived
        if not any(store.quads_for_pattern(ox.NamedNode(CT + name), _TYPE, None, ox.DefaultGraph()))
    }
    assert undeclared == set()


def test_what_is_said_to_be_derived_is_derived(store: ox.Store, derived: set[str]) -> None:
    notes = store.quads_for_pattern(None, ox.NamedNode(SKOS + "scopeNote"), None, ox.DefaultGraph())
    said = {
        quad.subject.value.removeprefix(CT)
        for quad in notes
        if isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
        and quad.object.value.startswith("Derived at build")
    }
    assert said - derived == set()
