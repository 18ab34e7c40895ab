"""RDF terms, made safely and written as text by the store's own serialiser."""

from __future__ import annotations

from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Quad, Triple

from crossties.errors import RequestError
from crossties.namespaces import XSD

Term = NamedNode | BlankNode | Literal | Triple

__all__ = ["BlankNode", "Literal", "NamedNode", "Quad", "Term", "Triple", "iri", "literal", "to_text"]


def iri(text: str) -> NamedNode:
    """Return the IRI term.

    Raises:
        RequestError: the text is not an absolute IRI (RFC 3987).
    """
    try:
        return NamedNode(text)
    except ValueError as error:
        message = f"“{text}” is not an absolute IRI."
        raise RequestError(
            message, mend="Write it whole, as in https://w3id.org/crossties/id/place/kotka."
        ) from error


def literal(value: str, datatype: str = "string") -> Literal:
    """Return the literal with a datatype of XML Schema, named without its namespace."""
    return Literal(value, datatype=NamedNode(XSD + datatype))


def tagged(value: str, tag: str, direction: str = "") -> Literal | None:
    """Return a text in a language, written ``ltr`` or ``rtl``; None where the tag is not well-formed."""
    try:
        way = BaseDirection(direction) if direction else None
        return Literal(value, language=tag.lower(), direction=way)
    except ValueError:
        return None


def to_text(term: Term) -> str:
    """Return the term in N-Triples syntax, which is also SPARQL syntax, with everything escaped."""
    return str(term)
