"""Derive the earliest and latest day of each date, so that questions compare days with days only."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

import pyoxigraph as ox

from crossties.derivation.cooperations import read_cooperations
from crossties.namespaces import CT, XSD

DAY: Final = timedelta(days=1)
_DATED: Final = frozenset({XSD + "date", XSD + "gYearMonth", XSD + "gYear"})


class Span(NamedTuple):
    """The earliest and the latest day that a date may be; None where that side is not bounded."""

    earliest: date | None
    latest: date | None


Spans = Mapping[ox.NamedNode, Span]
UNKNOWN: Final = Span(None, None)


def derive_days(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield ``date…``, ``notified…``, ``seen…``, ``start…`` and ``end…`` with ``Earliest`` and ``Latest``.

    ``date…`` is the first and last day of ``ct:date``, else of ``ct:notBefore`` and ``ct:notAfter``, else,
    for a signing, of its signatures. The ends of cooperations are left to ``standings``.
    """
    others = read_spans(store, "until")
    for cooperation in read_cooperations(store):
        others.pop(cooperation, None)
    yield from write_spans("date", _read_dates(store))
    yield from write_spans("notified", read_spans(store, "notified"))
    yield from write_spans("seen", read_spans(store, "seenOn"))
    yield from write_spans("start", read_spans(store, "from"))
    yield from write_spans("end", others)


def read_span(literal: ox.Literal) -> Span:
    """Return the first and last day of a year, a month or a day; both None for anything else."""
    if literal.datatype.value not in _DATED:
        return UNKNOWN
    year, month, day = ([int(part) for part in literal.value.split("-")] + [0, 0])[:3]
    first = date(year, month or 1, day or 1)
    return Span(first, date(year, month or 12, day or monthrange(year, month or 12)[1]))


def read_spans(store: ox.Store, name: str) -> dict[ox.NamedNode, Span]:
    """Return the span of each subject's literals for a property of ours."""
    found: dict[ox.NamedNode, list[Span]] = defaultdict(list)
    for subject, value in read_values(store, name):
        if isinstance(value, ox.Literal):
            found[subject].append(read_span(value))
    return {subject: cover(spans) for subject, spans in found.items()}


def read_bounds(store: ox.Store, name: str) -> dict[ox.NamedNode, Span]:
    """Return the spans that were derived before: ``start``, ``end`` or ``date``."""
    first, last = (read_spans(store, name + suffix) for suffix in ("Earliest", "Latest"))
    return {
        subject: Span(first.get(subject, UNKNOWN).earliest, last.get(subject, UNKNOWN).latest)
        for subject in first | last
    }


def read_values(store: ox.Store, name: str) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """Yield subject and object of every triple of the default graph with a property of ours."""
    for quad in store.quads_for_pattern(None, ox.NamedNode(CT + name), None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject, quad.object


def cover(spans: Iterable[Span]) -> Span:
    """Return the span from the first to the last day of them all."""
    listed = list(spans)
    first = [span.earliest for span in listed if span.earliest]
    last = [span.latest for span in listed if span.latest]
    return Span(min(first, default=None), max(last, default=None))


def write_spans(name: str, spans: Spans) -> Iterator[ox.Triple]:
    """Yield the triples of ``<name>Earliest`` and ``<name>Latest``."""
    for subject, span in spans.items():
        for suffix, day in (("Earliest", span.earliest), ("Latest", span.latest)):
            if day:
                yield ox.Triple(subject, ox.NamedNode(CT + name + suffix), write_day(day))


def write_day(day: date) -> ox.Literal:
    """Return the day as a literal."""
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def _read_dates(store: ox.Store) -> Spans:
    dates = read_spans(store, "date")
    lower, upper = read_spans(store, "notBefore"), read_spans(store, "notAfter")
    for subject in (lower.keys() | upper.keys()) - dates.keys():
        dates[subject] = Span(lower.get(subject, UNKNOWN).earliest, upper.get(subject, UNKNOWN).latest)
    apart: dict[ox.NamedNode, list[Span]] = defaultdict(list)
    for signing, signature in read_values(store, "signature"):
        if isinstance(signature, ox.NamedNode) and signature in dates and signing not in dates:
            apart[signing].append(dates[signature])
    return dates | {signing: cover(spans) for signing, spans in apart.items()}
