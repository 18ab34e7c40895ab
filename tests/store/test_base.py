from __future__ import annotations

from pathlib import Path

import pytest

from crossties.errors import HostError
from crossties.namespaces import CT, GRAPH, RDF
from crossties.quads import Literal, NamedNode, Quad, Term, Triple, literal
from crossties.store.base import hold_published, open_published
from crossties.versions import Version

ONE, TWO = NamedNode("urn:g:one"), NamedNode("urn:g:two")
A, P = NamedNode("urn:a"), NamedNode("urn:p")
PARTY, TYPE = NamedNode(CT + "party"), NamedNode(RDF + "type")
NEWS = NamedNode("https://w3id.org/crossties/id/document/alder-news-2018")


def test_a_statement_of_two_graphs_is_found_once() -> None:
    published = hold_published([Quad(A, P, literal("x"), graph) for graph in (ONE, TWO)])
    assert list(published.match(A, None, None)) == [(A, P, literal("x"))]
    assert set(published.graphs_of(Triple(A, P, literal("x")))) == {"urn:g:one", "urn:g:two"}


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ((A, None, None), 2),
        ((None, P, None), 3),
        ((None, P, literal("x")), 2),
        ((literal("x"), None, None), 0),
        ((None, literal("x"), None), 0),
    ],
)
def test_any_place_of_a_pattern_may_be_open(pattern: tuple[Term | None, ...], count: int) -> None:
    said = [(A, "x"), (A, "y"), (NamedNode("urn:b"), "x")]
    published = hold_published(Quad(subject, P, literal(text), ONE) for subject, text in said)
    assert len(list(published.match(*pattern))) == count


def test_what_is_derived_is_left_out(world_version: Version) -> None:
    published = open_published(world_version.store)
    assert list(published.match(None, NamedNode(CT + "labelEn"), None)) == []
    passage = NamedNode(NEWS.value + "/p1")
    assert list(published.match(passage, TYPE, None)) == []
    assert published.knows(passage, as_subject=True)


def test_what_is_stated_is_not_left_out_with_what_is_derived_alike(world_version: Version) -> None:
    published = open_published(world_version.store)
    stated = {(quad.subject, quad.predicate, quad.object) for quad in published.quads()}
    assert set(published.match(None, PARTY, None)) == {fact for fact in stated if fact[1] == PARTY}


def test_the_passages_of_a_document_are_those_that_are_cited(world_version: Version) -> None:
    built = open_published(world_version.store)
    held = hold_published(built.quads())
    assert NamedNode(NEWS.value + "/p1") in set(built.passages_of(NEWS))
    assert set(built.passages_of(NEWS)) == set(held.passages_of(NEWS))


def test_a_graph_is_read_by_its_name(world_version: Version) -> None:
    published = open_published(world_version.store)
    graph = GRAPH + "evidence/documents"
    quads = list(published.quads_of(graph))
    assert quads
    assert set(published.match_in_graphs(None, None, None, NamedNode(graph))) == set(quads)
    assert not list(published.match_in_graphs(literal("x"), None, None, None))


def test_a_literal_is_known_as_an_object_only() -> None:
    published = hold_published([Quad(A, P, literal("x"), ONE)])
    assert published.knows(literal("x"), as_subject=False)
    assert not published.knows(Literal("x"), as_subject=True)
    assert not published.knows(A, as_subject=False)


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(HostError):
        open_published(tmp_path / "nowhere")
