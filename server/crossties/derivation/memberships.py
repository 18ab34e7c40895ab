"""Derive who is a member of a body on which days, and who joined it, left it or changed role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from crossties.derivation.course import Course
from crossties.derivation.days import DAY, Span, write_day, write_spans
from crossties.derivation.histories import Change, History, Side
from crossties.derivation.parts import Part, read_parts
from crossties.derivation.statuses import Statuses
from crossties.namespaces import CT, RDF


def derive_memberships(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield a ``ct:Stay`` for each stretch of days of a membership, and a ``ct:Turn`` for each event in it.

    A member of whom no source says since when counts from the founding of the body, or from ever. A
    membership ends as it says itself, or by a change of status that ends it.
    """
    statuses, parts = Statuses(store), list(read_parts(store))
    for part in parts:
        yield from _write_stays(part, statuses)
        others = [other for other in parts if other.body == part.body and other.names & part.names]
        yield from _write_turns(part, [other for other in others if other is not part], statuses)


def _write_stays(part: Part, statuses: Statuses) -> Iterator[ox.Triple]:
    for change in part.changes:
        yield ox.Triple(part.node, _term("stayChange"), change.node)
    numbered = 0
    for standing in Course(statuses).standings(_as_history(part)):
        if statuses.has_ended(standing.status):
            continue
        numbered += 1
        node = ox.NamedNode(f"{part.node.value}/stay/{numbered}")
        yield ox.Triple(part.node, _term("stay"), node)
        yield ox.Triple(node, ox.NamedNode(RDF + "type"), _term("Stay"))
        yield ox.Triple(node, _term("wholeStatus"), standing.status)
        if standing.since != date.min:
            yield ox.Triple(node, _term("holdsFrom"), write_day(standing.since))
        if standing.until:
            yield ox.Triple(node, _term("holdsUntil"), write_day(standing.until))


def _as_history(part: Part) -> History:
    first = part.start.earliest or part.founded
    side = Side(part.node, frozenset({part.node}))
    return History(
        cooperation=part.node,
        start=Span(first, part.start.latest or first),
        end=part.end,
        replaced=False,
        open_ended=False,
        sides=(side,),
        changes=part.changes,
    )


def _write_turns(part: Part, others: list[Part], statuses: Statuses) -> Iterator[ox.Triple]:
    """Write who joined and left; a role that follows on another one is a change of role and no leaving."""
    if part.start.earliest:
        before = [other for other in others if _follows(part, other)]
        if all(other.role != part.role for other in before):
            yield from _write_turn(part, "changed-role" if before else "joined", part.start)
    if any(_follows(other, part) for other in others):
        return
    ending = next((change for change in part.changes if statuses.has_ended(change.status)), None)
    if part.end.latest:
        yield from _write_turn(part, "left", part.end)
    elif ending:
        yield from _write_turn(part, "left", Span(ending.earliest, ending.latest), ending)


def _follows(later: Part, earlier: Part) -> bool:
    """Return whether one may begin on the day after the other ends, or in the same month or year."""
    begin, end = later.start, earlier.end
    if not (begin.earliest and begin.latest and end.earliest and end.latest):
        return False
    return begin.earliest <= end.latest + DAY and end.earliest <= begin.latest


def _write_turn(part: Part, code: str, span: Span, change: Change | None = None) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{part.node.value}/turn/{code}")
    yield ox.Triple(part.node, _term("turn"), node)
    yield ox.Triple(node, ox.NamedNode(RDF + "type"), _term("Turn"))
    yield ox.Triple(node, _term("turnCode"), ox.Literal(code))
    yield from write_spans("turned", {node: span})
    if change:
        yield ox.Triple(node, _term("turnedBy"), change.node)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(CT + name)
