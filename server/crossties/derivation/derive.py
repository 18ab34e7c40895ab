"""Derive the convenience layer: the triples that questions read and that no file may state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from crossties.derivation.acts import derive_acts
from crossties.derivation.bonds import derive_bonds
from crossties.derivation.changes import derive_changes
from crossties.derivation.claims import derive_preferred
from crossties.derivation.days import derive_days
from crossties.derivation.departures import derive_departures
from crossties.derivation.distances import derive_distances
from crossties.derivation.knowledge import read_known_until, write_known_until
from crossties.derivation.labels import derive_labels
from crossties.derivation.lists import derive_lists
from crossties.derivation.memberships import derive_memberships
from crossties.derivation.rungs import derive_rungs
from crossties.derivation.signings import derive_signings
from crossties.derivation.standings import derive_standings
from crossties.derivation.successions import derive_successions
from crossties.derivation.ties import derive_ties

_RULES: Final = files("crossties.derivation") / "rules"


def derive(store: ox.Store, *, as_of: date | None = None) -> int:
    """Add the derived triples to the default graph; return how many are new.

    The default graph must hold every stated triple once. ``as_of`` is the day that ``ct:statusNow`` speaks
    of, by default the newest day on which a document was read, so that the same data gives the same triples.
    """
    day = as_of or read_known_until(store)
    added = _add(store, derive_preferred(store)) + _add(store, write_known_until(day))
    added += _add(store, derive_days(store))
    added += _add(store, derive_signings(store)) + _add(store, derive_changes(store))
    for rule in read_rules():
        added += _add(store, apply_rule(store, rule))
    added += _add(store, derive_labels(store))
    for derive_more in (derive_distances, derive_rungs, derive_successions, derive_acts):
        added += _add(store, derive_more(store))
    added += _add(store, derive_standings(store, as_of=day)) + _add(store, derive_departures(store))
    for derive_more in (derive_memberships, derive_ties, derive_bonds, derive_lists):
        added += _add(store, derive_more(store))
    return added


def read_rules() -> list[str]:
    """Return the CONSTRUCT queries of ``rules/`` in the order of their numbers."""
    names = sorted(rule.name for rule in _RULES.iterdir() if rule.name.endswith(".rq"))
    return [(_RULES / name).read_text("utf-8") for name in names]


@cache
def read_rule(name: str) -> str:
    """Return the CONSTRUCT query of a name, such as ``20-within``."""
    return (_RULES / f"{name}.rq").read_text("utf-8")


def apply_rule(store: ox.Store, rule: str) -> Iterable[ox.Triple]:
    """Evaluate one CONSTRUCT query over the default graph."""
    answer = store.query(rule)
    if not isinstance(answer, ox.QueryTriples):
        message = "A rule must be a CONSTRUCT query."
        raise TypeError(message)
    return answer


def _add(store: ox.Store, triples: Iterable[ox.Triple]) -> int:
    quads = map(_quad, set(triples))
    new = [quad for quad in quads if quad not in store]
    store.extend(new)
    return len(new)


def _quad(triple: ox.Triple) -> ox.Quad:
    # Making a quad costs more than writing it, and unpacking half as much as asking for each part
    subject, predicate, value = triple
    return ox.Quad(subject, predicate, value)
