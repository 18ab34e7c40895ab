"""The test world as a store and as a graph, and the cases that are asked of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.plugins.sparql

from crossties.derivation.derive import derive
from crossties.questions.catalogue import Question, load_questions

ROOT: Final = Path(__file__).parents[2]
AS_OF: Final = date(2026, 11, 22)


@pytest.fixture(scope="session")
def questions() -> dict[str, Question]:
    return dict(load_questions(ROOT / "queries"))


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """Every file of the world once in the default graph, as the build does, and what is derived from it."""
    folders = (ROOT / "tests" / "world", ROOT / "ontology", ROOT / "data" / "themes")
    files = sorted(file for folder in folders for file in folder.rglob("*.ttl"))
    built = ox.Store()
    built.extend({ox.Quad(*quad.triple) for file in files for quad in ox.parse(path=str(file))})
    derive(built, as_of=AS_OF)
    return built


@pytest.fixture(scope="session")
def graph(store: ox.Store) -> Iterator[rdflib.Graph]:
    """The same triples in one plain graph of a second engine, which must not fetch graphs by itself."""
    text = io.BytesIO()
    default = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    ox.serialize((quad.triple for quad in default), text, format=ox.RdfFormat.N_TRIPLES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib.plugins.sparql, "SPARQL_LOAD_GRAPHS", False)
        patch.setattr(rdflib.plugins.sparql, "SPARQL_DEFAULT_GRAPH_UNION", False)
        yield rdflib.Graph().parse(data=text.getvalue(), format="nt")
