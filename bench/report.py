"""Write the recorded results as one Markdown page: for each run the goals and what was measured."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

_MAIN: Final = "crossties"
_HEAD: Final = """# Benchmarks

Written by `python bench/run.py` from the JSON files beside this one; do not edit. Ratios travel between
machines, figures don't. Every server holds the same triples. “Ratio” is how many times better crossties is
than the server of that row: above 1, crossties is better.
"""


def write_table(folder: Path) -> None:
    """Write ``README.md`` from every recorded run in the folder, the newest first."""
    runs = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("20*.json"), reverse=True)
    ]
    pages = "\n".join("\n".join(_tell_run(run)) for run in runs)
    (folder / "README.md").write_text(f"{_HEAD}\n{pages}\n", encoding="utf-8")


def _tell_run(run: dict[str, Any]) -> Iterator[str]:
    machine, graph = run["machine"], run["graph"]
    yield f"## {run['name']}, {machine['date']}"
    yield ""
    yield f"`{run['command']}`; {graph['stated']:,} stated and {graph['derived']:,} derived triples;"
    yield f"{machine['cpu']}, {machine['memory GB']} GB, Linux {machine['kernel']},"
    yield f"Python {machine['python']}, pyoxigraph {machine['pyoxigraph']}, load before the run"
    yield f"{machine['load before']}; one front process, two workers."
    yield ""
    yield from _tell_goals(run)
    yield from _tell_peers(run)
    if "lookups" in run:
        yield from _tell_lookups(run)
    for key in ("questions", "templates"):
        if run.get(key):
            yield from _tell_questions(run, key)


def _tell_goals(run: dict[str, Any]) -> Iterator[str]:
    rows = [
        (goal, wanted, told, "met" if good else "**missed**") for goal, wanted, told, good in _find_goals(run)
    ]
    yield from _table(("goal", "wanted", "measured", ""), rows)


def _find_goals(run: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    peers, lookups = run["peers"], run.get("lookups", {})
    if lookups:
        cost = lookups[_MAIN]["8"]["CPU µs"] / run["in process, CPU µs per lookup"]
        yield "lookup over HTTP, CPU ÷ in-process call", "≤ 2.0", f"{cost:.2f}", cost <= 2.0  # noqa: PLR2004
        for other, least in (("rdflib-endpoint", 10.0), ("oxigraph", 0.7)):
            for connections in ("8", "64"):
                if other in lookups:
                    ratio = (
                        lookups[_MAIN][connections]["per second"] / lookups[other][connections]["per second"]
                    )
                    goal = f"lookups per second ÷ {other}, {connections} connections"
                    yield goal, f"≥ {least:g}", f"{ratio:.2f}", ratio >= least
    for other in ("rdflib-endpoint", "fuseki"):
        yield from _find_question_goals(run, other)
    yield from _find_attack_goals(run)
    yield from _find_export_goals(run)
    start = peers[_MAIN]["start s"]
    yield "start to first answer", "≤ 0.5 s", f"{start:g} s", start <= 0.5  # noqa: PLR2004
    if "idle MB" in peers.get("rdflib-endpoint", {}):
        ratio = peers[_MAIN]["idle MB"] / peers["rdflib-endpoint"]["idle MB"]
        yield "idle memory ÷ rdflib-endpoint", "≤ 0.25", f"{ratio:.2f}", ratio <= 0.25  # noqa: PLR2004


def _find_question_goals(run: dict[str, Any], other: str) -> Iterator[tuple[str, str, str, bool]]:
    told_of = ((one["query"], _ratio(one, other, run)) for one in run.get("questions", []))
    ratios = {name: ratio for name, ratio in told_of if ratio is not None}
    if not ratios:
        return
    slower = sorted(name for name, ratio in ratios.items() if ratio < 1)
    told = f"{len(ratios) - len(slower)} of {len(ratios)}" + (f", not {', '.join(slower)}" if slower else "")
    yield f"questions faster than {other}", "every one", told, not slower
    if other == "rdflib-endpoint":
        mean = _mean(ratios.values())
        yield "questions ÷ rdflib-endpoint, geometric mean", "≥ 20", f"{mean:.1f}", mean >= 20  # noqa: PLR2004


def _find_attack_goals(run: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    attack = run.get("attack", {}).get(_MAIN)
    if not attack or not attack["attacked median ms"]:
        return
    ratio = attack["attacked median ms"] / attack["idle median ms"]
    yield "`ASK {}` under two attackers ÷ idle", "≤ 2", f"{ratio:.2f}", ratio <= 2  # noqa: PLR2004
    longest = float(max((one["seconds"] for one in attack["ends"]), default=0.0))
    statuses = ", ".join(sorted({str(one["status"]) for one in attack["ends"]}))
    told = f"{longest:g} s, status {statuses}"
    yield "any query ends (10 s of CPU, 30 s of wall)", "≤ 30.25 s", told, longest <= 30.25  # noqa: PLR2004


def _find_export_goals(run: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    export = run.get("export", {})
    if _MAIN not in export:
        return
    first = export[_MAIN]["first byte ms"]
    yield "export of 500k rows, first byte", "≤ 20 ms", f"{first:.1f} ms", first <= 20  # noqa: PLR2004
    if "oxigraph" in export:
        ratio = export[_MAIN]["CPU s"] / export["oxigraph"]["CPU s"]
        yield "export, CPU ÷ Rust server", "≤ 1.15", f"{ratio:.2f}", ratio <= 1.15  # noqa: PLR2004
    growth = export[_MAIN]["memory growth MB"]
    told = f"{growth:.0f} MB, answer {export[_MAIN]['MB']:.0f} MB"
    yield "export, growth of memory", "none by rows", told, growth < 20  # noqa: PLR2004


def _tell_peers(run: dict[str, Any]) -> Iterator[str]:
    rows = []
    agreed = run["agreement on lookups"]
    for name, told in run["peers"].items():
        if "missing" in told:
            rows.append((name, told["package"], f"not measured: {told['missing']}", "", "", ""))
        else:
            same = f"{agreed[name]} of {agreed['of']}" if name in agreed else ""
            rows.append(
                (name, told["package"], str(told["load s"]), str(told["start s"]), str(told["idle MB"]), same)
            )
    yield from _table(("server", "from", "load s", "start s", "idle MB", "same lookups"), rows)


def _tell_lookups(run: dict[str, Any]) -> Iterator[str]:
    lookups = run["lookups"]
    rows = []
    for name, by in lookups.items():
        row = [name]
        for connections in ("8", "64"):
            told = by[connections]
            ratio = (
                lookups[_MAIN][connections]["per second"] / told["per second"]
                if told["per second"]
                else math.inf
            )
            row += [f"{told['per second']:.0f}", f"{ratio:.2f}", f"{told['CPU µs']:.0f}"]
            row.append(f"{told['p50 ms']:.1f} / {told['p95 ms']:.1f} / {told['p99 ms']:.1f}")
        rows.append((*row, f"{by['8']['failed'] + by['64']['failed']:.0f}"))
    here = run["in process, CPU µs per lookup"]
    yield f"{run['distinct lookups']:,} distinct lookups; in process {here} µs of CPU each."
    yield ""
    head = (
        "server",
        "8: per s",
        "ratio",
        "CPU µs",
        "p50/95/99 ms",
        "64: per s",
        "ratio",
        "CPU µs",
        "p50/95/99 ms",
        "failed",
    )
    yield from _table(head, rows)


def _tell_questions(run: dict[str, Any], key: str) -> Iterator[str]:
    """Tell each query's milliseconds, a hyphen for no answer in time, a star where the answer differs."""
    names = [
        name for name in run["peers"] if any(name in one["ms"] or name in one["failed"] for one in run[key])
    ]
    means = [_mean(filter(None, (_ratio(one, name, run) for one in run[key]))) for name in names]
    yield f"{key.title()}, milliseconds over HTTP (-: no answer in time; empty: not asked; *: another answer)"
    yield ""
    rows = [
        (one["query"], str(one.get("rows", "")), *(_tell_time(one, name) for name in names))
        for one in run[key]
    ]
    rows.append(
        ("**ratio (geometric mean, unanswered counts as the limit)**", "", *(f"{mean:.1f}" for mean in means))
    )
    yield from _table(("query", "rows", *names), rows)


def _tell_time(one: dict[str, Any], name: str) -> str:
    if name in one["failed"]:
        return f"- ({one['failed'][name]})" if one["failed"][name] else "-"
    told = f"{one['ms'][name]:g}" if name in one["ms"] else ""
    return told + ("*" if name in one["differs"] else "")


def _ratio(one: dict[str, Any], other: str, run: dict[str, Any]) -> float | None:
    """Return how many times longer the other takes; what it left unanswered counts as long as was waited."""
    own, theirs = one["ms"].get(_MAIN), one["ms"].get(other)
    if theirs is None and one["failed"].get(other) == 0 and "limit s" in run:
        theirs = run["limit s"] * 1e3
    return None if own is None or theirs is None else theirs / own


def _mean(ratios: Iterable[float | None]) -> float:
    logs = [math.log(one) for one in ratios if one]
    return math.exp(sum(logs) / len(logs)) if logs else math.nan


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(head)
    yield f"| {' | '.join(titles)} |"
    yield f"| {' | '.join('---' for _ in titles)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
