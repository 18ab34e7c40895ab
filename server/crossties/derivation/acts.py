"""Derive who was the first to end a cooperation or put it on hold, and how many days later others did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

import pyoxigraph as ox

from crossties.derivation.days import UNKNOWN, Span, read_bounds, read_values, write_spans
from crossties.derivation.statuses import Statuses
from crossties.namespaces import CT, XSD

_MONTH: Final = len("2022-03")
_YEAR: Final = len("2022")


class Act(NamedTuple):
    """A change of status that ends or holds, and when its side decided, else gave notice, else changed."""

    change: ox.NamedNode
    span: Span
    decision: ox.NamedNode | ox.Literal | None

    @property
    def is_exact(self) -> bool:
        """Return whether the very day is known."""
        return self.span.earliest is not None and self.span.earliest == self.span.latest


def derive_acts(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield ``acted…``, ``ct:actedIn``, ``ct:actedFirst`` and ``ct:daysAfterFirst`` of each stated change.

    ``changed…`` are the days of any change: from which it holds, else of the notice, else of the decision.
    Endings are compared with endings and holds with holds of the same thing; what a range leaves open is
    left out.
    """
    yield from write_spans("changed", _read_days(store, acted=False))
    for acts in _read_groups(store).values():
        yield from write_spans("acted", {act.change: act.span for act in acts})
        for act in acts:
            if act.span.earliest and act.span.latest:
                yield ox.Triple(act.change, _term("actedIn"), ox.Literal(_name_month(act.span)))
            yield from _compare(act, _others(act, acts))


def _read_groups(store: ox.Store) -> dict[tuple[ox.NamedNode, bool], list[Act]]:
    """Return the acts by what they concern and whether they end it."""
    statuses, stated = Statuses(store), {node for node, _ in read_values(store, "statedIn")}
    days = _read_days(store, acted=True)
    status, decisions = dict(read_values(store, "status")), dict(read_values(store, "decision"))
    groups = defaultdict(list)
    for change, concerned in sorted(read_values(store, "concerns"), key=str):
        reached = status.get(change)
        if change in stated and isinstance(reached, ox.NamedNode) and isinstance(concerned, ox.NamedNode):
            ends = statuses.has_ended(reached)
            if ends or statuses.holds(reached):
                groups[concerned, ends].append(Act(change, days.get(change, UNKNOWN), decisions.get(change)))
    return groups


def _read_days(store: ox.Store, *, acted: bool) -> dict[ox.NamedNode, Span]:
    """Return when each side acted, decision before notice before effect, or the other way round."""
    dates, notices = read_bounds(store, "date"), read_bounds(store, "notified")
    decided = {
        change: dates[it]
        for change, it in read_values(store, "decision")
        if isinstance(it, ox.NamedNode) and it in dates
    }
    changes = {change for change, _ in read_values(store, "concerns")}
    effects = {change: span for change, span in dates.items() if change in changes}
    return {**effects, **notices, **decided} if acted else {**decided, **notices, **effects}


def _compare(act: Act, others: list[Act]) -> Iterator[ox.Triple]:
    first = _is_first(act, others)
    if first is not None:
        yield ox.Triple(act.change, _term("actedFirst"), ox.Literal(first))
    days = 0 if first else _days_after(act, others) if first is False else None
    if days is not None:
        number = ox.Literal(str(days), datatype=ox.NamedNode(XSD + "integer"))
        yield ox.Triple(act.change, _term("daysAfterFirst"), number)


def _others(act: Act, acts: list[Act]) -> list[Act]:
    """Return the other acts; what one decision brought about is one act."""
    return [it for it in acts if it is not act and not (act.decision and it.decision == act.decision)]


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
    firsts = [one for one in acts if _is_first(one, _others(one, acts))]
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
