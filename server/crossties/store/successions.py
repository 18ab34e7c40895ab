"""Derive the chain of succession of each cooperation: what it follows, and what follows it, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from crossties.namespaces import CT, RDF, XSD
from crossties.store.days import read_values

_RELATIONS: Final = ("amends", "continues", "follows", "renews", "replaces")
#: From a cooperation to those that it follows (or that follow it), and by which relations.
_Links = dict[ox.NamedNode, dict[ox.NamedNode, set[str]]]


def derive_successions(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield a ``ct:Step`` for everything before (-1, -2 …) and after (1, 2 …) a cooperation in its chain.

    ``ct:stepRelation`` is how the later of two neighbours on the shortest way relates to the earlier one, and
    ``ct:linkedBy`` the later one, whose sources say so.
    """
    before: _Links = defaultdict(lambda: defaultdict(set))
    after: _Links = defaultdict(lambda: defaultdict(set))
    for name in _RELATIONS:
        for later, earlier in read_values(store, name):
            if isinstance(earlier, ox.NamedNode):
                before[later][earlier].add(name)
                after[earlier][later].add(name)
    for start in sorted(before.keys() | after.keys(), key=str):
        yield from _write_steps(start, _walk(start, before), -1)
        yield from _write_steps(start, _walk(start, after), 1)


def _walk(start: ox.NamedNode, links: _Links) -> list[tuple[int, ox.NamedNode, ox.NamedNode, set[str]]]:
    """Return distance, member, its neighbour towards the start and the relations between these two."""
    found, reached, distance = [], {start}, 0
    edge = [start]
    while edge:
        distance += 1
        steps: dict[ox.NamedNode, tuple[ox.NamedNode, set[str]]] = {}
        for near in edge:
            for far in sorted(links.get(near, {}), key=str):
                if far not in reached:
                    steps.setdefault(far, (near, links[near][far]))
        found += [(distance, far, near, names) for far, (near, names) in steps.items()]
        reached |= steps.keys()
        edge = sorted(steps, key=str)
    return found


def _write_steps(
    start: ox.NamedNode, steps: list[tuple[int, ox.NamedNode, ox.NamedNode, set[str]]], sign: int
) -> Iterator[ox.Triple]:
    for number, (distance, member, near, names) in enumerate(steps, start=1):
        node = ox.NamedNode(f"{start.value}/step/{'before' if sign < 0 else 'after'}-{number}")
        yield ox.Triple(start, ox.NamedNode(CT + "step"), node)
        yield ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(CT + "Step"))
        yield ox.Triple(node, ox.NamedNode(CT + "stepMember"), member)
        yield ox.Triple(node, ox.NamedNode(CT + "linkedBy"), near if sign < 0 else member)
        yield ox.Triple(node, ox.NamedNode(CT + "stepRelation"), ox.Literal(" ".join(sorted(names))))
        place = ox.Literal(str(sign * distance), datatype=ox.NamedNode(XSD + "integer"))
        yield ox.Triple(node, ox.NamedNode(CT + "stepNumber"), place)
