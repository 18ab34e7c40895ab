"""Validate the whole graph against the shapes, and read the folder that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import rdflib

from crossties.namespaces import SHAPES
from crossties.quads import Quad, parse_file
from crossties.validation.engine import run_engine
from crossties.validation.findings import Finding, read_findings
from crossties.validation.rdflib_terms import to_graph
from crossties.validation.texts import choose_message

__all__ = ["Finding", "choose_message", "find_shape_results", "named_terms", "read_shapes_graph"]


def find_shape_results(quads: Iterable[Quad], shapes: Path, *, language: str) -> Iterator[Finding]:
    """Yield what the shapes in a folder find in the graph, its messages in the language or in English.

    Raises:
        InputError: a shape file is broken.
    """
    yield from read_findings(run_engine(to_graph(quads), read_shapes_graph(shapes)), language=language)


def named_terms(shapes: Path) -> set[str]:
    """Return the IRIs that the shapes name."""
    terms = (term for triple in read_shapes_graph(shapes) for term in triple)
    return {str(term) for term in terms if isinstance(term, rdflib.URIRef)}


@lru_cache(maxsize=2)
def read_shapes_graph(folder: Path) -> rdflib.Graph:
    """Return the shapes of every file in a folder as one graph.

    Raises:
        InputError: a shape file is broken.
    """
    parsed = (parse_file(path, graph=SHAPES) for path in sorted(folder.glob("*.ttl")))
    return to_graph(quad for one in parsed for quad in one.quads)
