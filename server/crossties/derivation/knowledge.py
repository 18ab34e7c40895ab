"""Tell until which day a store knows the world: the newest day on which one of its documents was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pyoxigraph as ox

from crossties.derivation.days import read_spans, write_day
from crossties.namespaces import CT, DERIVED_GRAPH


def read_known_until(store: ox.Store) -> date:
    """Return the newest ``ct:readOn``; today in UTC where no document was read.

    The same data so gives the same derived triples on whatever day it is built.
    """
    days = [span.latest for span in read_spans(store, "readOn").values() if span.latest]
    return max(days, default=datetime.now(UTC).date())


def write_known_until(day: date) -> Iterator[ox.Triple]:
    """Yield ``ct:knownUntil`` of the derived graph: the day that ``ct:statusNow`` speaks of."""
    yield ox.Triple(ox.NamedNode(DERIVED_GRAPH), ox.NamedNode(CT + "knownUntil"), write_day(day))
