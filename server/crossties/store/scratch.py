"""A graph in memory, filled like a built store, for checking data before it is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from crossties.quads import Quad, Term
from crossties.store.build import fill

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

    def triples(self) -> Iterator[Quad]:
        """Yield every triple, stated or derived."""
        return self._store.quads_for_pattern(*_EVERYTHING)
