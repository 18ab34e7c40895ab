"""The core suite as things are here: data in a store, shapes and ontology in graphs of their own.

The suite keeps all three in one file, which hides what goes wrong between them.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node
from tests.validation.conformance.suite import FOUND, Case, agree, read_cases, read_graph

from crossties.quads import NamedNode, Quad, parse_bytes
from crossties.quads.parse import RDF_SUFFIXES
from crossties.store.base import Published, open_published
from crossties.validation.engine import run_engine
from crossties.validation.rdflib_terms import to_graph

pytestmark = pytest.mark.skipif(not FOUND, reason="suite not found")

_UNREAD = "only the datatypes in use here reach the engine with their meaning"
_UNNAMED = "its shapes name a blank node of its data, which nothing can across graphs"
#: Test → why its report differs.
DIFFERENT = {
    "core/node/class-002": _UNNAMED,
    "core/node/datatype-001": _UNREAD,
    "core/node/maxExclusive-001": _UNNAMED,
    "core/node/maxInclusive-001": _UNNAMED,
    "core/node/maxLength-001": _UNNAMED,
    "core/node/minExclusive-001": _UNNAMED,
    "core/node/minLength-001": _UNNAMED,
    "core/node/pattern-001": _UNNAMED,
    "core/property/datatype-001": _UNREAD,
    "core/property/datatype-ill-formed": "the store keeps a byte as an integer",
    "core/property/or-datatypes-001": _UNREAD,
}
_SHAPES = (SH.NodeShape, SH.PropertyShape)


def split(graph: Graph) -> tuple[Graph, Graph, Graph]:
    """Return data, shapes and ontology of a file that holds all three."""
    shapes, queue = Graph(), [shape for kind in _SHAPES for shape in graph.subjects(RDF.type, kind)]
    queue += [shape for shape, predicate, _ in graph if str(predicate).startswith(str(SH))]
    seen: set[Node] = set()
    while queue:
        node = queue.pop()
        if node in seen or not isinstance(node, BNode | URIRef):
            continue
        seen.add(node)
        for predicate, value in graph.predicate_objects(node):
            shapes.add((node, predicate, value))
            if isinstance(value, BNode):
                queue.append(value)
    ontology = Graph()
    for triple in graph.triples((None, RDFS.subClassOf, None)):
        ontology.add(triple)
    return graph - shapes, shapes, ontology


def store(folder: Path, **graphs: Graph) -> Published:
    """Build a store of named graphs, as a version is, and open it for reading."""
    opened = ox.Store(str(folder))
    for name, graph in graphs.items():
        text = graph.serialize(format="nt", encoding="utf-8")
        if not text.strip():
            continue
        quads = parse_bytes(text, rdf_format=RDF_SUFFIXES[".nt"], graph=f"urn:{name}", origin=name).quads
        opened.extend(quads)
        opened.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    opened.flush()
    del opened
    return open_published(folder)


@pytest.mark.slow
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in read_cases("core")])
def test_the_report_is_the_same_with_three_graphs_and_a_store(case: Case, tmp_path: Path) -> None:
    whole = read_graph(case.data)
    if case.data == case.shapes:
        data, shapes, ontology = split(whole)
    else:
        data, shapes, ontology = whole, read_graph(case.shapes), Graph()
    base = store(tmp_path / "store", data=data, ontology=ontology)
    stated = [Quad(s, p, o, NamedNode("urn:all")) for s, p, o in base.match(None, None, None)]  # type: ignore[arg-type]
    outcome = run_engine(to_graph(stated), shapes)
    same = agree(case.manifest, case.wanted, outcome.report)
    assert same != (case.name in DIFFERENT), DIFFERENT.get(case.name)
