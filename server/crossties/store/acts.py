"""Derive who acted first where several sides end a cooperation or put it on hold, and how many days lay between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

import pyoxigraph as ox

from crossties.namespaces import CT, XSD
from crossties.store.days import UNKNOWN, Span, read_bounds, read_values, write_spans
from crossties.store.statuses import Statuses

_MONTH: Final = len("2022-03")
_YEAR: Final = len("2022")


class Act(NamedTuple):
    """A change of status that ends or holds, and when its side acted: decided, else gave notice, else changed."""

    change: ox.NamedNode
    span: Span

    @property
    def is_exact(self) -> bool:
        """Return whether the very day is known."""
        return self.span.earliest is not None and self.span.earliest == self.span.latest


def derive_acts(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield ``acted…``, ``ct:actedIn``, ``ct:actedFirst`` and ``ct:daysAfterFirst`` of each stated change.

    Endings are compared with endings and holds with holds of the same thing; what a range leaves open is
    left out.
    """
    for acts in _read_groups(store).values():
        yield from write_spans("acted", {act.change: act.span for act in acts})
        for act in acts:
            if act.span.earliest and act.span.latest:
                yield ox.Triple(act.change, _term("actedIn"), ox.Literal(_name_month(act.span)))
            yield from _compare(act, [other for other in acts if other is not act])


def _read_groups(store: ox.Store) -> dict[tuple[ox.NamedNode, bool], list[Act]]:
    """Return the acts by what they concern and whether they end it."""
    statuses, stated = Statuses(store), {node for node, _ in read_values(store, "statedIn")}
    days = _read_days(store)
    status = dict(read_values(store, "status"))
    groups = defaultdict(list)
    for change, concerned in sorted(read_values(store, "concerns"), key=str):
        reached = status.get(change)
        if change in stated and isinstance(reached, ox.NamedNode) and isinstance(concerned, ox.NamedNode):
            ends = statuses.has_ended(reached)
            if ends or statuses.holds(reached):
                groups[concerned, ends].append(Act(change, days.get(change, UNKNOWN)))
    return groups


def _read_days(store: ox.Store) -> dict[ox.NamedNode, Span]:
    dates = read_bounds(store, "date")
    decided = {change: dates[it] for change, it in read_values(store, "decision") if it in dates}
    return {**dates, **read_bounds(store, "notified"), **decided}


def _compare(act: Act, others: list[Act]) -> Iterator[ox.Triple]:
    first = _is_first(act, others)
    if first is not None:
        yield ox.Triple(act.change, _term("actedFirst"), ox.Literal(first))
    days = 0 if first else _days_after(act, others) if first is False else None
    if days is not None:
        number = ox.Literal(str(days), datatype=ox.NamedNode(XSD + "integer"))
        yield ox.Triple(act.change, _term("daysAfterFirst"), number)


def _is_first(act: Act, others: list[Act]) -> bool | None:
    """Return whether nobody acted before; None where the dates leave it open."""
    mine = act.span
    if all(mine.latest and it.span.earliest and mine.latest <= it.span.earliest for it in others):
        return True
    if any(mine.earliest and it.span.latest and it.span.latest < mine.earliest for it in others):
        return False
    return None


def _days_after(act: Act, others: list[Act]) -> int | None:
    """Return the days since the first act, if the days of both are known and it is surely the first."""
    acts = [act, *others]
    firsts = [one for one in acts if _is_first(one, [it for it in acts if it is not one])]
    if not firsts or not act.is_exact or not firsts[0].is_exact or not act.span.earliest:
        return None
    return (act.span.earliest - (firsts[0].span.earliest or act.span.earliest)).days


def _name_month(span: Span) -> str:
    """Write the month, or the year, that both ends lie in, else both months."""
    first, last = str(span.earliest), str(span.latest)
    if first[:_MONTH] == last[:_MONTH]:
        return first[:_MONTH]
    return first[:_YEAR] if first[:_YEAR] == last[:_YEAR] else f"{first[:_MONTH]}/{last[:_MONTH]}"


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(CT + name)
