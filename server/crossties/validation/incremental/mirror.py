"""A state of the graph as an rdflib graph: nothing is copied, every look-up is passed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import rdflib
from rdflib.store import Store
from rdflib.term import Node

from crossties.namespaces import XSD
from crossties.quads import BlankNode, Literal, NamedNode, Term
from crossties.validation.incremental.states import State
from crossties.validation.rdflib_terms import to_node

_Pattern = tuple[Node | None, Node | None, Node | None]


class Terms:
    """Translates terms to and from rdflib, each once."""

    def __init__(self) -> None:
        self._nodes: dict[Term, Node] = {}
        self._terms: dict[Node, Term] = {}

    def to_node(self, term: Term) -> Node:
        """Return the term as rdflib has it."""
        node = self._nodes.get(term)
        if node is None:
            node = self._nodes[term] = to_node(term)
            self._terms[node] = term
        return node

    def to_term(self, node: Node) -> Term | None:
        """Return the term of a node; None for one that can't be in a store."""
        term = self._terms.get(node)
        if term is None:
            term = read_node(node)
            if term is not None:
                self._terms[node] = term
        return term


def read_node(node: Node | None) -> Term | None:
    """Return the term that an rdflib node stands for; None for a variable, or an IRI that is none."""
    try:
        if isinstance(node, rdflib.URIRef):
            return NamedNode(str(node))
        if isinstance(node, rdflib.BNode):
            return BlankNode(str(node))
    except ValueError:
        return None
    if not isinstance(node, rdflib.Literal):
        return None
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype or XSD + "string")))


class Mirror(Store):
    """The triples of a state, read-only, found through its indexes."""

    context_aware = True  # of the one graph; pySHACL's wrapper for graphs insists on both
    graph_aware = True

    def __init__(self, state: State, terms: Terms) -> None:
        super().__init__()
        self._state, self._names = state, terms
        self._found: dict[_Pattern, list[tuple[Node, Node, Node]]] = {}

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:  # noqa: ANN401, ARG002 - rdflib's
        """Yield the triples that fit, as rdflib asks for them."""
        found = self._found.get(triple_pattern)
        if found is None:
            found = self._found[triple_pattern] = self._look_up(triple_pattern)
        for triple in found:
            yield triple, iter(())

    def add_graph(self, graph: Any) -> None:  # noqa: ANN401 - rdflib's
        """Take notice of a graph, of which there is only one."""

    def __len__(self, context: Any = None) -> int:  # noqa: ANN401 - rdflib's
        """Return a number for those who only ask whether there is anything."""
        return 1

    def _look_up(self, pattern: _Pattern) -> list[tuple[Node, Node, Node]]:
        terms = [None if node is None else self._names.to_term(node) for node in pattern]
        if any(term is None and node is not None for term, node in zip(terms, pattern, strict=True)):
            return []
        return [
            (self._names.to_node(subject), self._names.to_node(predicate), self._names.to_node(value))
            for subject, predicate, value in self._state.match(*terms)
        ]


def mirror(state: State, terms: Terms) -> rdflib.Graph:
    """Return the state as a graph."""
    return rdflib.Graph(store=Mirror(state, terms), bind_namespaces="none")
