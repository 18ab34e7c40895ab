"""What isolation costs, against the same engine in this process: ``python bench/isolation.py [TRIPLES]``.

Writes ``bench/results/isolation.json``. Lookups and exports are interleaved with their in-process twins; the
CPU of a lookup is that of this process and of the worker together. Ratios travel between machines, figures
don't.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from crossties.errors import CrosstiesError
from crossties.formats import Format
from crossties.settings import Settings
from crossties.store.engine import Request, evaluate, open_store
from crossties.store.pool import Pool
from crossties.store.workers.supervisor import Supervisor, supervised

_RESULT: Final = Path(__file__).parent / "results" / "isolation.json"
_LOOKUPS: Final = 1_000
_ROUNDS: Final = 7
_HEAVY: Final = Request("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
#: As many rows at any size, so that sizes compare.
_EXPORT: Final = Request("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 500000", format="csv")


@dataclass
class Bench:
    """A store, a pool of one worker on it, and the same store in this process."""

    pool: Pool
    store: ox.Store
    supervisor: Supervisor

    def ask(self, request: Request) -> int:
        """Read a whole answer from the pool and return its size."""
        return sum(len(piece) for piece in self.pool.answer(request).body)

    def ask_here(self, request: Request) -> int:
        """Evaluate in this process, leaving the answer nowhere."""
        sink = _Counting()
        evaluate(self.store, request, sink)
        return sink.size


class _Counting:
    size = 0

    def start(self, chosen: Format) -> None:
        """Take notice of the format."""

    def write(self, piece: bytes) -> int:
        """Count the piece."""
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: nothing is kept."""


def main() -> None:
    """Measure everything once and write the result."""
    triples = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    with _opened(triples) as bench:
        measured: dict[str, dict[str, Any]] = {
            "lookup": _measure_lookups(bench, triples),
            "export": _measure_exports(bench),
            "milliseconds": {
                "kill of a query to the next answer": _repeat(lambda: _measure_kill(bench)),
                "client leaving to worker dead": _repeat(lambda: _measure_leaving(bench)),
                "kill of the zygote to the next answer": _repeat(lambda: _measure_zygote(bench)),
            },
        }
        measured["milliseconds"]["start to first answer"] = _repeat(lambda: _measure_start(bench))
    told = {
        "command": f"python bench/isolation.py {triples}",
        **_describe_machine(),
        "triples": triples,
        **measured,
    }
    _RESULT.parent.mkdir(exist_ok=True)
    _RESULT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(_RESULT.read_text(encoding="utf-8"))


@contextmanager
def _opened(triples: int) -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder, supervised() as supervisor:
        path = Path(folder) / "store"
        store = ox.Store(str(path))
        store.bulk_extend(_triple(number) for number in range(triples))
        store.flush()
        del store
        pool = _open_pool(path)
        try:
            yield Bench(pool, open_store(path), supervisor)
        finally:
            pool.close()


def _open_pool(path: Path) -> Pool:
    return Pool(path, Settings(home=path, workers=1, cpu_seconds=60.0, wall_seconds=120.0))


def _triple(number: int) -> ox.Quad:
    subject = ox.NamedNode(f"http://example.org/thing/{number // 5}")
    return ox.Quad(subject, ox.NamedNode(f"http://example.org/p{number % 5}"), ox.Literal(f"value {number}"))


def _measure_lookups(bench: Bench, triples: int) -> dict[str, float]:
    """Return microseconds per lookup: the medians of rounds that alternate."""
    here, there = [], []
    for round_number in range(_ROUNDS):
        requests = [
            _lookup((round_number * _LOOKUPS + number) * 7 % (triples // 5)) for number in range(_LOOKUPS)
        ]
        here.append(_time(bench, lambda: [bench.ask_here(one) for one in requests]))  # noqa: B023 - run at once
        there.append(_time(bench, lambda: [bench.ask(one) for one in requests]))  # noqa: B023
    return {
        "in process, wall µs": _median(here, 0, _LOOKUPS),
        "in process, CPU µs": _median(here, 1, _LOOKUPS),
        "isolated, wall µs": _median(there, 0, _LOOKUPS),
        "isolated, CPU µs": _median(there, 1, _LOOKUPS),
    }


def _lookup(number: int) -> Request:
    return Request(f"SELECT ?p ?o {{ <http://example.org/thing/{number}> ?p ?o }}")


def _measure_exports(bench: Bench) -> dict[str, float]:
    here, there, first = [], [], []
    for _ in range(3):
        here.append(_time(bench, lambda: bench.ask_here(_EXPORT)))
        there.append(_time(bench, lambda: bench.ask(_EXPORT)))
        started = time.perf_counter()
        bench.pool.answer(_EXPORT).body.close()
        first.append((time.perf_counter() - started) * 1e3)
        bench.ask(Request("ASK {}"))
    return {
        "in process, wall s": round(_median(here, 0, 1) / 1e6, 3),
        "in process, CPU s": round(_median(here, 1, 1) / 1e6, 3),
        "isolated, wall s": round(_median(there, 0, 1) / 1e6, 3),
        "isolated, CPU s": round(_median(there, 1, 1) / 1e6, 3),
        "first piece, ms": round(statistics.median(first), 1),
        "MB": round(bench.ask_here(_EXPORT) / 1e6, 1),
    }


def _measure_kill(bench: Bench) -> float:
    """Abandon a query; return the time until another answer is whole."""
    answer = bench.pool.answer(_EXPORT)
    started = time.perf_counter()
    answer.body.close()
    bench.ask(Request("ASK {}"))
    return time.perf_counter() - started


def _measure_leaving(bench: Bench) -> float:
    answer = bench.pool.answer(_EXPORT)
    (worker,) = (run.worker.pid for run in bench.pool._lanes._runs)  # noqa: SLF001 - nobody else needs it
    started = time.perf_counter()
    answer.body.close()
    while Path(f"/proc/{worker}").exists():
        time.sleep(0.0002)
    return time.perf_counter() - started


def _measure_zygote(bench: Bench) -> float:
    """Use a supervisor of its own: one that sees several deaths in a row takes its time."""
    path = Path(bench.pool._store)  # noqa: SLF001
    with supervised() as supervisor:
        pool = _open_pool(path)
        pool.answer(Request("ASK {}")).body.close()
        os.kill(supervisor.pid, signal.SIGKILL)
        started = time.perf_counter()
        time.sleep(0.005)
        while not _answers(pool):
            pass
        ended = time.perf_counter()
        pool.close()
    return ended - started


def _answers(pool: Pool) -> bool:
    try:
        pool.answer(Request("ASK {}")).body.close()
    except CrosstiesError:
        return False
    return True


def _measure_start(bench: Bench) -> float:
    """From nothing: supervisor, zygote, worker, the first answer."""
    path = Path(bench.pool._store)  # noqa: SLF001
    started = time.perf_counter()
    with supervised():
        pool = _open_pool(path)
        pool.answer(Request("ASK {}")).body.close()
        ended = time.perf_counter()
        pool.close()
    return ended - started


def _time(bench: Bench, action: Callable[[], object]) -> tuple[float, float]:
    """Return wall and CPU microseconds; the CPU is this process's and that of every worker of the zygote."""
    wall, cpu = time.perf_counter(), _cpu(bench)
    action()
    return (time.perf_counter() - wall) * 1e6, (_cpu(bench) - cpu) * 1e6


def _cpu(bench: Bench) -> float:
    """Return the seconds of CPU of this process, of the zygote's workers, and of those that it has reaped."""
    pid = bench.supervisor.pid
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    reaped = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return time.process_time() + reaped + sum(_nanoseconds(child) for child in children) / 1e9


def _nanoseconds(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0


def _median(rounds: list[tuple[float, float]], index: int, count: int) -> float:
    return round(statistics.median(one[index] for one in rounds) / count, 1)


def _repeat(measure: Callable[[], float]) -> dict[str, float]:
    """Return the median and the worst of some runs in milliseconds."""
    times = [measure() * 1e3 for _ in range(_ROUNDS)]
    return {"median": round(statistics.median(times), 1), "worst": round(max(times), 1)}


def _describe_machine() -> dict[str, object]:
    return {
        "date": time.strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "pyoxigraph": ox.__version__,
        "kernel": platform.release(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    main()
