"""Derive the plain statement of a disputed value: that of the preferred claim, if a source states it."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from crossties.namespaces import CT

_PROPERTY, _VALUE, _ABOUT, _STATED = (
    ox.NamedNode(CT + name) for name in ("property", "value", "about", "statedIn")
)
_TRUE = ox.Literal(value=True)


def derive_preferred(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield subject, property and value of every preferred claim; without one there is no value."""
    for quad in store.quads_for_pattern(None, ox.NamedNode(CT + "preferred"), _TRUE, ox.DefaultGraph()):
        claim = quad.subject
        subject, name, value = (_read_one(store, claim, it) for it in (_ABOUT, _PROPERTY, _VALUE))
        stated = _read_one(store, claim, _STATED)
        if isinstance(subject, ox.NamedNode) and isinstance(name, ox.NamedNode) and value and stated:
            yield ox.Triple(subject, name, value)


def _read_one(
    store: ox.Store, subject: ox.NamedNode | ox.BlankNode | ox.Triple, name: ox.NamedNode
) -> ox.NamedNode | ox.Literal | None:
    for quad in store.quads_for_pattern(subject, name, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            return quad.object
    return None
