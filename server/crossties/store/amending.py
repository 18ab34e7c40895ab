"""Amend a store: some named graphs get other statements, and everything derived of them follows.

The base stays as it is; the new store shares its files. Only what a change reaches is derived and written;
where that can't be told, all is derived anew, in memory, and the difference is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from crossties.derivation.partial.deriving import Derived, derive_partly
from crossties.derivation.partial.sights import to_quad
from crossties.derivation.partial.units import NotBoundedError
from crossties.errors import HostError
from crossties.namespaces import DERIVED_GRAPH
from crossties.store.build import Built, fill
from crossties.store.engine import open_store
from crossties.store.names import COVERING, NAMING

_DEFAULT: Final = ox.DefaultGraph()
_DERIVED: Final = ox.NamedNode(DERIVED_GRAPH)


@dataclass(frozen=True)
class Rewritten:
    """A named graph with everything that it states from now on; without a quad the graph is gone."""

    graph: str
    quads: tuple[ox.Quad, ...]


@dataclass(frozen=True)
class Amended:
    """What an amendment made: the counts of the new store, and what it touched.

    Whatever has another name, or acts for another place or body, is among ``named`` and ``covering``, IRIs.
    Both are None where everything was derived anew, for the ``reason`` that is told. Counted as files are the
    named graphs but the derived one.
    """

    built: Built
    named: frozenset[str] | None = None
    covering: frozenset[str] | None = None
    reason: str | None = None


def amend(
    base: Path, target: Path, rewritten: Sequence[Rewritten], *, counts: Built | None = None
) -> Amended:
    """Write a store into the folder ``target`` that is ``base`` but for some graphs; ``base`` is a built one.

    ``counts`` are those of the base, which are counted if they aren't given.

    Raises:
        HostError: the base can't be opened, or the folder can't be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        before = open_store(base)
        before.backup(str(target))
        store = ox.Store(str(target))
        added, removed = _restate(store, before, rewritten)
        try:
            derived = derive_partly(before, added, removed)
        except NotBoundedError as error:
            amended = Amended(_derive_anew(store), reason=str(error))
        else:
            _write(store, derived)
            files = _count_graphs(store)
            built = _add_up(counts or _count(before), files, len(added) - len(removed), derived)
            amended = Amended(built, _find(derived, NAMING), _find(derived, COVERING))
        store.flush()
    except OSError as error:
        message = f"The store can't be written in {target}: {error}."
        raise HostError(
            message, mend="Free some space, or set CROSSTIES_HOME to a writable folder."
        ) from error
    return amended


def _restate(
    store: ox.Store, before: ox.Store, rewritten: Sequence[Rewritten]
) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """Write the named graphs; return which triples are stated for the first time, and which by none now."""
    come: set[ox.Quad] = set()
    gone: set[ox.Quad] = set()
    for graph, quads in {one.graph: one.quads for one in rewritten}.items():
        name = ox.NamedNode(graph)
        old, new = set(store.quads_for_pattern(None, None, None, name)), _write_as_stored(quads)
        come |= new - old
        gone |= old - new
        for quad in old - new:
            store.remove(quad)
        if not new:
            store.remove_graph(name)
    store.extend(come)
    added = {quad.triple for quad in come if not _is_stated(before, quad)}
    return added, {quad.triple for quad in gone if not _is_stated(store, quad)}


def _write_as_stored(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return quads as a store writes them, literals made canonical."""
    memory = ox.Store()
    memory.extend(quads)
    return set(memory)


def _is_stated(store: ox.Store, quad: ox.Quad) -> bool:
    return any(
        isinstance(found.graph_name, ox.NamedNode) and found.graph_name != _DERIVED
        for found in store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
    )


def _write(store: ox.Store, derived: Derived) -> None:
    for fact in derived.less:
        store.remove(to_quad(fact))
    for fact in derived.named_less:
        store.remove(to_quad(fact, _DERIVED))
    store.extend(map(to_quad, derived.more))
    store.extend(to_quad(fact, _DERIVED) for fact in derived.named_more)


def _find(derived: Derived, names: frozenset[ox.NamedNode]) -> frozenset[str]:
    """Return of what a triple with one of the predicates came or went."""
    subjects = (fact[0] for fact in derived.more | derived.less if fact[1] in names)
    return frozenset(subject.value for subject in subjects if isinstance(subject, ox.NamedNode))


def _count_graphs(store: ox.Store) -> int:
    return sum(1 for graph in store.named_graphs() if graph != _DERIVED)


def _count(store: ox.Store) -> Built:
    everything = sum(1 for _ in store.quads_for_pattern(None, None, None, _DEFAULT))
    derived = sum(1 for _ in store.quads_for_pattern(None, None, None, _DERIVED))
    return Built(_count_graphs(store), everything - derived, derived)


def _add_up(base: Built, files: int, stated: int, derived: Derived) -> Built:
    named = len(derived.named_more) - len(derived.named_less)
    return Built(files, base.stated + stated, base.derived + named)


def _derive_anew(store: ox.Store) -> Built:
    """Make a store what it would be if it were built of its named graphs."""
    stated = [
        quad
        for graph in store.named_graphs()
        if graph != _DERIVED
        for quad in store.quads_for_pattern(None, None, None, graph)
    ]
    wanted = ox.Store()
    counts = fill(wanted, stated)
    before, after = set(store), set(wanted)
    for quad in before - after:
        store.remove(quad)
    store.extend(after - before)
    return Built(len({quad.graph_name for quad in stated}), *counts)
