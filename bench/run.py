"""Compare crossties with its peers in one interleaved run: ``python bench/run.py [--triples 250k]``.

The graph is generated (its size counts stated triples) and built once below ``bench/.graphs``; every peer is
loaded with the same default graph, stated and derived triples alike. Answers are compared before anything is
timed. Writes ``bench/results/<date>-<name>.json`` and the table ``bench/results/README.md``.

``CROSSTIES_REFERENCE`` names a folder with the sparqloscope templates and the twin-town list; without it both
are left out.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

import pyoxigraph as ox
from generate import generate, read_size
from machine import describe_machine
from measures import (
    Entrant,
    compare_answers,
    measure_export,
    measure_in_process,
    measure_lookups,
    measure_questions,
    measure_under_attack,
)
from peers import PEERS_BY_NAME, Peer, Running, UnavailableError, started, started_crossties
from report import write_table
from templates import find_reference, list_templates
from twin_towns import TWIN_QUERIES, read_twin_towns
from workload import Query, list_lookups, list_questions

from crossties.instance import Instance, open_instance
from crossties.settings import Settings

_HERE: Final = Path(__file__).parent
_GRAPHS: Final = _HERE / ".graphs"
_RESULTS: Final = _HERE / "results"
_PORT: Final = 9200
#: Above so many triples, filling the templates takes minutes.
_SAMPLE: Final = 150_000


def main() -> None:
    """Read the command line, run, and write the results."""
    given = _read_arguments()
    # Ended from outside, it ends the servers too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    instance, file = _prepare(given.triples, seed=given.seed)
    result: dict[str, Any] = {"name": given.name, "command": "python bench/run.py " + " ".join(sys.argv[1:])}
    result |= {
        "limit s": given.limit,
        "machine": describe_machine(),
        "graph": _describe(instance, given.triples),
    }
    with ExitStack() as stack:
        entrants, missing = _start(stack, instance, file, given)
        result["peers"] = {one.name: one.describe() for one in entrants} | missing
        for measured in _measure(entrants, instance, given):
            result |= measured
            _write(result, given.name)
        result["twin towns"] = _time_twin_towns()
        result["peers"] = {one.name: one.describe() for one in entrants} | missing
    _write(result, given.name)
    sys.stdout.write((_RESULTS / "README.md").read_text(encoding="utf-8"))


def _write(result: dict[str, Any], name: str) -> None:
    _RESULTS.mkdir(exist_ok=True)
    target = _RESULTS / f"{result['machine']['date']}-{name}.json"
    target.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_table(_RESULTS)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", default="25k", help="stated triples to generate, as in 100k or 1M")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="", help="the name of the result; the size where none is given")
    parser.add_argument("--peers", default=",".join(PEERS_BY_NAME), help="which peers, by name")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each load lasts")
    parser.add_argument("--rounds", type=int, default=3, help="how often each load is repeated")
    parser.add_argument(
        "--limit", type=float, default=10.0, help="seconds after which a question counts as unanswered"
    )
    parser.add_argument("--unanswered", type=int, default=4, help="so many, and a peer is asked no more")
    parser.add_argument("--attack", type=float, default=15.0, help="seconds of the attack")
    parser.add_argument("--skip", default="", help="leave out: questions,templates,lookups,attack,export")
    given = parser.parse_args()
    given.name = given.name or given.triples
    return given


def _prepare(size: str, *, seed: int) -> tuple[Instance, Path]:
    """Generate, build and dump the graph where that hasn't been done; return it and the N-Triples."""
    folder = _GRAPHS / size
    if not folder.exists():
        generate(folder, triples=read_size(size), seed=seed)
    instance = open_instance(Settings(home=_GRAPHS / f"home-{size}"), files=[folder])
    file = _GRAPHS / f"{size}-{instance.version.digest}.nt"
    if not file.exists():
        store = ox.Store.read_only(str(instance.version.store))
        store.dump(str(file), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return instance, file


def _time_twin_towns() -> dict[str, object]:
    """Ask the real list of twin towns in memory; it is not written anywhere."""
    folder = find_reference()
    if folder is None:
        return {}
    begun = time.perf_counter()
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in read_twin_towns(folder))
    told: dict[str, object] = {"triples": len(store), "load s": round(time.perf_counter() - begun, 2)}
    for query in TWIN_QUERIES:
        begun = time.perf_counter()
        rows = sum(1 for _ in cast("ox.QuerySolutions", store.query(query.text)))
        told[query.name] = {"ms": round((time.perf_counter() - begun) * 1e3, 1), "rows": rows}
    return told


def _describe(instance: Instance, size: str) -> dict[str, object]:
    counts = instance.version.counts()
    return {"generated": size, "stated": counts.stated, "derived": counts.derived}


def _start(
    stack: ExitStack, instance: Instance, file: Path, given: argparse.Namespace
) -> tuple[list[Entrant], dict[str, object]]:
    """Start crossties with and without its result cache, and every peer that can be had."""
    entrants, missing = [], dict[str, object]()
    for number, (name, cached) in enumerate((("crossties", False), ("crossties, cached", True))):
        running = started_crossties(
            name, instance.settings.home, _GRAPHS / given.triples, port=_PORT + number, cached=cached
        )
        entrants.append(Entrant(stack.enter_context(running)))
    for number, name in enumerate(filter(None, given.peers.split(","))):
        peer, own = PEERS_BY_NAME[name], stack.enter_context(ExitStack())
        again = partial(_start_again, own, peer, file.resolve(), _PORT + 10 + number)
        try:
            entrants.append(Entrant(again(), peer, again))
        except UnavailableError as error:
            missing[name] = {"package": peer.package, "missing": str(error)}
        sys.stderr.write(f"{name}: {missing.get(name, 'ready')}\n")
    return entrants, missing


def _start_again(own: ExitStack, peer: Peer, file: Path, port: int) -> Running:
    """End the peer where it runs, and start it."""
    own.close()
    return own.enter_context(started(peer, file, port=port, folder=_GRAPHS / "run" / peer.name))


def _measure(
    entrants: list[Entrant], instance: Instance, given: argparse.Namespace
) -> Iterator[dict[str, Any]]:
    """Measure one thing after the other; the attack comes last, some servers go on computing after it."""
    store = ox.Store.read_only(str(instance.version.store))
    lookups, skipped = list_lookups(store), given.skip.split(",")
    plain = [one for one in entrants if "cached" not in one.name]
    yield {"agreement on lookups": compare_answers(plain, lookups[:: max(1, len(lookups) // 20)])}
    if "lookups" not in skipped:
        in_process = measure_in_process(instance.version.store, lookups[:2000])
        loads = measure_lookups(entrants, lookups, seconds=given.seconds, rounds=given.rounds)
        yield {
            "distinct lookups": len(lookups),
            "in process, CPU µs per lookup": in_process,
            "lookups": loads,
        }
    rivals = [one for one in plain if one.name in {"crossties", "oxigraph"}]
    if "export" not in skipped:
        yield {"export": measure_export(rivals)}
    for name, choose in (("questions", _choose_questions), ("templates", _fill_templates)):
        if name not in skipped:
            told = []
            for one in measure_questions(plain, choose(store), limit=given.limit, most=given.unanswered):
                told.append(one)
                yield {name: told}
    if "attack" not in skipped:
        yield {"attack": {one.name: measure_under_attack(one, seconds=given.attack) for one in rivals}}


def _fill_templates(store: ox.Store) -> list[Query]:
    """Fill the templates from this store where it is small enough to be asked for every value."""
    sample = ox.Store()
    if sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph())) > _SAMPLE:
        return []
    sample.extend(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return list(list_templates(sample))


def _choose_questions(store: ox.Store) -> list[Query]:
    """Return each question once: as its example asks it, else open."""
    chosen: dict[str, Query] = {}
    for query in list_questions(store):
        name = query.name.partition(" ")[0]
        chosen[name] = replace(query, name=name)
    return list(chosen.values())


if __name__ == "__main__":
    main()
