"""Build a store from sources: every distinct triple once in the default graph, each file as a named graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from crossties.derivation.derive import derive
from crossties.errors import HostError
from crossties.namespaces import DERIVED_GRAPH
from crossties.quads import Parsed, parse_file

_DERIVED: Final = ox.NamedNode(DERIVED_GRAPH)
#: So many quads are written at once; ten times as many take a gigabyte.
_BATCH: Final = 100_000


@dataclass(frozen=True)
class Source:
    """A file and the named graph that it is."""

    path: Path
    graph: str


@dataclass(frozen=True)
class Built:
    """What a build made: counts of files, of stated and of derived triples in the default graph."""

    files: int
    stated: int
    derived: int


Progress = Callable[[str, int, int], None]


def build(sources: Iterable[Source], target: Path, *, progress: Progress | None = None) -> Built:
    """Parse the sources, write the store into the folder ``target`` and derive the convenience layer.

    Raises:
        InputError: a source can't be read or parsed.
        HostError: the folder can't be written.
    """
    listed = list(sources)
    quads = [quad for one in _parse_all(listed, progress) for quad in one.quads]
    # Derived on the disk, step by step, a store takes seven times as long
    memory = ox.Store()
    stated = _state(memory, quads)
    derived = derive(memory)
    try:
        target.mkdir(parents=True, exist_ok=True)
        store = ox.Store(str(target))
        everything = chain(quads, _name_derived(memory, stated), memory)
        while batch := list(islice(everything, _BATCH)):
            store.bulk_extend(batch)
        # Files as bulk loading leaves them overlap, and look-ups take many times as long
        store.optimize()
        store.flush()
    except OSError as error:
        message = f"The store can't be written in {target}: {error}."
        raise HostError(
            message, mend="Free some space, or set CROSSTIES_HOME to a writable folder."
        ) from error
    return Built(files=len(listed), stated=len(stated), derived=derived)


def fill(store: ox.Store, quads: Sequence[ox.Quad]) -> tuple[int, int]:
    """Add the quads, every distinct triple once to the default graph too, then the convenience layer.

    Returns:
        How many triples of the default graph are stated, and how many derived.
    """
    stated = _state(store, quads)
    derived = derive(store)
    store.extend([*_name_derived(store, stated), *quads])
    return len(stated), derived


def _state(store: ox.Store, quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Add the quads to the default graph; return them as the store writes them, literals made canonical."""
    store.extend({ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads})
    return set(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def _name_derived(store: ox.Store, stated: AbstractSet[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield what stands in the default graph and is not stated, as quads of ``graph/derived``."""
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if quad not in stated:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, _DERIVED)


def _parse_all(sources: list[Source], progress: Progress | None) -> list[Parsed]:
    parsed = []
    for number, source in enumerate(sources, start=1):
        parsed.append(parse_file(source.path, graph=source.graph))
        if progress:
            progress("reading", number, len(sources))
    return parsed
