"""The values of preferred claims, which come before all else: they count as if they were stated."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

import pyoxigraph as ox

from crossties.derivation.claims import derive_preferred
from crossties.derivation.partial.paths import read_paths, term
from crossties.derivation.partial.sights import Fact, Sight, Term
from crossties.derivation.partial.units import Delta, NotBoundedError, Triples, run
from crossties.derivation.partial.walking import excerpt

_CLAIM: Final = read_paths("{about,preferred,property,value,statedIn}")
_ABOUT: Final = term("about")


def settle_claims(delta: Delta, derived_names: AbstractSet[ox.NamedNode]) -> tuple[Triples, Triples]:
    """Let the values of preferred claims follow the change; return which are derived anew, and no longer.

    Raises:
        NotBoundedError: a claim is about a property that is derived otherwise too.
    """
    after, came, went = delta.after, set[Fact](), set[Fact]()
    for subject in _subjects(delta):
        old, new = (_claimed(sight, subject) for sight in delta.sights)
        for fact in old | new:
            if fact[1] in derived_names:
                message = f"a preferred claim about {fact[1].value}"
                raise NotBoundedError(message)
            stated, derived = after.is_stated(fact), after.before.is_derived(fact)
            delta.let(fact, there=stated or fact in new)
            if fact in new and not stated and not derived:
                came.add(fact)
            elif derived and (stated or fact not in new):
                went.add(fact)
    return came, went


def _subjects(delta: Delta) -> set[Term]:
    found: set[Term] = set()
    for facts, sight in (
        (delta.after.stated_less, delta.after.before),
        (delta.after.stated_more, delta.after),
    ):
        for subject, _, _ in facts:
            found.update(sight.objects(subject, _ABOUT))
            if any(True for _ in sight.subjects(_ABOUT, subject)):
                found.add(subject)
    return found


def _claimed(sight: Sight, subject: Term) -> Triples:
    seen: set[Fact] = set()
    excerpt(sight, sight.subjects(_ABOUT, subject), _CLAIM, seen)
    return run((derive_preferred,), seen).get(subject, set()) if seen else set()
