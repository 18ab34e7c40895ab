"""What is derived for pairs: how far apart two places lie, and on which days two actors are bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations, permutations
from typing import Final

import pyoxigraph as ox

from crossties.derivation.bonds import derive_bonds
from crossties.derivation.distances import derive_distances
from crossties.derivation.partial.paths import read_paths, term
from crossties.derivation.partial.sights import After, Fact, Sight, Term
from crossties.derivation.partial.units import Delta, Triples, Unit, run
from crossties.derivation.partial.walking import excerpt
from crossties.namespaces import BASE

Pair = tuple[Term, Term]

_TYPE, _AGREEMENT, _SIDE, _STANDS_FOR, _BETWEEN = (
    term(name) for name in ("type", "Agreement", "partySide", "standsFor", "between")
)
_TIE, _ACTOR, _TIED, _BOND = (term(name) for name in ("tie", "tiedActor", "tiedTo", "bond"))
_STANDING: Final = read_paths("type partySide/standsFor")
_POINTS: Final = read_paths("hasDefaultGeometry/asWKT")
_TIES: Final = read_paths("tie/{tiedActor,holdsFrom,holdsUntil}")
_OF_TIE: Final = read_paths("{tiedActor,holdsFrom,holdsUntil}")


class Distances(Unit[Pair]):
    """``ct:Distance`` of two places, which is there while they stand on the sides of one agreement."""

    def affected(self, delta: Delta) -> set[Pair]:
        """Return the pairs that now stand on one agreement, or no longer do, and those of moved points."""
        found: set[Pair] = set()
        for agreement in delta.reach(_STANDING):
            before, after = (_pairs_of(sight, agreement) for sight in delta.sights)
            found |= before ^ after
        for place in delta.reach(_POINTS):
            for sight in delta.sights:
                for agreement in _agreements_of(sight, place):
                    found |= {pair for pair in _pairs_of(sight, agreement) if place in pair}
        return found

    def owned(self, delta: Delta, key: Pair) -> Triples:
        """Return the node of the distance."""
        return delta.after.facts_of(_name_distance(key))

    def derive(self, delta: Delta, keys: set[Pair]) -> Mapping[Pair, Triples]:
        """Measure what one agreement, as a witness, puts together."""
        seen: set[Fact] = set()
        for pair in keys:
            one, other = pair
            common = _agreements_of(delta.after, one) & _agreements_of(delta.after, other)
            witness = next((it for it in sorted(common, key=str) if pair in _pairs_of(delta.after, it)), None)
            if witness:
                excerpt(delta.after, [witness], _STANDING, seen)
                excerpt(delta.after, pair, _POINTS, seen)
        made = run((derive_distances,), seen)
        return {pair: made.get(_name_distance(pair), set()) for pair in keys}


class Bonds(Unit[Pair]):
    """``ct:tiedTo`` and ``ct:Bond`` of two actors, by all cooperations that they have in common."""

    def affected(self, delta: Delta) -> set[Pair]:
        """Return the pairs of an altered tie."""
        found: set[Pair] = set()
        for cooperation in delta.reach(_TIES):
            before, after = (_read_ties(sight, cooperation) for sight in delta.sights)
            altered = {
                actor for actor in before.keys() | after.keys() if before.get(actor) != after.get(actor)
            }
            for ties in (before, after):
                found |= {pair for pair in permutations(ties, 2) if altered.intersection(pair)}
        return found

    def owned(self, delta: Delta, key: Pair) -> Triples:
        """Return the bonds from one to the other."""
        actor, partner = key
        after, found = delta.after, set[Fact]()
        if partner in after.objects(actor, _TIED):
            found.add((actor, _TIED, partner))
        number = 1
        while own := after.facts_of(node := _name_bond(key, number)):
            found |= {(actor, _BOND, node)} | own
            number += 1
        return found

    def derive(self, delta: Delta, keys: set[Pair]) -> Mapping[Pair, Triples]:
        """Run the module on the ties that both have."""
        seen: set[Fact] = set()
        for pair in keys:
            for cooperation, tie in _common_ties(delta.after, pair):
                seen.add((cooperation, _TIE, tie))
                excerpt(delta.after, [tie], _OF_TIE, seen)
        made = run((derive_bonds,), seen)
        return {pair: _choose_bonds(made, pair) for pair in keys}


def _pairs_of(sight: Sight, agreement: Term) -> set[Pair]:
    if _AGREEMENT not in sight.objects(agreement, _TYPE):
        return set()
    sides = sight.objects(agreement, _SIDE)
    places = {place for side in sides for place in sight.objects(side, _STANDS_FOR)}
    return set(combinations(sorted(places, key=str), 2))


def _agreements_of(sight: Sight, place: Term) -> set[Term]:
    """Return whatever has a side that stands for a place."""
    sides = sight.subjects(_STANDS_FOR, place)
    return {one for side in sides for one in sight.subjects(_SIDE, side)}


def _name_distance(pair: Pair) -> ox.NamedNode:
    return ox.NamedNode(f"{_text(pair[0])}/distance/{_text(pair[1]).removeprefix(BASE + 'id/place/')}")


def _name_bond(pair: Pair, number: int) -> ox.NamedNode:
    partner = _text(pair[1]).removeprefix(BASE).removeprefix("id/")
    return ox.NamedNode(f"{_text(pair[0])}/bond/{partner}/{number}")


def _text(node: Term) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _read_ties(sight: Sight, cooperation: Term) -> dict[Term, set[Fact]]:
    found: dict[Term, set[Fact]] = defaultdict(set)
    for tie in sight.objects(cooperation, _TIE):
        facts = sight.facts_of(tie)
        for actor in sight.objects(tie, _ACTOR):
            found[actor] |= facts
    return found


def _common_ties(after: After, pair: Pair) -> Iterator[tuple[Term, Term]]:
    """Yield each tie of either actor to a cooperation of both."""
    ties = [
        {
            tie: cooperation
            for tie in after.subjects(_ACTOR, actor)
            for cooperation in after.subjects(_TIE, tie)
        }
        for actor in pair
    ]
    common = set(ties[0].values()) & set(ties[1].values())
    for one in ties:
        yield from ((cooperation, tie) for tie, cooperation in one.items() if cooperation in common)


def _choose_bonds(made: Mapping[Term, Triples], pair: Pair) -> Triples:
    actor, partner = pair
    found = made.get(actor, set()) & {(actor, _TIED, partner)}
    number = 1
    while own := made.get(node := _name_bond(pair, number)):
        found |= {(actor, _BOND, node)} | own
        number += 1
    return found
