"""Derive the bonds between two actors: the days on which they have at least one cooperation in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from typing import Final

import pyoxigraph as ox

from crossties.derivation.days import UNKNOWN, read_spans, read_values, write_day
from crossties.derivation.stretches import Stretch, cross_stretches, join_stretches
from crossties.namespaces import BASE, CT, RDF

FOR_GOOD: Final = date.max
_Pairs = dict[tuple[ox.NamedNode, ox.NamedNode], list[Stretch]]


def derive_bonds(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield ``ct:tiedTo`` between two actors with a common tie, and a ``ct:Bond`` for each stretch of days.

    Both are written in both directions. A bond always has two days, the second far off where no end is known,
    so that questions on a day need no optional part.
    """
    for (actor, partner), stretches in sorted(_read_pairs(store).items(), key=str):
        yield ox.Triple(actor, _term("tiedTo"), partner)
        dated = [stretch for stretch in join_stretches(stretches) if stretch.since]
        for number, stretch in enumerate(dated, start=1):
            yield from _write_bond(actor, partner, number, stretch)


def _read_pairs(store: ox.Store) -> _Pairs:
    first, last = read_spans(store, "holdsFrom"), read_spans(store, "holdsUntil")
    actors, ties = dict(read_values(store, "tiedActor")), defaultdict(list)
    for cooperation, tie in read_values(store, "tie"):
        actor = actors.get(tie) if isinstance(tie, ox.NamedNode) else None
        if isinstance(tie, ox.NamedNode) and isinstance(actor, ox.NamedNode):
            stretch = Stretch(first.get(tie, UNKNOWN).earliest, last.get(tie, UNKNOWN).latest)
            ties[cooperation].append((actor, stretch))
    pairs: _Pairs = defaultdict(list)
    for parts in ties.values():
        for (actor, one), (partner, other) in permutations(parts, 2):
            if actor != partner:
                pairs[actor, partner] += cross_stretches([one], [other])
    return pairs


def _write_bond(
    actor: ox.NamedNode, partner: ox.NamedNode, number: int, stretch: Stretch
) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{actor.value}/bond/{partner.value.removeprefix(BASE).removeprefix('id/')}/{number}")
    yield ox.Triple(actor, _term("bond"), node)
    yield ox.Triple(node, ox.NamedNode(RDF + "type"), _term("Bond"))
    yield ox.Triple(node, _term("bondWith"), partner)
    yield ox.Triple(node, _term("holdsFrom"), write_day(stretch.since or date.min))
    yield ox.Triple(node, _term("holdsUntil"), write_day(stretch.until or FOR_GOOD))


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(CT + name)
