"""Amend a store: some named graphs get other statements, and everything derived of them follows.

The base stays as it is; the new store shares its files. What the convenience layer is afterwards is computed
anew from all that is stated, in memory; only the difference is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from crossties.errors import HostError
from crossties.namespaces import DERIVED_GRAPH
from crossties.store.build import Built, fill
from crossties.store.engine import open_store

_DERIVED: Final = ox.NamedNode(DERIVED_GRAPH)


@dataclass(frozen=True)
class Rewritten:
    """A named graph with everything that it states from now on; without a quad the graph is gone."""

    graph: str
    quads: tuple[ox.Quad, ...]


def amend(base: Path, target: Path, rewritten: Sequence[Rewritten]) -> Built:
    """Write a store into the folder ``target`` that is ``base`` but for some graphs; ``base`` is a built one.

    Returns:
        The counts of the new store; its named graphs but the derived one count as files.

    Raises:
        HostError: the base can't be opened, or the folder can't be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        open_store(base).backup(str(target))
        store = ox.Store(str(target))
        stated = _restate(store, rewritten)
        wanted = ox.Store()
        counts = fill(wanted, stated)
        _bring_about(store, wanted)
        store.flush()
    except OSError as error:
        message = f"The store can't be written in {target}: {error}."
        raise HostError(
            message, mend="Free some space, or set CROSSTIES_HOME to a writable folder."
        ) from error
    return Built(len({quad.graph_name for quad in stated}), *counts)


def _restate(store: ox.Store, rewritten: Sequence[Rewritten]) -> list[ox.Quad]:
    """Return every stated quad as it is to be."""
    left = {ox.NamedNode(one.graph) for one in rewritten} | {_DERIVED}
    kept = [
        quad
        for graph in store.named_graphs()
        if graph not in left
        for quad in store.quads_for_pattern(None, None, None, graph)
    ]
    return [*kept, *(quad for one in rewritten for quad in one.quads)]


def _bring_about(store: ox.Store, wanted: ox.Store) -> None:
    """Make one store equal to another by the least change."""
    before, after = set(store), set(wanted)
    for quad in before - after:
        store.remove(quad)
    store.extend(after - before)
    for graph in set(store.named_graphs()) - set(wanted.named_graphs()):
        store.remove_graph(graph)
