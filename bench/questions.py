"""Time every shipped question in this process's children: ``python bench/questions.py STORE [--limit 20]``.

Each question is asked open, with the parameters of its first example, and with each parameter alone, all with
values that much depends on. What takes over ``--over`` milliseconds is printed, slowest first.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox
from workload import Query, list_questions


@dataclass(frozen=True)
class Timed:
    """How long a query took in milliseconds (nothing: it was stopped), and how many rows it gave."""

    name: str
    milliseconds: float | None
    rows: int = 0


def time_query(store: Path, query: Query, *, limit: float) -> Timed:
    """Run the query in a child that opens the store; the child is killed after ``limit`` seconds."""
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_run, args=(store, query.text, there))
    child.start()
    there.close()
    try:
        answered = here.poll(limit)
        milliseconds, rows = here.recv() if answered else (None, 0)
    except EOFError:
        milliseconds, rows = None, 0
    child.kill()
    child.join()
    return Timed(query.name, milliseconds, rows)


def _run(store: Path, query: str, there: Connection) -> None:
    opened = ox.Store.read_only(str(store))
    times = []
    for _ in range(3):
        started = time.perf_counter()
        answer = opened.query(query)
        rows = sum(1 for _ in answer) if isinstance(answer, ox.QuerySolutions) else 1
        times.append((time.perf_counter() - started) * 1e3)
        if sum(times) > 1000:  # noqa: PLR2004 - a slow one needn't be asked thrice
            break
    there.send((round(min(times), 1), rows))


def main() -> None:
    """Time all of them and print the slow ones as a Markdown table, and all as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds after which a query is stopped")
    parser.add_argument("--over", type=float, default=50.0, help="print what takes more milliseconds")
    parser.add_argument("--json", type=Path, help="write all times into this file")
    given = parser.parse_args()
    store = ox.Store.read_only(str(given.store))
    queries = list(list_questions(store, every=True))
    del store
    timed = [time_query(given.store, query, limit=given.limit) for query in queries]
    timed.sort(key=lambda one: -(one.milliseconds or given.limit * 1e3))
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in timed], indent=1) + "\n", encoding="utf-8")
    slow = [one for one in timed if (one.milliseconds or given.limit * 1e3) > given.over]
    sys.stdout.write(
        f"{len(slow)} of {len(timed)} over {given.over:g} ms\n\n"
        "| question | ms | rows |\n| --- | --- | --- |\n"
    )
    for one in slow:
        told = f"{one.milliseconds:g}" if one.milliseconds is not None else f"> {given.limit * 1e3:g}"
        sys.stdout.write(f"| {one.name} | {told} | {one.rows} |\n")


if __name__ == "__main__":
    main()
