"""Which classes are cooperations, and which of their instances a source states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from crossties.namespaces import CT, RDF

_TYPE: Final = ox.NamedNode(RDF + "type")
_CLASSES: Final = tuple(
    ox.NamedNode(CT + name) for name in ("Agreement", "ActionPlan", "Partnership", "Framework", "Project")
)


def read_cooperations(store: ox.Store) -> Iterator[ox.NamedNode]:
    """Yield every cooperation that a source states; what is only announced has not begun."""
    stated, default = ox.NamedNode(CT + "statedIn"), ox.DefaultGraph()
    for kind in _CLASSES:
        for quad in store.quads_for_pattern(None, _TYPE, kind, default):
            told = next(store.quads_for_pattern(quad.subject, stated, None, default), None)
            if told and isinstance(quad.subject, ox.NamedNode):
                yield quad.subject
