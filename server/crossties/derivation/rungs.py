"""Derive how far below each wider cooperation every cooperation stands: its rungs on the way up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from crossties.derivation.days import read_values
from crossties.namespaces import CT, RDF, XSD


def derive_rungs(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield a ``ct:Rung`` for each cooperation above another, counted along the shortest way up.

    The ways are ``ct:under`` and ``ct:implements``; the level of the top itself is 1.
    """
    above = defaultdict(set)
    for name in ("under", "implements"):
        for cooperation, wider in read_values(store, name):
            if isinstance(wider, ox.NamedNode):
                above[cooperation].add(wider)
    for cooperation in list(above):
        levels = _climb(cooperation, above)
        for number, top in enumerate(sorted(levels, key=str), start=1):
            yield from _write_rung(cooperation, number, top, levels[top])


def _climb(start: ox.NamedNode, above: dict[ox.NamedNode, set[ox.NamedNode]]) -> dict[ox.NamedNode, int]:
    """Return the level of ``start`` below everything above it."""
    levels, reached, level = {start: 1}, {start}, 1
    while reached:
        level += 1
        reached = set().union(*(above.get(one, set()) for one in reached)) - levels.keys()
        levels |= dict.fromkeys(reached, level)
    del levels[start]
    return levels


def _write_rung(cooperation: ox.NamedNode, number: int, top: ox.NamedNode, level: int) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{cooperation.value}/rung/{number}")
    yield ox.Triple(cooperation, ox.NamedNode(CT + "rung"), node)
    yield ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(CT + "Rung"))
    yield ox.Triple(node, ox.NamedNode(CT + "top"), top)
    yield ox.Triple(
        node, ox.NamedNode(CT + "level"), ox.Literal(str(level), datatype=ox.NamedNode(XSD + "integer"))
    )
