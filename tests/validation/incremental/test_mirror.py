from __future__ import annotations

import rdflib

from crossties.namespaces import XSD
from crossties.quads import BlankNode, Literal, NamedNode, Quad, Term, literal
from crossties.store.base import hold_published
from crossties.validation.incremental.mirror import Terms, mirror, read_node
from crossties.validation.incremental.states import Lookups, State
from crossties.validation.incremental.still import keep_still

A, B, P, Q = (NamedNode(f"urn:{name}") for name in "abpq")
GRAPH = NamedNode("urn:g")


def state(
    *, more: tuple[Term, Term, Term] | None = None, less: tuple[Term, Term, Term] | None = None
) -> State:
    base = hold_published([Quad(A, P, literal("2018", "gYear"), GRAPH), Quad(A, Q, B, GRAPH)])
    return State(Lookups(base), more=[more] if more else [], less=[less] if less else [])


def test_a_state_is_a_graph_for_rdflib_without_being_copied() -> None:
    graph = mirror(state(), Terms())
    assert list(graph.objects(rdflib.URIRef("urn:a"), rdflib.URIRef("urn:q"))) == [rdflib.URIRef("urn:b")]
    assert (rdflib.URIRef("urn:b"), None, None) not in graph
    assert len(graph) > 0


def test_what_a_change_adds_is_there_and_what_it_removes_is_not() -> None:
    graph = mirror(state(more=(B, P, literal("x")), less=(A, Q, B)), Terms())
    assert list(graph.subjects(rdflib.URIRef("urn:p"), rdflib.Literal("x"))) == [rdflib.URIRef("urn:b")]
    assert (None, rdflib.URIRef("urn:q"), None) not in graph


def test_a_literal_is_found_by_what_rdflib_makes_of_it() -> None:
    graph = mirror(state(), Terms())
    year = rdflib.Literal("2018", datatype=rdflib.URIRef(XSD + "gYear"))
    assert list(graph.subjects(None, year)) == [rdflib.URIRef("urn:a")]
    assert list(graph.subjects(None, rdflib.Literal("2018"))) == []


def test_nodes_of_rdflib_become_terms_where_they_can() -> None:
    assert read_node(rdflib.Literal("Åbo", lang="sv")) == Literal("Åbo", language="sv")
    assert read_node(rdflib.Literal("plain")) == literal("plain")
    assert read_node(rdflib.BNode("b1")) == BlankNode("b1")
    assert read_node(rdflib.URIRef("not an IRI")) is None
    assert read_node(rdflib.Variable("x")) is None


def test_what_is_asked_again_is_remembered_until_something_is_added() -> None:
    a, p = rdflib.URIRef("urn:a"), rdflib.URIRef("urn:p")
    graph = rdflib.Graph().add((a, p, rdflib.Literal("x")))
    still = keep_still(graph)
    assert list(still.objects(a, p)) == [rdflib.Literal("x")]
    still.add((a, p, rdflib.Literal("y")))
    assert set(still.objects(a, p)) == {rdflib.Literal("x"), rdflib.Literal("y")}
    assert len(still) == 2


def test_what_a_shape_says_for_people_is_found_by_name_only() -> None:
    shape, message = rdflib.URIRef("urn:shape"), rdflib.SH.message
    still = keep_still(rdflib.Graph().add((shape, message, rdflib.Literal("Mend it."))))
    assert list(still.predicate_objects(shape)) == []
    assert list(still.objects(shape, message)) == [rdflib.Literal("Mend it.")]
