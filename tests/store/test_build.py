"""A store has each file as a named graph, and each triple once in the default graph with what follows."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from crossties.namespaces import CT, DERIVED_GRAPH
from crossties.store.build import Source, build, fill

_TURTLE = """@base <https://w3id.org/crossties/> . @prefix ct: <https://w3id.org/crossties/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<id/agreement/x> a ct:Agreement ; ct:party <id/organisation/a> .
<id/funding/f> a ct:Funding ; ct:amount "{amount}"^^xsd:decimal .
"""
_DERIVED = ox.NamedNode(DERIVED_GRAPH)


def _sources(folder: Path) -> list[Source]:
    for name in ("one", "two"):
        (folder / f"{name}.ttl").write_text(_TURTLE.format(amount="1.5"), encoding="utf-8")
    return [Source(folder / f"{name}.ttl", f"urn:{name}") for name in ("one", "two")]


def _triples(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}


def test_what_two_files_state_stands_in_both_and_once_in_the_default_graph(tmp_path: Path) -> None:
    built = build(_sources(tmp_path), tmp_path / "store")
    store = ox.Store.read_only(str(tmp_path / "store"))
    one, two = (_triples(store, ox.NamedNode(f"urn:{name}")) for name in ("one", "two"))
    assert one == two
    assert (built.files, built.stated) == (2, len(one))


def test_what_is_derived_stands_in_the_default_graph_and_in_its_own(tmp_path: Path) -> None:
    built = build(_sources(tmp_path), tmp_path / "store")
    store = ox.Store.read_only(str(tmp_path / "store"))
    stated, derived = _triples(store, ox.NamedNode("urn:one")), _triples(store, _DERIVED)
    assert stated | derived == _triples(store, ox.DefaultGraph())
    assert not stated & derived
    assert len(derived) == built.derived > 0


def test_a_store_on_the_disk_and_one_in_memory_say_the_same(tmp_path: Path) -> None:
    sources = _sources(tmp_path)
    build(sources, tmp_path / "store")
    memory = ox.Store()
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(source.graph))
        for source in sources
        for quad in ox.parse(path=str(source.path))
    ]
    fill(memory, quads)
    assert set(memory) == set(ox.Store.read_only(str(tmp_path / "store")))


def test_a_literal_that_the_store_writes_otherwise_is_stated_and_not_derived() -> None:
    store = ox.Store()
    fill(store, list(ox.parse(_TURTLE.format(amount="1.50"), format=ox.RdfFormat.TURTLE)))
    amounts = list(store.quads_for_pattern(None, ox.NamedNode(CT + "amount"), None, None))
    assert [quad.object.value for quad in amounts if isinstance(quad.object, ox.Literal)] == ["1.5"]
