"""Read the memberships in bodies: who takes part with or without a vote, when, and what changed for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pyoxigraph as ox

from crossties.derivation.days import UNKNOWN, Span, read_bounds, read_span, read_spans, read_values
from crossties.derivation.histories import Change, read_changes
from crossties.namespaces import BASE, CT, RDF, SCHEMA

_VOTES: Final = frozenset(ox.NamedNode(f"{BASE}role/{vote}") for vote in ("with-vote", "without-vote"))
_Names = dict[ox.NamedNode, set[ox.NamedNode]]


@dataclass(frozen=True)
class Part:
    """A stated membership of a body: who it is of, its bounds, and the changes of status that concern it.

    ``names`` are the body, the place that it represents and those that it governs. ``founded`` is the first
    day on which the body may have been founded.
    """

    node: ox.NamedNode
    body: ox.NamedNode
    names: frozenset[ox.NamedNode]
    role: ox.NamedNode
    start: Span
    end: Span
    founded: date
    changes: tuple[Change, ...]


def read_parts(store: ox.Store) -> Iterator[Part]:
    """Yield every membership that a source states, in the order of its IRI."""
    votes = {node for node, broad in read_values(store, "broadRole") if broad in _VOTES}
    stated, bodies = {node for node, _ in read_values(store, "statedIn")}, _read_bodies(store)
    names, founded, changes = _read_names(store), _read_founded(store), read_changes(store)
    roles, starts, ends = (
        dict(read_values(store, "role")),
        read_bounds(store, "start"),
        read_spans(store, "until"),
    )
    for node, body in sorted(read_values(store, "in"), key=str):
        role = roles.get(node)
        if node in votes & stated and body in bodies and isinstance(role, ox.NamedNode):
            start = starts.get(node, UNKNOWN)
            yield Part(
                node,
                bodies[body],
                frozenset(names[node]),
                role,
                start,
                ends.get(node, UNKNOWN),
                founded.get(bodies[body], date.min),
                tuple(_choose_changes(changes.get(bodies[body], []), names[node], start)),
            )


def _choose_changes(changes: list[Change], names: set[ox.NamedNode], start: Span) -> Iterator[Change]:
    """Yield the changes of this member or of the whole body, but not those from before it joined."""
    for change in sorted(changes, key=Change.order):
        before = start.earliest and change.latest and change.latest < start.earliest
        if not before and (not change.members or change.members & names):
            yield replace(change, members=frozenset())


def _read_bodies(store: ox.Store) -> dict[ox.NamedNode | ox.Literal, ox.NamedNode]:
    kind, organisation = ox.NamedNode(RDF + "type"), ox.NamedNode(CT + "Organisation")
    quads = store.quads_for_pattern(None, kind, organisation, ox.DefaultGraph())
    return {quad.subject: quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _read_names(store: ox.Store) -> _Names:
    governed, names = _index(store, "governs"), _index(store, "participant")
    for node, bodies in names.items():
        names[node] = bodies.union(*(governed[body] for body in set(bodies)))
    for node, places in _index(store, "represents").items():
        names[node] |= places
    return names


def _index(store: ox.Store, name: str) -> _Names:
    found: _Names = defaultdict(set)
    for subject, value in read_values(store, name):
        if isinstance(value, ox.NamedNode):
            found[subject].add(value)
    return found


def _read_founded(store: ox.Store) -> dict[ox.NamedNode, date]:
    found = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(SCHEMA + "foundingDate"), None, ox.DefaultGraph()):
        day = read_span(quad.object).earliest if isinstance(quad.object, ox.Literal) else None
        if day and isinstance(quad.subject, ox.NamedNode):
            found[quad.subject] = day
    return found
