"""What the day of knowledge decides: it moves with a newer document, and then some things come to pass."""

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
_UNTIL: Final = term("until")
_NODE_DAYS: Final = (term("holdsFrom"), term("holdsUntil"))
_YEAR: Final = len("2022")
_MONTH: Final = len("2022-03")
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
    """Yield the triples that tell of a day between two: what they begin or end may be seen otherwise now.

    What lasts until the first of the two days is over on the second.
    """
    if before == after:
        return
    day, last = min(before, after), max(before, after)
    found = [fact for fact in delta.after.before.facts_with(write_day(day)) if fact[1] == _UNTIL]
    months = {day.isoformat()[:_MONTH], day.isoformat()[:_YEAR]}
    while day < last:
        day += timedelta(1)
        months |= {day.isoformat()[:_MONTH], day.isoformat()[:_YEAR]}
        found += delta.after.before.facts_with(write_day(day))
    for month in sorted(months):
        kind = XSD + ("gYear" if len(month) == _YEAR else "gYearMonth")
        found += delta.after.before.facts_with(ox.Literal(month, datatype=ox.NamedNode(kind)))
    yield from (fact for fact in found if fact[1] not in _NODE_DAYS)


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
