"""Derive the standings of each cooperation: on which days it has which status, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from crossties.derivation.course import Course, Standing
from crossties.derivation.days import write_day, write_spans
from crossties.derivation.histories import History, read_histories
from crossties.derivation.statuses import Statuses
from crossties.namespaces import CT, RDF


def derive_standings(store: ox.Store, *, as_of: date) -> Iterator[ox.Triple]:
    """Yield a ``ct:Standing`` for each stretch of days in which nothing alters, and the ``end…`` of it all.

    ``ct:statusNow``, ``ct:stillIn`` and ``ct:leftBy`` are those of the day ``as_of``.
    """
    course = Course(Statuses(store))
    for history in read_histories(store):
        for number, standing in enumerate(course.standings(history), start=1):
            yield from _write_standing(history.cooperation, number, standing)
        yield from write_spans("end", {history.cooperation: course.end(history)})
        yield from _write_now(course, history, as_of)


def _write_standing(cooperation: ox.NamedNode, number: int, standing: Standing) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{cooperation.value}/standing/{number}")
    yield ox.Triple(cooperation, _term("standing"), node)
    yield ox.Triple(node, ox.NamedNode(RDF + "type"), _term("Standing"))
    yield ox.Triple(node, _term("wholeStatus"), standing.status)
    yield ox.Triple(node, _term("inForce"), ox.Literal(standing.in_force))
    yield ox.Triple(node, _term("certain"), ox.Literal(standing.certain))
    yield ox.Triple(node, _term("holdsFrom"), write_day(standing.since))
    if standing.until:
        yield ox.Triple(node, _term("holdsUntil"), write_day(standing.until))


def _write_now(course: Course, history: History, as_of: date) -> Iterator[ox.Triple]:
    status = course.status_now(history, as_of)
    if status:
        yield ox.Triple(history.cooperation, _term("statusNow"), status)
    for side in history.sides:
        name = "leftBy" if course.has_left(history, side, as_of) else "stillIn"
        if side.name != history.cooperation:
            yield ox.Triple(history.cooperation, _term(name), side.name)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(CT + name)
