"""Follow the history of a cooperation day by day, by the definitions of the questions.

Begun in the earliest reading of its start; ended in the latest reading of its end, when the whole is ended or
replaced, or when fewer than two sides are active or on hold. What is on hold stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise, zip_longest
from typing import NamedTuple

import pyoxigraph as ox

from crossties.derivation.days import DAY, Span
from crossties.derivation.histories import Change, History, Side
from crossties.derivation.statuses import ACTIVE, LAPSED, REPLACED, Statuses


class Standing(NamedTuple):
    """A status of the whole from one day to another, both included; without ``until`` for good."""

    since: date
    until: date | None
    status: ox.NamedNode
    in_force: bool
    certain: bool


class Course:
    """Reads histories with the help of the scheme of status."""

    def __init__(self, statuses: Statuses) -> None:
        self._statuses = statuses

    def standings(self, history: History) -> Iterator[Standing]:
        """Yield the stretches in which neither status nor certainty alters, from the earliest start on."""
        start = history.start.earliest
        days = sorted({start, *(day for day in _turning_days(history) if day > start)}) if start else []
        states = [(day, self._state(history, day)) for day in days]
        turns = states[:1] + [now for before, now in pairwise(states) if before[1] != now[1]]
        lasts = [after - DAY for after, _ in turns[1:]]
        for (since, state), until in zip_longest(turns, lasts):
            yield Standing(since, until, *state)

    def end(self, history: History) -> Span:
        """Return the last day on which the whole stood, in the earliest and in the latest reading."""
        return Span(self._last_day(history, early=True), self._last_day(history, early=False))

    def status_now(self, history: History, as_of: date) -> ox.NamedNode | None:
        """Return the status of the whole on a day; None before its start, or if no date is known at all."""
        start = history.start.earliest
        dated = start or history.end.latest or history.changes
        return self._status(history, as_of) if dated and not (start and start > as_of) else None

    def has_left(self, history: History, side: Side, as_of: date) -> bool:
        """Return whether the side's last status by the day is ended or narrower."""
        last = self._side_change([change for change in history.changes if change.taken_by(as_of)], side)
        return last is not None and self._statuses.has_ended(last.status)

    def _state(self, history: History, day: date) -> tuple[ox.NamedNode, bool, bool]:
        status = self._status(history, day)
        return status, self._statuses.stands(status), self._is_certain(history, day, status)

    def _status(self, history: History, day: date, *, early: bool = False) -> ox.NamedNode:
        """Return the status on a day; what had ended before its term was over has not lapsed."""
        end = history.end.earliest if early else history.end.latest
        over = end is not None and day > end
        reached = end if end and over else day
        changes = [change for change in history.changes if change.taken_by(reached, early=early)]
        status = self._combine([self._side_change(changes, side) for side in history.sides])
        if over and self._statuses.stands(status):
            return REPLACED if history.replaced else LAPSED
        return status

    def _combine(self, sides: list[Change | None]) -> ox.NamedNode:
        """Return the status of the whole from the last change of each side."""
        ranked: dict[int, list[ox.NamedNode]] = {0: [], 1: [], 2: []}
        for change in sorted((change for change in sides if change), key=Change.order):
            ranked[self._statuses.rank(change.status)].append(change.status)
        active, held, out = ranked.values()
        enough = min(2, len(sides))
        if out and len(sides) - len(out) < enough:
            return out[-1]
        if held and len(sides) - len(out) - len(held) < enough:
            return held[-1]
        return active[-1] if active else ACTIVE

    def _side_change(self, changes: list[Change], side: Side) -> Change | None:
        """Return the last change of a side; of several bodies, that of the one that holds out longest."""
        lasts = [last for member in side.members if (last := _last_change(changes, member))]
        if len(lasts) < len(side.members):
            return None
        return min(lasts, key=lambda last: (self._statuses.rank(last.status), last.order()))

    def _is_certain(self, history: History, day: date, status: ox.NamedNode) -> bool:
        begun = history.start.latest is not None and day >= history.start.latest
        settled = self._status(history, day, early=True) == status
        return begun and settled and self._end_is_known(history, day, status)

    def _end_is_known(self, history: History, day: date, status: ox.NamedNode) -> bool:
        """Return whether the end is stated, or a later change shows that the whole still stood on the day."""
        if history.end.latest or history.open_ended or not self._statuses.stands(status):
            return True
        return any(change.earliest and change.earliest > day for change in history.changes)

    def _last_day(self, history: History, *, early: bool) -> date | None:
        last: date | None = None
        for day in reversed(_turning_days(history)):
            if self._statuses.stands(self._status(history, day, early=early)):
                break
            last = day - DAY
        return last


def _turning_days(history: History) -> list[date]:
    """Return the days on which a status or its certainty may alter."""
    days = [history.start.latest]
    days += [day for change in history.changes for day in (change.earliest, change.latest)]
    days += [bound and bound + DAY for bound in history.end]
    return sorted({day for day in days if day})


def _last_change(changes: list[Change], member: ox.NamedNode) -> Change | None:
    own = [change for change in changes if not change.members or member in change.members]
    return max(own, key=Change.order, default=None)
