"""Stretches of days, and what two lists of them have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from crossties.derivation.days import DAY


class Stretch(NamedTuple):
    """From one day to another, both included; None where that side has no bound."""

    since: date | None
    until: date | None


ALWAYS: Final = Stretch(None, None)


def join_stretches(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Put together what overlaps or follows without a day between."""
    joined: list[Stretch] = []
    for one in sorted(stretches, key=lambda it: (it.since or date.min, it.until or date.max)):
        last = joined[-1] if joined else None
        if last and (last.until is None or (one.since or date.min) <= last.until + DAY):
            until = None if last.until is None or one.until is None else max(last.until, one.until)
            joined[-1] = Stretch(last.since, until)
        else:
            joined.append(one)
    return joined


def cross_stretches(ones: Iterable[Stretch], others: list[Stretch]) -> list[Stretch]:
    """Return the stretches that lie in both lists."""
    crossed = []
    for one in ones:
        for other in others:
            since = max(one.since or date.min, other.since or date.min)
            until = min(one.until or date.max, other.until or date.max)
            if since <= until:
                crossed.append(Stretch(_bound(since), _bound(until)))
    return crossed


def _bound(day: date) -> date | None:
    return None if day in {date.min, date.max} else day
