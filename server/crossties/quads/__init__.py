"""Read RDF strictly, once: bytes in, checked quads out. Only this package and ``store`` import pyoxigraph."""

from crossties.quads.lint import Problem, lint
from crossties.quads.parse import RDF_SUFFIXES, Parsed, parse_bytes, parse_file, read_bytes
from crossties.quads.terms import BlankNode, Literal, NamedNode, Quad, Term, Triple, iri, literal, to_text

__all__ = [
    "RDF_SUFFIXES",
    "BlankNode",
    "Literal",
    "NamedNode",
    "Parsed",
    "Problem",
    "Quad",
    "Term",
    "Triple",
    "iri",
    "lint",
    "literal",
    "parse_bytes",
    "parse_file",
    "read_bytes",
    "to_text",
]
