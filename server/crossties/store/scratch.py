"""A graph in memory, filled like a built store, for checking data before it is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from crossties.quads import Quad, Term
from crossties.store.build import fill
from crossties.store.engine import Collected, Request, evaluate
from crossties.store.names import covers_in, names_in

_EVERYTHING: Final = (None, None, None, ox.DefaultGraph())


class Scratch:
    """The quads of several files with the convenience layer, as questions would see them."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self._store = ox.Store()
        fill(self._store, quads)

    def select(self, query: str) -> Iterator[dict[str, Term]]:
        """Yield each solution of a SELECT as its bound variables; the query is one of our own files."""
        answer = self._store.query(query)
        if not isinstance(answer, ox.QuerySolutions):
            message = "Only a SELECT can be asked here."
            raise TypeError(message)
        names = [variable.value for variable in answer.variables]
        for solution in answer:
            yield {name: term for name in names if (term := solution[name]) is not None}

    def answer(self, query: str) -> bytes:
        """Return the result of a SELECT or ASK in SPARQL JSON."""
        sink = Collected()
        evaluate(self._store, Request(query, format="json"), sink)
        return sink.body

    def names(self) -> Iterator[tuple[str, str, str, bool]]:
        """Yield IRI, class, name, and whether it is the best English label, of everything named."""
        return names_in(self._store)

    def covers(self) -> Iterator[tuple[str, str]]:
        """Yield each place with each body that acts for it or a part of it."""
        return covers_in(self._store)

    def triples(self) -> Iterator[Quad]:
        """Yield every triple, stated or derived."""
        return self._store.quads_for_pattern(*_EVERYTHING)
