"""Derive when each instrument was signed, and from that the start of a cooperation that has no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from crossties.derivation.days import Span, read_bounds, read_span, read_spans, read_values, write_spans
from crossties.namespaces import CT


def derive_signings(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield ``ct:signed`` and ``ct:signedNotAfter`` as the source writes them, and their days as ``signed…``.

    They are those of the first signing. An instrument without ``ct:from`` gets them as its ``start…``, too.
    """
    dates, started = read_bounds(store, "date"), read_spans(store, "from").keys()
    firsts = _read_firsts(store, dates)
    days = {instrument: dates[signing] for instrument, signing in firsts.items()}
    texts = _read_texts(store)
    for instrument, signing in firsts.items():
        for name, text in zip(("signed", "signedNotAfter"), texts[signing], strict=True):
            if text:
                yield ox.Triple(instrument, ox.NamedNode(CT + name), text)
    yield from write_spans("signed", days)
    yield from write_spans("start", {instrument: days[instrument] for instrument in days.keys() - started})


def _read_firsts(store: ox.Store, dates: dict[ox.NamedNode, Span]) -> dict[ox.NamedNode, ox.NamedNode]:
    def order(signing: ox.NamedNode) -> tuple[date, str]:
        return dates[signing].earliest or dates[signing].latest or date.max, signing.value

    firsts: dict[ox.NamedNode, ox.NamedNode] = {}
    for signing, instrument in read_values(store, "signs"):
        if signing in dates and isinstance(instrument, ox.NamedNode):
            firsts[instrument] = min(signing, firsts.get(instrument, signing), key=order)
    return firsts


_Texts = tuple[ox.Literal | None, ox.Literal | None]


def _read_texts(store: ox.Store) -> dict[ox.NamedNode, _Texts]:
    """Return the first and last date of each signing: its own, else its range, else of its signatures."""
    own, lower, upper = (_read_literals(store, name) for name in ("date", "notBefore", "notAfter"))
    apart = defaultdict(set)
    for signing, signature in read_values(store, "signature"):
        if isinstance(signature, ox.NamedNode) and signature in own:
            apart[signing].add(own[signature])
    texts: dict[ox.NamedNode, _Texts] = defaultdict(lambda: (None, None))
    texts |= {signing: _ends(dates) for signing, dates in apart.items()}
    texts |= {subject: (lower.get(subject), upper.get(subject)) for subject in lower | upper}
    return texts | {subject: (value, None) for subject, value in own.items()}


def _read_literals(store: ox.Store, name: str) -> dict[ox.NamedNode, ox.Literal]:
    return {subject: value for subject, value in read_values(store, name) if isinstance(value, ox.Literal)}


def _ends(dates: set[ox.Literal]) -> _Texts:
    ordered = sorted(dates, key=lambda value: (read_span(value), value.value))
    return ordered[0], ordered[-1] if len(ordered) > 1 else None
