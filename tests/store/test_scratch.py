from __future__ import annotations

import pytest

from crossties.namespaces import BASE, CT, RDF
from crossties.quads import NamedNode, Quad, literal
from crossties.store.scratch import Scratch

HELSINKI = NamedNode(BASE + "id/place/helsinki")
QUADS = [
    Quad(HELSINKI, NamedNode(RDF + "type"), NamedNode(CT + "Place"), NamedNode("urn:g")),
    Quad(HELSINKI, NamedNode(CT + "note"), literal("x"), NamedNode("urn:g")),
]


def test_a_solution_holds_its_bound_variables() -> None:
    query = f"SELECT ?s ?o ?none {{ ?s <{CT}note> ?o OPTIONAL {{ ?s <{CT}no> ?none }} }}"
    assert list(Scratch(QUADS).select(query)) == [{"s": HELSINKI, "o": literal("x")}]


def test_the_convenience_layer_is_there() -> None:
    assert {quad.predicate.value for quad in Scratch(QUADS).triples()} > {CT + "labelEn"}


def test_only_a_select_can_be_asked() -> None:
    with pytest.raises(TypeError):
        list(Scratch(QUADS).select("ASK {}"))
