"""Memberships in bodies: a member is compared with the same member's other times in the same body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from crossties.derivation.memberships import derive_memberships
from crossties.derivation.partial.paths import read_paths, term
from crossties.derivation.partial.sights import Fact, Sight, Term
from crossties.derivation.partial.steps import STATUSES
from crossties.derivation.partial.units import BROADER, Delta, Plain, Triples, Unit, run
from crossties.derivation.partial.walking import excerpt

_IN, _CONCERNS, _SIDE, _TYPE, _ORGANISATION, _PARTICIPANT, _REPRESENTS, _GOVERNS = (
    term(name)
    for name in (*("in", "concerns", "side", "type", "Organisation", "participant", "represents", "governs"),)
)
_OWN: Final = read_paths(
    "in/type in in/foundingDate broadRole statedIn role startEarliest startLatest until participant"
    " participant/governs represents"
)
_CHANGE: Final = read_paths(
    "concerns status/broader* statedIn statedIn/document/readOn dateEarliest dateLatest notified side"
    " decision/{dateEarliest,dateLatest}"
)


class Memberships(Unit[Term]):
    """``ct:Stay``, ``ct:Turn`` and ``ct:stayChange`` of each membership."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain

    def affected(self, delta: Delta) -> set[Term]:
        """Return the memberships that changed, those beside them, and those that a change concerns."""
        direct = {part for part in delta.reach(_OWN) if _is_membership(delta, part)}
        found = set(direct)
        for sight in delta.sights:
            for part in direct:
                found |= _others(sight, part)
        for change in delta.reach(_CHANGE):
            for sight in delta.sights:
                found |= _members_of(sight, change)
        return found

    def owned(self, delta: Delta, key: Term) -> Triples:
        """Return the nodes of a membership."""
        return self._plain.owned(delta, key)

    def derive(self, delta: Delta, keys: set[Term]) -> Mapping[Term, Triples]:
        """Run the module on each membership, those beside it and its changes."""
        after, seen = delta.after, set[Fact]()
        for key in keys:
            names = _names(after, key)
            excerpt(after, {key} | _others(after, key), _OWN, seen)
            changes = {it for body in after.objects(key, _IN) for it in after.subjects(_CONCERNS, body)}
            excerpt(after, {it for it in changes if _touches(after, it, names)}, _CHANGE, seen)
        excerpt(after, STATUSES, BROADER, seen)
        return self._plain.choose(delta, keys, run((derive_memberships,), seen))


def _is_membership(delta: Delta, part: Term) -> bool:
    return any(
        _ORGANISATION in sight.objects(body, _TYPE)
        for sight in delta.sights
        for body in sight.objects(part, _IN)
    )


def _names(sight: Sight, part: Term) -> set[Term]:
    """Return the body of a member, the place that it represents and those that it governs."""
    bodies = set(sight.objects(part, _PARTICIPANT))
    governed = {place for body in bodies for place in sight.objects(body, _GOVERNS)}
    return bodies | governed | set(sight.objects(part, _REPRESENTS))


def _others(sight: Sight, part: Term) -> set[Term]:
    found: set[Term] = set()
    for body in sight.objects(part, _IN):
        found |= _parts_of(sight, body, _names(sight, part))
    return found


def _parts_of(sight: Sight, body: Term, names: Iterable[Term]) -> set[Term]:
    """Return the memberships in a body of whoever bears one of the names."""
    found: set[Term] = set()
    for name in names:
        found.update(sight.subjects(_PARTICIPANT, name), sight.subjects(_REPRESENTS, name))
        for governing in sight.subjects(_GOVERNS, name):
            found.update(sight.subjects(_PARTICIPANT, governing))
    return found.intersection(sight.subjects(_IN, body))


def _members_of(sight: Sight, change: Term) -> set[Term]:
    """Return the memberships that a change of status concerns."""
    found: set[Term] = set()
    sides = set(sight.objects(change, _SIDE))
    for body in sight.objects(change, _CONCERNS):
        if _ORGANISATION in sight.objects(body, _TYPE):
            found |= _parts_of(sight, body, sides) if sides else set(sight.subjects(_IN, body))
    return found


def _touches(sight: Sight, change: Term, names: set[Term]) -> bool:
    sides = set(sight.objects(change, _SIDE))
    return not sides or bool(sides & names)
