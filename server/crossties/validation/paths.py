"""Write the paths of SHACL as SPARQL writes them."""

from __future__ import annotations

from typing import Final

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from crossties.namespaces import compact
from crossties.validation.naming import compact_path

_SUFFIXES: Final = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def write_path(graph: rdflib.Graph, path: Node) -> str:
    """Return a property's IRI alone, or a path in the notation of SPARQL."""
    if isinstance(path, rdflib.URIRef):
        return str(path)
    if (path, RDF.first, None) in graph:
        return "/".join(_write_step(graph, step) for step in Collection(graph, path))
    return _write_step(graph, path)


def tell_path(graph: rdflib.Graph, path: Node) -> str:
    """Return the path with shortened names, for people."""
    if isinstance(path, rdflib.URIRef):
        return compact(str(path))
    return compact_path(write_path(graph, path))


def _write_step(graph: rdflib.Graph, step: Node) -> str:
    if isinstance(step, rdflib.URIRef):
        return f"<{step}>"
    inverse = graph.value(step, SH.inversePath)
    if inverse is not None:
        return "^" + _write_step(graph, inverse)
    alternatives = graph.value(step, SH.alternativePath)
    if alternatives is not None:
        return "(" + "|".join(_write_step(graph, one) for one in Collection(graph, alternatives)) + ")"
    for predicate, suffix in _SUFFIXES.items():
        inner = graph.value(step, predicate)
        if inner is not None:
            return _write_step(graph, inner) + suffix
    return f"({write_path(graph, step)})" if (step, RDF.first, None) in graph else "…"
