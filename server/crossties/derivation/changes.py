"""Derive how long each change of status holds for the side, or the whole, that it concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pyoxigraph as ox

from crossties.derivation.days import DAY, Span, Spans, read_bounds, read_values, write_spans


def derive_changes(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield ``start…``, the days of the change itself, and ``end…``, the eve of the next one.

    The next one is that of the same cooperation or body and the same sides; the last has no end.
    """
    dates = read_bounds(store, "date")
    starts: dict[ox.NamedNode, Span] = {}
    ends: dict[ox.NamedNode, Span] = {}
    for changes in _read_stories(store, dates):
        starts |= {change: dates[change] for change in changes}
        ends |= {before: _eve(dates[after]) for before, after in pairwise(changes)}
    yield from write_spans("start", starts)
    yield from write_spans("end", ends)


def _read_stories(store: ox.Store, dates: Spans) -> Iterator[list[ox.NamedNode]]:
    """Yield the dated changes of the same thing and sides, in the order of time."""
    sides = defaultdict(set)
    for change, side in read_values(store, "side"):
        sides[change].add(side)
    stories = defaultdict(list)
    for change, concerned in read_values(store, "concerns"):
        if change in dates:
            stories[concerned, frozenset(sides[change])].append(change)
    for changes in stories.values():
        yield sorted(changes, key=lambda change: (*_bounds(dates[change]), change.value))


def _bounds(span: Span) -> tuple[date, date]:
    return span.latest or date.max, span.earliest or date.min


def _eve(span: Span) -> Span:
    return Span(span.earliest and span.earliest - DAY, span.latest and span.latest - DAY)
