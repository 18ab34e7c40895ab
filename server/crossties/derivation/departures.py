"""Derive on which days a side of a cooperation was out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pyoxigraph as ox

from crossties.derivation.course import Course
from crossties.derivation.days import DAY, write_day
from crossties.derivation.histories import History, Side, read_histories
from crossties.derivation.statuses import Statuses
from crossties.namespaces import CT, RDF


def derive_departures(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield a ``ct:Departure`` for each stretch of days on which a side had left; without an end for good."""
    course = Course(Statuses(store))
    for history in read_histories(store):
        numbered = 0
        for side in history.sides:
            for since, until in _read_absences(course, history, side):
                numbered += 1
                yield from _write_departure(history.cooperation, numbered, side.name, since, until)


def _read_absences(course: Course, history: History, side: Side) -> Iterator[tuple[date, date | None]]:
    days: list[date | None] = [*sorted({it.latest for it in history.changes if it.latest}), None]
    gone: date | None = None
    for day, following in pairwise(days):
        out = day is not None and course.has_left(history, side, day)
        gone = (gone or day) if out else None
        back = following is None or not course.has_left(history, side, following)
        if gone and back:
            yield gone, following and following - DAY


def _write_departure(
    cooperation: ox.NamedNode, number: int, side: ox.NamedNode, since: date, until: date | None
) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{cooperation.value}/departure/{number}")
    yield ox.Triple(cooperation, ox.NamedNode(CT + "departure"), node)
    yield ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(CT + "Departure"))
    yield ox.Triple(node, ox.NamedNode(CT + "departed"), side)
    yield ox.Triple(node, ox.NamedNode(CT + "holdsFrom"), write_day(since))
    if until:
        yield ox.Triple(node, ox.NamedNode(CT + "holdsUntil"), write_day(until))
