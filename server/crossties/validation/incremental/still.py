"""A graph that does not change any more and so remembers every answer: for the shapes, read over and over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import rdflib
from rdflib.namespace import RDFS, SH
from rdflib.plugins.stores.memory import Memory
from rdflib.store import Store

#: What a shape says for people: an engine that goes through all that a shape says needs none of it.
_FOR_PEOPLE: Final = {SH.message, SH.name, SH.description, SH.severity, RDFS.comment}


class Still(Store):
    """Remembers what fits a pattern; everything about one subject comes without what is said for people."""

    context_aware = True
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        self._kept = Memory()
        self._answers: dict[Any, tuple[Any, ...]] = {}

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002 - rdflib's
        """Add a triple: pySHACL adds two of its own before it reads the rest."""
        self._kept.add(triple, context, quoted)
        self._answers.clear()

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:  # noqa: ANN401 - rdflib's
        """Yield the triples that fit."""
        found = self._answers.get(triple_pattern)
        if found is None:
            about_one = triple_pattern[0] is not None and triple_pattern[1] is triple_pattern[2] is None
            found = self._answers[triple_pattern] = tuple(
                triple
                for triple, _ in self._kept.triples(triple_pattern, context)
                if not (about_one and triple[1] in _FOR_PEOPLE)
            )
        return ((triple, iter(())) for triple in found)

    def __len__(self, context: Any = None) -> int:  # noqa: ANN401 - rdflib's
        """Return how many triples there are."""
        return len(self._kept)

    def add_graph(self, graph: Any) -> None:  # noqa: ANN401 - rdflib's
        """Take notice of a graph, of which there is only one."""


def keep_still(graph: rdflib.Graph) -> rdflib.Graph:
    """Return a copy of a graph that remembers its answers."""
    still = rdflib.Graph(store=Still(), bind_namespaces="none")
    for prefix, namespace in graph.namespaces():
        still.bind(prefix, namespace)
    still += graph
    return still
