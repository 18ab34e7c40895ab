"""A copy of a published store in which graphs are rewritten before anything is published.

The copy shares the files of the store, so making one takes milliseconds at any size. Only what is stated is
kept true in it, and which document each cited passage is of: nothing else derived is looked at.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from crossties.errors import HostError
from crossties.store.base import CITING, Published, find_passages
from crossties.store.engine import open_store


class Draft:
    """A store that may be rewritten, graph by graph."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @property
    def published(self) -> Published:
        """Return the draft as it would be published now."""
        return Published(self._store)

    def rewrite(self, graph: str, quads: Sequence[ox.Quad]) -> None:
        """Let a graph state these quads and nothing else."""
        name = ox.NamedNode(graph)
        old, new = set(self._store.quads_for_pattern(None, None, None, name)), set(quads)
        for quad in old - new:
            self._remove(quad)
        if not new:
            self._store.remove_graph(name)
        added = new - old
        self._store.extend(added)
        self._store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in added)
        self._store.extend(find_passages(added))

    def _remove(self, quad: ox.Quad) -> None:
        self._store.remove(quad)
        stays = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
        if any(isinstance(other.graph_name, ox.NamedNode) for other in stays):
            return
        self._store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
        if quad.predicate in CITING and not self._is_cited(quad.object):
            for derived in find_passages([quad]):
                self._store.remove(derived)

    def _is_cited(self, passage: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> bool:
        return any(
            next(self._store.quads_for_pattern(None, citing, passage, ox.DefaultGraph()), None)
            for citing in CITING
        )


@contextmanager
def drafting(base: Path) -> Iterator[Draft]:
    """Give a draft of the store in the folder ``base``, beside it; it is gone after the block.

    Who calls this holds the lock of those who change the graph: what a dead one had begun is removed.

    Raises:
        HostError: the store can't be opened, or there is no room beside it.
    """
    beside = base.parent.parent
    for left in beside.glob(".draft-*"):
        shutil.rmtree(left, ignore_errors=True)
    # The engine may still write into an open store while it is removed: the next draft removes the rest
    with TemporaryDirectory(prefix=".draft-", dir=beside, ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "store"
        try:
            open_store(base).backup(str(copy))
            draft = Draft(ox.Store(str(copy)))
        except OSError as error:
            message = f"The store in {base} can't be copied: {error}."
            raise HostError(message, mend="Free some space.") from error
        yield draft
