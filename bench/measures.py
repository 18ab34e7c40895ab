"""What is measured of the servers of a run, each time by turns."""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any, Final, Self

import pyoxigraph as ox
from answers import Answer, ask, read_rows
from load import press
from machine import read_cpu, read_memory
from peers import Peer, Running
from workload import ADVERSARIES, Query

_CONNECTIONS: Final = (8, 64)
_EXPORT: Final = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 500000"
_GOOD: Final = 200
#: So long a query may be repeated for its median.
_REPEAT_SECONDS: Final = 0.5


@dataclass
class Entrant:
    """A running server, what is known of it, and how it is started again."""

    running: Running
    peer: Peer | None = None
    again: Callable[[], Running] | None = None
    idle_megabytes: float = 0.0
    unanswered: int = field(default=0)

    def __post_init__(self) -> None:
        self.idle_megabytes = round(read_memory(self.running.pid), 1)

    @property
    def name(self) -> str:
        """Return the server's name."""
        return self.running.name

    @property
    def url(self) -> str:
        """Return where it answers."""
        return self.running.url

    def describe(self) -> dict[str, object]:
        """Return what the table says of it."""
        return {
            "package": self.peer.package if self.peer else "this checkout",
            "load s": round(self.running.load_seconds, 2),
            "start s": round(self.running.start_seconds, 2),
            "idle MB": self.idle_megabytes,
            "MB now": round(read_memory(self.running.pid), 1),
        }


def compare_answers(entrants: Sequence[Entrant], queries: Sequence[Query]) -> dict[str, int]:
    """Return for each server how many of the queries it answers as the first one does."""
    expected = [read_rows(ask(entrants[0].url, query.text, limit=60)) for query in queries]
    agreed = {}
    for one in entrants:
        rows = (read_rows(ask(one.url, query.text, limit=60)) for query in queries)
        agreed[one.name] = sum(row == wanted for row, wanted in zip(rows, expected, strict=True))
    return agreed | {"of": len(queries)}


def measure_in_process(store: Path, queries: Sequence[Query]) -> float:
    """Return the microseconds of CPU of a lookup by pyoxigraph in one process, its answer written as JSON."""
    here, there = multiprocessing.Pipe(duplex=False)
    texts = [query.text for query in queries]
    child = multiprocessing.get_context("spawn").Process(target=_look_up, args=(store, texts, there))
    child.start()
    found = [here.recv() for _ in range(3)]
    child.join()
    return round(min(float(one) for one in found), 1)


def _look_up(store: Path, queries: list[str], there: Any) -> None:  # noqa: ANN401 - a connection
    opened = ox.Store.read_only(str(store))
    for _ in range(3):
        started = time.process_time()
        for query in queries:
            answer = opened.query(query)
            if isinstance(answer, ox.QuerySolutions):
                answer.serialize(format=ox.QueryResultsFormat.JSON)
        there.send((time.process_time() - started) * 1e6 / len(queries))


def measure_lookups(
    entrants: Sequence[Entrant], lookups: Sequence[Query], *, seconds: float, rounds: int
) -> dict[str, dict[str, dict[str, float]]]:
    """Return for each server and number of connections the medians of rounds by turns."""
    texts = [query.text for query in lookups]
    found: dict[str, dict[str, list[dict[str, float]]]] = {one.name: {} for one in entrants}
    for connections in _CONNECTIONS:
        for one in entrants:
            press(one.url, texts, connections=connections, seconds=0.5)
        for _ in range(rounds):
            for one in entrants:
                told = _press(one, texts, connections, seconds)
                found[one.name].setdefault(str(connections), []).append(told)
        sys.stderr.write(f"lookups at {connections} connections done\n")
    return {name: {key: _medians(told) for key, told in by.items()} for name, by in found.items()}


def _press(one: Entrant, texts: Sequence[str], connections: int, seconds: float) -> dict[str, float]:
    cpu = read_cpu(one.running.pid)
    load = press(one.url, texts, connections=connections, seconds=seconds)
    used = read_cpu(one.running.pid) - cpu
    return {
        "per second": load.per_second,
        "CPU µs": used * 1e6 / max(1, load.answered + load.failed),
        "p50 ms": load.percentile(0.5),
        "p95 ms": load.percentile(0.95),
        "p99 ms": load.percentile(0.99),
        "failed": load.failed,
    }


def _medians(told: list[dict[str, float]]) -> dict[str, float]:
    return {key: round(statistics.median(one[key] for one in told), 2) for key in told[0]}


def measure_export(entrants: Sequence[Entrant], *, rounds: int = 3) -> dict[str, dict[str, float]]:
    """Return first byte, seconds, CPU and growth of memory of an export of half a million rows as CSV."""
    found: dict[str, list[dict[str, float]]] = {one.name: [] for one in entrants}
    for _ in range(rounds):
        for one in entrants:
            cpu, before = read_cpu(one.running.pid), read_memory(one.running.pid)
            with _Peak(one.running.pid) as peak:
                answer = ask(one.url, _EXPORT, limit=120, accept="text/csv")
            found[one.name].append(
                {
                    "first byte ms": answer.first * 1e3,
                    "seconds": answer.seconds,
                    "CPU s": read_cpu(one.running.pid) - cpu,
                    "memory growth MB": peak.most - before,
                    "MB": len(answer.body) / 1e6,
                    "rows": float(answer.body.count(b"\n") - 1),
                }
            )
    return {name: _medians(told) for name, told in found.items()}


class _Peak:
    """Watch the memory of a server from a thread."""

    def __init__(self, pid: int) -> None:
        self.most = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            self.most = max(self.most, read_memory(self._pid))


def measure_under_attack(one: Entrant, *, seconds: float) -> dict[str, Any]:
    """Return the latency of ``ASK {}`` idle and under two attackers, and how their queries ended."""
    idle = _time_asks(one.url, seconds=3.0)
    over = threading.Event()
    ends: list[tuple[str, int, float]] = []
    attackers = [threading.Thread(target=_attack, args=(one.url, shift, over, ends)) for shift in range(2)]
    for thread in attackers:
        thread.start()
    time.sleep(0.5)
    busy = _time_asks(one.url, seconds=seconds)
    over.set()
    for thread in attackers:
        thread.join()
    return {
        "idle median ms": _middle(idle),
        "attacked median ms": _middle(busy),
        "attacked p99 ms": round(sorted(busy)[int(len(busy) * 0.99)], 2) if busy else None,
        "asks": len(busy),
        "ends": [{"query": name, "status": status, "seconds": round(took, 2)} for name, status, took in ends],
    }


def _time_asks(url: str, *, seconds: float) -> list[float]:
    deadline, found = time.perf_counter() + seconds, []
    while time.perf_counter() < deadline:
        answer = ask(url, "ASK {}", limit=30)
        if answer.status == _GOOD:
            found.append(answer.seconds * 1e3)
        time.sleep(0.02)
    return found


def _middle(times: list[float]) -> float | None:
    return round(statistics.median(times), 2) if times else None


def _attack(url: str, shift: int, over: threading.Event, ends: list[tuple[str, int, float]]) -> None:
    for query in cycle(ADVERSARIES[shift:] + ADVERSARIES[:shift]):
        if over.is_set():
            return
        answer = ask(url, query.text, limit=45)
        ends.append((query.name, answer.status, answer.seconds))


def measure_questions(
    entrants: Sequence[Entrant], queries: Sequence[Query], *, limit: float, most: int
) -> Iterator[dict[str, Any]]:
    """Ask every query of every server in turn; give milliseconds, and whether the answers are the same.

    A server that has left ``most`` queries unanswered is asked no more.
    """
    for one in entrants:
        one.unanswered = 0
    for query in queries:
        rows = None
        told: dict[str, Any] = {"query": query.name, "ms": {}, "differs": [], "failed": {}}
        for one in entrants:
            if one.unanswered >= most and one is not entrants[0]:
                continue
            answer, milliseconds = _time_question(one, query, limit)
            given = read_rows(answer)
            if given is None:
                told["failed"][one.name] = answer.status
                _recover(one)
                continue
            told["ms"][one.name] = round(milliseconds, 2)
            if one is entrants[0]:
                rows, told["rows"] = given, given.total()
            elif rows is not None and given != rows:
                told["differs"].append(one.name)
        yield told


def _time_question(one: Entrant, query: Query, limit: float) -> tuple[Answer, float]:
    """Ask once, again for as long as it is quick; return the first answer and the best time."""
    answer = ask(one.url, query.text, limit=limit)
    best, spent, first = answer.seconds, answer.seconds, answer
    while answer.status == _GOOD and spent < _REPEAT_SECONDS:
        answer = ask(one.url, query.text, limit=limit)
        best, spent = min(best, answer.seconds), spent + answer.seconds
    return first, best * 1e3


def _recover(one: Entrant) -> None:
    """Count the failure; start the server again where it goes on computing for nobody."""
    one.unanswered += 1
    if one.peer is not None and one.peer.restarts and one.again is not None:
        one.running = one.again()
