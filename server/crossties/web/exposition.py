"""Show the counters of a web process to Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from crossties.web.metrics import BUCKETS, Metrics


def expose(metrics: Metrics) -> bytes:
    """Return the counters in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Collected(metrics))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        told = self._metrics
        answers = CounterMetricFamily("crossties_answers", "Answers sent.", labels=["route", "status"])
        for (route, status), number in sorted(told.answers.items()):
            answers.add_metric([route, str(status)], number)
        yield answers
        words = "Seconds from request to the end of its answer."
        seconds = HistogramMetricFamily("crossties_answer_seconds", words, labels=["route"])
        bounds = [*map(str, BUCKETS), "+Inf"]
        for route, spent in sorted(told.seconds.items()):
            counts = zip(bounds, accumulate(spent[:-1]), strict=True)
            seconds.add_metric([route], list(counts), spent[-1])
        yield seconds
        cache = CounterMetricFamily("crossties_cache", "Look-ups in the cache.", labels=["found"])
        for found, number in told.look_ups.items():
            cache.add_metric(["yes" if found else "no"], number)
        yield cache
        queries = GaugeMetricFamily("crossties_queries", "Queries and idle workers, now.", labels=["state"])
        for state, number in told.pool.counts.items():
            queries.add_metric([state], number)
        yield queries
