"""The scheme of status, whose tops say whether a side is active, on hold or neither."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import pyoxigraph as ox

from crossties.namespaces import BASE, SKOS

_BROADER: Final = ox.NamedNode(SKOS + "broader")


class Statuses:
    """The concepts of status in a store, and what stands above each."""

    def __init__(self, store: ox.Store) -> None:
        self._broader: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
        self._found: dict[ox.NamedNode, set[ox.NamedNode]] = {}
        for quad in store.quads_for_pattern(None, _BROADER, None, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                self._broader[quad.subject].add(quad.object)

    def is_active(self, status: ox.NamedNode) -> bool:
        """Return whether the status is active or narrower."""
        return ACTIVE in self._upward(status)

    def holds(self, status: ox.NamedNode) -> bool:
        """Return whether the status is on hold or narrower."""
        return _ON_HOLD in self._upward(status)

    def stands(self, status: ox.NamedNode) -> bool:
        """Return whether something of this status is in force."""
        return self.is_active(status) or self.holds(status)

    def has_ended(self, status: ox.NamedNode) -> bool:
        """Return whether the status is ended or narrower."""
        return ENDED in self._upward(status)

    def rank(self, status: ox.NamedNode) -> int:
        """Return 0 for active, 1 for on hold, 2 for neither."""
        return 0 if self.is_active(status) else 1 if self.holds(status) else 2

    def _upward(self, status: ox.NamedNode) -> set[ox.NamedNode]:
        if status in self._found:
            return self._found[status]
        found, waiting = {status}, [status]
        while waiting:
            new = self._broader[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        self._found[status] = found
        return found


def _concept(slug: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}status/{slug}")


ACTIVE: Final = _concept("active")
ENDED: Final = _concept("ended")
LAPSED: Final = _concept("lapsed")
REPLACED: Final = _concept("replaced")
_ON_HOLD: Final = _concept("on-hold")
