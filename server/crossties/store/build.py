"""Build a store from sources: every distinct triple once in the default graph, each file as a named graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from crossties.derivation.derive import derive
from crossties.errors import HostError
from crossties.quads import Parsed, parse_file


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
    parsed = _parse_all(listed, progress)
    try:
        target.mkdir(parents=True, exist_ok=True)
        store = ox.Store(str(target))
        stated, derived = fill(store, [quad for one in parsed for quad in one.quads])
        store.flush()
    except OSError as error:
        message = f"The store can't be written in {target}: {error}."
        raise HostError(
            message, mend="Free some space, or set CROSSTIES_HOME to a writable folder."
        ) from error
    return Built(files=len(listed), stated=stated, derived=derived)


def fill(store: ox.Store, quads: Sequence[ox.Quad]) -> tuple[int, int]:
    """Add the quads, every distinct triple once to the default graph too, then the convenience layer.

    Returns:
        How many triples of the default graph are stated, and how many derived.
    """
    stated = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    store.extend(quads)
    store.extend(stated)
    return len(stated), derive(store)


def _parse_all(sources: list[Source], progress: Progress | None) -> list[Parsed]:
    parsed = []
    for number, source in enumerate(sources, start=1):
        parsed.append(parse_file(source.path, graph=source.graph))
        if progress:
            progress("reading", number, len(sources))
    return parsed
