"""Kill whoever accepts contributions and takes them back, at any moment, and look at what is left.

Everything is imported once. Each round forks a process that accepts and takes back as fast as it can, ends it
with SIGKILL, and forks another that looks whether the journal holds together, nothing acknowledged is lost,
nothing is half merged, and the store says what the journal says.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.conftest import WORLD
from tests.contributions.conftest import GRAPHS, place

from crossties.contributions.acceptance import carry_out
from crossties.contributions.looking import to_canonical
from crossties.contributions.messages import Wish, require_ground
from crossties.instance import Instance, open_instance
from crossties.journal import (
    Journal,
    Judged,
    Offer,
    Person,
    add_contribution,
    find_contribution,
    last_entry,
    list_contributions,
    list_entries,
    read_present,
    verify,
)
from crossties.journal.state import stand
from crossties.namespaces import CT
from crossties.quads import RDF_SUFFIXES, iri, parse_bytes
from crossties.quads.canonical import digest
from crossties.settings import Settings
from crossties.store.base import open_published
from crossties.store.engine import Collected, Request, evaluate, open_store

OLGA = Person("Olga", "operator")
_WAITING = 4
_END = b"."
_PATIENCE = 120.0


@dataclass(frozen=True)
class Survived:
    """What a run of kills left: how many there were, and how many entries were acknowledged before them."""

    kills: int
    acknowledged: int
    entries: int


def survive(home: Path, kills: int, *, seed: int = 0) -> Survived:
    """Kill as often as that; raise where anything was lost or left half done."""
    chance = random.Random(seed)  # noqa: S311 - the moment of a kill is no secret
    acknowledged = 0
    _require(lambda _: _begin(home), -1)
    for number in range(kills):
        told = _kill(lambda out: _work(home, out), batches=chance.choice((0, 0, 1)), part=chance.random())
        acknowledged += len(told)
        _require(lambda _, told=told: _look(home, told), number)  # type: ignore[misc]
    return Survived(kills, acknowledged, len(list_entries(_journal(home))))


def _kill(act: Callable[[int], None], *, batches: int, part: float) -> list[int]:
    """Let a forked process act, then kill it; return what it acknowledged.

    It is killed in the midst of what follows so many batches, after a ``part`` of the time that one takes.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(lambda: act(writing))
    os.close(writing)
    data, started = b"", time.monotonic()
    for _ in range(batches):
        started = time.monotonic()
        while data.count(_END) <= batches - 1 and (piece := _read(reading, _PATIENCE)):
            data += piece
        _Pace.seconds = time.monotonic() - started
    time.sleep(part * _Pace.seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := _read(reading, 0):
        data += piece
    os.close(reading)
    return [int(line) for line in data.replace(_END, b"").split(b"\n")[:-1]]


def _read(reading: int, seconds: float) -> bytes:
    return os.read(reading, 65_536) if select.select([reading], [], [], seconds)[0] else b""


class _Pace:
    """How long the last batch took, from its process's start on: a busy machine is slower."""

    seconds = 1.0


def _require(act: Callable[[int], None], number: int) -> None:
    child = os.fork()
    if child == 0:
        _run(lambda: act(-1))
    _, status = os.waitpid(child, 0)
    if status:
        message = f"after kill {number + 1} the state is wrong: what the process wrote above says how"
        raise AssertionError(message)


def _run(act: Callable[[], None]) -> None:
    """End this process with 0 where nothing is raised; a fork must never return."""
    try:
        act()
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - told, then the process ends
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
    finally:
        os._exit(1)


def _begin(home: Path) -> None:
    stand(require_ground(_open(home)))


def _work(home: Path, out: int) -> None:
    """Accept and take back until the end, telling each entry once it is acknowledged."""
    instance = _open(home)
    journal = require_ground(instance).journal
    numbers = count(max((one.id for one in list_contributions(journal, limit=1)), default=0) + 1)
    for _ in count():
        while len(list_contributions(journal, state="waiting")) < _WAITING:
            _offer(journal, next(numbers))
        waiting = [one.id for one in list_contributions(journal, state="waiting")][:2]
        wishes = [Wish("accept", number, OLGA) for number in waiting]
        last = last_entry(journal)
        if last and last.number > 1 and last.number % 3 == 0:
            wishes.append(Wish("roll back", last.number, OLGA, forced=True))
        for done in carry_out(instance, wishes):
            if done.error:
                raise done.error
            if done.entry:
                os.write(out, b"%d\n" % done.entry.number)
        os.write(out, _END)


def _offer(journal: Journal, number: int) -> None:
    graph = f"{GRAPHS}places/town-{number}"
    made = f'<{graph}> dct:created "2026-11-22"^^xsd:date .'
    text = place(f"town-{number}", more=made).encode()
    quads = parse_bytes(text, rdf_format=RDF_SUFFIXES[".ttl"], graph=graph, origin="town.ttl").quads
    judged = Judged(0, conforms=True, report={"results": []}, difference={}, text=to_canonical(quads))
    add_contribution(journal, Offer("town.ttl", text, graph, "Aino"), judged)


def _look(home: Path, told: list[int]) -> None:
    """Raise where what was acknowledged is lost, is half merged, or the store says something else."""
    instance = _open(home)
    journal = require_ground(instance).journal
    verify(journal)
    entries = {entry.number: entry for entry in list_entries(journal)}
    assert set(told) <= set(entries), f"lost: {set(told) - set(entries)}"
    version, _ = stand(require_ground(instance))
    base = open_published(version.store)
    present = read_present(journal)
    for graph, wanted in present.items():
        assert digest(base.quads_of(graph)) == wanted, f"half merged: {graph}"
    fixed = (f"{GRAPHS}ontology/", f"{GRAPHS}themes/")
    shown = {graph for graph in base.graphs() if not graph.startswith(fixed)}
    assert shown == set(present), "the store has other graphs than the journal"
    for entry in entries.values():
        if entry.contribution:
            found = find_contribution(journal, entry.contribution)
            there = found.graph in present
            assert (found.state == "accepted") == there, f"{found.id} is {found.state}"
            assert _has_label(version.store, found.graph) == there, f"{found.graph} is not derived"


def _has_label(store: Path, graph: str) -> bool:
    town = iri(graph.replace("graph/places", "id/place"))
    sink = Collected()
    evaluate(open_store(store), Request(f"ASK {{ {town} <{CT}labelEn> ?label }}", format="json"), sink)
    return b"true" in sink.body


def _open(home: Path) -> Instance:
    return open_instance(Settings(home=home), files=[WORLD])


def _journal(home: Path) -> Journal:
    (path,) = (home / "files").glob("journal-*.sqlite")
    return Journal(path)
