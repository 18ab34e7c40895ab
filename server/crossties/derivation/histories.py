"""Read what happened to each cooperation: its bounds, its sides, and their changes of status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from crossties.derivation.cooperations import read_cooperations
from crossties.derivation.days import DAY, UNKNOWN, Span, read_bounds, read_spans, read_values
from crossties.derivation.statuses import ENDED
from crossties.namespaces import BASE

_OPEN_ENDED: Final = ox.NamedNode(BASE + "ending/open-ended")
_Index = dict[ox.NamedNode, list[ox.NamedNode]]


@dataclass(frozen=True)
class Side:
    """The bodies that act for one place, named by the body if it is one, else by the place."""

    name: ox.NamedNode
    members: frozenset[ox.NamedNode]


@dataclass(frozen=True)
class Change:
    """A status that the ``members`` reach, all of them if none is named, on a day between two."""

    node: ox.NamedNode
    status: ox.NamedNode
    members: frozenset[ox.NamedNode]
    earliest: date | None
    latest: date | None

    def taken_by(self, day: date, *, early: bool = False) -> bool:
        """Return whether the change has taken effect by the day, in the latest or the earliest reading."""
        bound = (self.earliest or self.latest) if early else self.latest
        return bound is not None and bound <= day

    def order(self) -> tuple[date, date, str]:
        """Return what changes are sorted by: the day in its latest reading, then in its earliest."""
        return self.latest or date.max, self.earliest or date.min, self.node.value


@dataclass(frozen=True)
class History:
    """All that decides whether one cooperation stands on a day.

    ``replaced`` is true where the end is the eve of what replaces it; sides are never empty: a cooperation
    of which no party is known is its own.
    """

    cooperation: ox.NamedNode
    start: Span
    end: Span
    replaced: bool
    open_ended: bool
    sides: tuple[Side, ...]
    changes: tuple[Change, ...]


def read_histories(store: ox.Store) -> Iterator[History]:
    """Yield the history of every cooperation that a source states."""
    facts = _Facts(store)
    changes = _read_changes(facts)
    for cooperation in read_cooperations(store):
        yield _read_history(facts, cooperation, changes.get(cooperation, []))


def read_changes(store: ox.Store) -> dict[ox.NamedNode, list[Change]]:
    """Return the stated changes of status of each cooperation or body, in no order."""
    return _read_changes(_Facts(store))


class _Facts:
    """What the histories are made of, each property read once."""

    def __init__(self, store: ox.Store) -> None:
        self.stated, self.ending = _index(store, "statedIn"), _index(store, "ending")
        self.starts, self.dates = read_bounds(store, "start"), read_bounds(store, "date")
        self.until, self.notified, self.read_on = (
            read_spans(store, name) for name in ("until", "notified", "readOn")
        )
        self.sides, self.acts_for = _index(store, "partySide"), _index(store, "actsFor")
        self.organ_of, self.changed_sides = _index(store, "subOrganizationOf"), _index(store, "side")
        self.concerns, self.status = _index(store, "concerns"), _index(store, "status")
        self.decision, self.context = _index(store, "decision"), _index(store, "in")
        self.participant, self.represents = _index(store, "participant"), _index(store, "represents")
        self.replaced_on = self._read_replaced(store)

    def _read_replaced(self, store: ox.Store) -> dict[ox.NamedNode, Span]:
        eves: dict[ox.NamedNode, Span] = {}
        for successor, replaced in _index(store, "replaces").items():
            start = self.starts.get(successor)
            for old in replaced if start and successor in self.stated else ():
                eve = Span(*(day and day - DAY for day in start or UNKNOWN))
                eves[old] = min(eve, eves.get(old, eve), key=_by_latest)
        return eves


def _read_history(facts: _Facts, cooperation: ox.NamedNode, changes: list[Change]) -> History:
    until, eve = facts.until.get(cooperation, UNKNOWN), facts.replaced_on.get(cooperation, UNKNOWN)
    replaced = _by_latest(eve) < _by_latest(until)
    return History(
        cooperation=cooperation,
        start=facts.starts.get(cooperation, UNKNOWN),
        end=eve if replaced else until,
        replaced=replaced,
        open_ended=_OPEN_ENDED in facts.ending.get(cooperation, ()),
        sides=_group_sides(facts, cooperation, changes),
        changes=tuple(sorted(changes, key=Change.order)),
    )


def _group_sides(facts: _Facts, cooperation: ox.NamedNode, changes: list[Change]) -> tuple[Side, ...]:
    members = set(facts.sides.get(cooperation, ())).union(*(change.members for change in changes))
    groups = defaultdict(set)
    for member in members or {cooperation}:
        groups[min(facts.acts_for.get(member, [member]), key=str)].add(member)
    return tuple(_side(place, groups[place]) for place in sorted(groups, key=str))


def _side(place: ox.NamedNode, members: set[ox.NamedNode]) -> Side:
    return Side(place if len(members) > 1 else min(members, key=str), frozenset(members))


def _read_changes(facts: _Facts) -> dict[ox.NamedNode, list[Change]]:
    found = defaultdict(list)
    for node in facts.concerns.keys() & facts.status.keys() & facts.stated.keys():
        for concerned in facts.concerns[node]:
            found[concerned].append(_read_change(facts, node, concerned))
    for node in facts.context.keys() & facts.until.keys() & facts.stated.keys():
        for cooperation in facts.context[node]:
            found[cooperation].extend(_read_leaving(facts, node, cooperation))
    return found


def _read_change(facts: _Facts, node: ox.NamedNode, concerned: ox.NamedNode) -> Change:
    """Without a date a change has taken effect between notice or decision and the day its source was read."""
    span = facts.dates.get(node, UNKNOWN)
    acts = (facts.notified.get(node), *(facts.dates.get(it) for it in facts.decision.get(node, ())))
    earliest = span.earliest or next((act.earliest for act in acts if act), None)
    members = (_find_members(facts, side, concerned) for side in facts.changed_sides.get(node, ()))
    latest = span.latest or _first_read(facts, node)
    return Change(node, facts.status[node][0], frozenset[ox.NamedNode]().union(*members), earliest, latest)


def _first_read(facts: _Facts, node: ox.NamedNode) -> date | None:
    documents = (ox.NamedNode(passage.value.rpartition("/")[0]) for passage in facts.stated[node])
    days = (facts.read_on.get(document, UNKNOWN).latest for document in documents)
    return min((day for day in days if day), default=None)


def _find_members(facts: _Facts, side: ox.NamedNode, concerned: ox.NamedNode) -> set[ox.NamedNode]:
    """Return the parties that a side names: the body, the body that it is an organ of, those of the place."""
    bodies, waiting = {side}, [side]
    while waiting:
        above = set(facts.organ_of.get(waiting.pop(), ())) - bodies
        bodies |= above
        waiting.extend(above)
    parties = facts.sides.get(concerned, [])
    return {it for it in parties if it in bodies or side in facts.acts_for.get(it, ())} or {side}


def _read_leaving(facts: _Facts, node: ox.NamedNode, cooperation: ox.NamedNode) -> Iterator[Change]:
    """Yield the end of a party's own participation as a change, effective the day after."""
    who = facts.participant.get(node) or facts.represents.get(node, [])
    members = frozenset(who).intersection(facts.sides.get(cooperation, ()))
    end = facts.until[node]
    if members and end.earliest and end.latest:
        yield Change(node, ENDED, members, end.earliest + DAY, end.latest + DAY)


def _by_latest(span: Span) -> date:
    return span.latest or date.max


def _index(store: ox.Store, name: str) -> _Index:
    found: _Index = defaultdict(list)
    for subject, value in read_values(store, name):
        if isinstance(value, ox.NamedNode):
            found[subject].append(value)
    return dict(found)
