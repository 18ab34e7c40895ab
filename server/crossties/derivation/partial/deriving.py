"""Follow a change through the convenience layer, unit after unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pyoxigraph as ox

from crossties.derivation.memberships import derive_memberships
from crossties.derivation.partial.claimed import settle_claims
from crossties.derivation.partial.documents import SoleDocument
from crossties.derivation.partial.members import Memberships
from crossties.derivation.partial.pairs import Bonds, Distances
from crossties.derivation.partial.passing import come_to_pass, read_days
from crossties.derivation.partial.paths import term
from crossties.derivation.partial.sights import After, Before, Fact, to_fact
from crossties.derivation.partial.steps import FIRST, LABELS, LISTED, SECOND, history, is_cooperation
from crossties.derivation.partial.units import Delta, NotBoundedError, Plain, Triples, Unit

_MEMBERS: Final = Plain((derive_memberships,), (term("stayChange"),), (), nodes=(term("stay"), term("turn")))
_FIXED: Final[tuple[Unit[Any], ...]] = (
    *FIRST,
    SoleDocument(),
    LABELS,
    Distances(),
    *SECOND,
)
_LAST: Final[tuple[Unit[Any], ...]] = (Memberships(_MEMBERS), Bonds(), LISTED)
#: The schemes: what is broader than what alters all that uses it.
_TYPE, _CONCERNS, _KNOWN = (term(name) for name in ("type", "concerns", "knownUntil"))
_OTHERS: Final = frozenset((term("Organisation"), term("Funding")))
#: What only nodes have that are derived as a whole.
_NODE_NAMES: Final = frozenset(
    term(name)
    for name in (
        *(
            "standing",
            "departure",
            "tie",
            "stay",
            "turn",
            "rung",
            "step",
            "bond",
            "tiedTo",
            "between",
            "kilometres",
        ),
        *(
            "wholeStatus",
            "inForce",
            "certain",
            "holdsFrom",
            "holdsUntil",
            "departed",
            "tiedActor",
            "bondWith",
        ),
        *("turnCode", "turnedEarliest", "turnedLatest", "turnedBy", "top", "stepMember", "stepLinkedBy"),
        *("stepNumber", "stepRelation", "stepEvidence", "stayChange", "soleDocument", "knownUntil"),
    )
)
_NAMES: Final = _NODE_NAMES.union(
    *(unit.outputs for unit in (*FIRST, LABELS, *SECOND, LISTED, history(date.min)))
)
_SCHEMES: Final = tuple(map(term, ("broader", "inScheme")))
#: More subjects than this in one step, and everything is derived anew.
MOST: Final = 20_000


@dataclass(frozen=True)
class Derived:
    """What came and went: in the default graph, and as named among the derived triples."""

    more: frozenset[Fact]
    less: frozenset[Fact]
    named_more: frozenset[Fact]
    named_less: frozenset[Fact]


def derive_partly(store: ox.Store, added: Iterable[ox.Triple], removed: Iterable[ox.Triple]) -> Derived:
    """Return what a change of the stated triples alters in a built store; nothing is written.

    ``added`` are triples that nobody stated before, ``removed`` those that nobody states any longer.

    Raises:
        NotBoundedError: only the full derivation can tell; it says why.
    """
    after = After(Before(store), map(to_fact, added), map(to_fact, removed))
    _refuse(after)
    delta = Delta(after)
    for fact in after.more:
        delta.gained[fact[1]].add(fact)
    for fact in after.less:
        delta.lost[fact[1]].add(fact)
    came, went = settle_claims(delta, _NAMES)
    was, day = read_days(delta)
    came |= delta.gained[_KNOWN]
    went |= delta.lost[_KNOWN]
    for unit in _FIXED:
        _follow(unit, delta, delta, (came, went))
    _follow(history(day), delta, delta.besides(come_to_pass(delta, was, day)), (came, went))
    for unit in _LAST:
        _follow(unit, delta, delta, (came, went))
    return Derived(frozenset(after.more), frozenset(after.less), frozenset(came), frozenset(went))


def _follow(unit: Unit[Any], delta: Delta, seen: Delta, named: tuple[Triples, Triples]) -> None:
    """Let what a unit derives follow the changes that it has ``seen``."""
    keys = unit.affected(seen)
    if len(keys) > MOST:
        message = f"{len(keys)} things are to be derived anew"
        raise NotBoundedError(message)
    if not keys:
        return
    after, made = delta.after, unit.derive(delta, keys)
    restated = after.stated_more | after.stated_less
    for key in keys:
        old, new = unit.owned(delta, key), made[key]
        for fact in (old ^ new) | (new & restated):
            stated, was_derived = after.is_stated(fact), after.before.is_derived(fact)
            delta.let(fact, there=stated or fact in new)
            if fact in new and not stated:
                (named[1].discard if was_derived else named[0].add)(fact)
            elif was_derived:
                named[1].add(fact)


def _refuse(after: After) -> None:
    """Refuse what is not followed: changes of schemes, and things of classes that exclude each other."""
    for subject, predicate, _ in after.stated_more | after.stated_less:
        if predicate in _SCHEMES or predicate in _NODE_NAMES:
            message = f"a change of {predicate.value}"
            raise NotBoundedError(message)
        if (
            predicate in (_TYPE, _CONCERNS)
            and is_cooperation(after, subject)
            and (after.objects(subject, _CONCERNS) or _OTHERS.intersection(after.objects(subject, _TYPE)))
        ):
            message = f"{subject} is of classes that exclude each other"
            raise NotBoundedError(message)
