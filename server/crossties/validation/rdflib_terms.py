"""Build rdflib graphs term by term from checked quads: rdflib never reads what somebody sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import rdflib
from rdflib.term import Node

from crossties.namespaces import XSD
from crossties.quads import Literal, NamedNode, Quad, Term

#: Lexical forms that rdflib may turn into values without harm; "1e999999999"^^xsd:decimal costs gigabytes.
_HARMLESS: Final = re.compile(r"[-+.:TZ0-9]{1,64}|true|false", re.ASCII)
_VALUED: Final = {XSD + name for name in ("decimal", "integer", "boolean", "date", "gYear", "gYearMonth")}
_WITHOUT_VALUE: Final = {XSD + "anyURI", "http://www.opengis.net/ont/geosparql#wktLiteral"}
_SUSPECT: Final = "urn:crossties:unread:"


def to_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """Return the triples of the quads as one rdflib graph."""
    graph = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        graph.add((to_node(quad.subject), to_node(quad.predicate), to_node(quad.object)))
    return graph


def to_node(term: Term) -> Node:
    """Return the rdflib term; a literal that rdflib should not interpret gets a datatype of no meaning."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        return _literal(term)
    return rdflib.BNode(str(term).removeprefix("_:"))


def to_text(node: Node | None) -> str | None:
    """Return an IRI in full or the text of a literal, and None for a node without a name."""
    return None if node is None or isinstance(node, rdflib.BNode) else str(node)


def _literal(term: Literal) -> rdflib.Literal:
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == XSD + "string":
        return rdflib.Literal(term.value)
    harmless = datatype in _WITHOUT_VALUE or (datatype in _VALUED and _HARMLESS.fullmatch(term.value))
    named = datatype if harmless else _SUSPECT + datatype
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(named), normalize=False)
