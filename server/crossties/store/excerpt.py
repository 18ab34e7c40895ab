"""A few triples of a graph in memory, with what the convenience layer makes of their claims and citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from crossties.derivation.claims import derive_preferred
from crossties.derivation.derive import apply_rule
from crossties.namespaces import CT, DERIVED_GRAPH
from crossties.quads import Term

_DEFAULT: Final = ox.DefaultGraph()
_DERIVED: Final = ox.NamedNode(DERIVED_GRAPH)
_CITING: Final = (ox.NamedNode(CT + "statedIn"), ox.NamedNode(CT + "announcedIn"))
_PREFERRED: Final = ox.NamedNode(CT + "preferred")
_PASSAGES: Final = (files("crossties.derivation") / "rules" / "10-passages.rq").read_text("utf-8")


class Excerpt:
    """Triples in the default graph, some of them in named graphs too, to be asked like a store.

    Of the convenience layer there is only what rules over the whole graph read: the values of preferred
    claims, and passages.
    """

    def __init__(self, triples: Iterable[tuple[Term, Term, Term]], quads: Iterable[ox.Quad] = ()) -> None:
        self._store = ox.Store()
        self._store.extend(ox.Quad(*triple) for triple in triples)  # type: ignore[arg-type]
        self._store.extend(quads)
        if self._has(_PREFERRED):
            self._derive(derive_preferred(self._store))
        if any(map(self._has, _CITING)):
            self._derive(apply_rule(self._store, _PASSAGES))

    def select(self, query: str) -> Iterator[dict[str, Term]]:
        """Yield each solution of a SELECT as its bound variables; the query is one of our own files."""
        answer = self._store.query(query)
        if not isinstance(answer, ox.QuerySolutions):
            message = "Only a SELECT can be asked here."
            raise TypeError(message)
        names = [variable.value for variable in answer.variables]
        for solution in answer:
            yield {name: term for name in names if (term := solution[name]) is not None}

    def _has(self, predicate: ox.NamedNode) -> bool:
        return next(self._store.quads_for_pattern(None, predicate, None, _DEFAULT), None) is not None

    def _derive(self, triples: Iterable[ox.Triple]) -> None:
        for triple in list(triples):
            quad = ox.Quad(triple.subject, triple.predicate, triple.object)
            if quad not in self._store:
                self._store.extend((quad, ox.Quad(triple.subject, triple.predicate, triple.object, _DERIVED)))
