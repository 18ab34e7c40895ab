"""What the day of knowledge decides: it moves when a newer document comes, and then some things come to pass."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pyoxigraph as ox

from crossties.derivation.days import read_span, write_day
from crossties.derivation.partial.paths import term
from crossties.derivation.partial.sights import Fact
from crossties.derivation.partial.units import Delta, NotBoundedError
from crossties.namespaces import DERIVED_GRAPH, XSD

_GRAPH: Final = ox.NamedNode(DERIVED_GRAPH)
_KNOWN: Final = term("knownUntil")
_READ: Final = term("readOn")
#: Beyond so many days everything is looked at anew.
_FAR: Final = 800


def read_days(delta: Delta) -> tuple[date, date]:
    """Return until which day the graph knew the world before and after; the second is noted in the graph.

    Raises:
        NotBoundedError: no document tells it, or they are too far apart.
    """
    before = _read_day(delta)
    found = max((day for fact in delta.gained[_READ] if (day := _day(fact))), default=date.min)
    after = max(before, found)
    lost = any(_day(fact) == before for fact in delta.lost[_READ])
    if lost and after == before and found != before:
        after = _find_newest(delta, before)
    if after != before:
        if abs((after - before).days) > _FAR:
            message = "the day until which the world is known moves far"
            raise NotBoundedError(message)
        delta.let((_GRAPH, _KNOWN, write_day(before)), there=False)
        delta.let((_GRAPH, _KNOWN, write_day(after)), there=True)
    return before, after


def come_to_pass(delta: Delta, before: date, after: date) -> Iterator[Fact]:
    """Yield the triples that tell of a day between two: what they begin or end may be seen otherwise now."""
    if before == after:
        return
    day, last = min(before, after) - timedelta(2), max(before, after) + timedelta(2)
    months: set[str] = set()
    while day <= last:
        text = day.isoformat()
        months |= {text[:4], text[:7]}
        yield from delta.after.before.facts_with(write_day(day))
        day += timedelta(1)
    for month in sorted(months):
        kind = "gYear" if len(month) == len("2022") else "gYearMonth"
        yield from delta.after.before.facts_with(ox.Literal(month, datatype=ox.NamedNode(XSD + kind)))


def _read_day(delta: Delta) -> date:
    for value in delta.after.before.objects(_GRAPH, _KNOWN):
        if isinstance(value, ox.Literal):
            return date.fromisoformat(value.value)
    message = "no document says when it was read"
    raise NotBoundedError(message)


def _find_newest(delta: Delta, before: date) -> date:
    """Return the newest day; if no other document was read on the last one, all are looked at."""
    if any(True for _ in delta.after.subjects(_READ, write_day(before))):
        return before
    kept = (fact for fact in delta.after.before.facts_by(_READ) if fact not in delta.after.less)
    days = (_day(fact) for fact in (*kept, *delta.after.more) if fact[1] == _READ)
    found = max((day for day in days if day), default=None)
    if found is None:
        message = "no document says when it was read"
        raise NotBoundedError(message)
    return found


def _day(fact: Fact) -> date | None:
    return read_span(fact[2]).latest if isinstance(fact[2], ox.Literal) else None
