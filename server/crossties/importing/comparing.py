"""Compare what an import yields with what an earlier one left in a folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crossties.importing.building import Graphs
from crossties.namespaces import BASE, DCT, GRAPH
from crossties.quads import Quad, parse_file, to_text

_DOCUMENT: Final = re.compile(r'ct:readOn "([0-9-]{10})"')


@dataclass(frozen=True)
class Difference:
    """The things that only the new candidates describe, only the old ones, and both, but otherwise."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether both say the same."""
        return not (self.added or self.removed or self.changed)

    def __str__(self) -> str:
        """Write a line for each thing: ``+`` added, ``-`` removed, ``~`` changed."""
        marked = [("+", self.added), ("-", self.removed), ("~", self.changed)]
        return "".join(f"{mark} {iri.removeprefix(BASE)}\n" for mark, iris in marked for iri in iris)


def compare_graphs(folder: Path, graphs: Graphs) -> Difference:
    """Return how new candidates differ from the Turtle files of a folder, thing by thing.

    Raises:
        InputError: a file of the folder can't be read.
    """
    old = _things(quad for path in sorted(folder.rglob("*.ttl")) for quad in _read(folder, path))
    new = _things(graphs.quads())
    shared = old.keys() & new.keys()
    return Difference(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
        tuple(sorted(iri for iri in shared if old[iri] != new[iri])),
    )


def find_reading(folder: Path, slug: str, checksum: str) -> str | None:
    """Return the day on which an earlier import read the very same list, so that nothing changes."""
    path = folder / "evidence" / f"{slug}.ttl"
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    found = _DOCUMENT.search(text)
    return found[1] if found and checksum in text else None


def _read(folder: Path, path: Path) -> Iterable[Quad]:
    graph = GRAPH + path.relative_to(folder).with_suffix("").as_posix()
    return parse_file(path, graph=graph).quads


def _things(quads: Iterable[Quad]) -> dict[str, set[str]]:
    """Return what is said of each thing; on which day a file was made is no matter."""
    found: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value != DCT + "created":
            said = f"{to_text(quad.predicate)} {to_text(quad.object)}"
            found.setdefault(getattr(quad.subject, "value", ""), set()).add(said)
    return found
