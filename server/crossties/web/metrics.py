"""Count what is answered, for Prometheus: by route and status, seconds, cache, queries, workers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from crossties.store.pool import Pool

_BUCKETS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Metrics:
    """The counters of one web process."""

    def __init__(self, pool: Pool) -> None:
        self.registry = CollectorRegistry()
        labels = ("route", "status")
        self._answers = Counter("crossties_answers", "Answers sent.", labels, registry=self.registry)
        self._seconds = Histogram(
            "crossties_answer_seconds",
            "Seconds from request to the end of its answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._cache = Counter("crossties_cache", "Look-ups in the cache.", ("found",), registry=self.registry)
        self.registry.register(_PoolCollector(pool))

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._answers.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_look_up(self, *, found: bool) -> None:
        """Count one look-up in the cache."""
        self._cache.labels("yes" if found else "no").inc()


class _PoolCollector(Collector):
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily("crossties_queries", "Queries and idle workers, now.", labels=["state"])
        for state, number in self._pool.counts.items():
            family.add_metric([state], number)
        yield family
