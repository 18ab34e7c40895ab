"""Read the named graphs out of a built store: what the files said, and what was derived."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from crossties.store.engine import open_store


def read_named_graphs(path: Path) -> Iterator[ox.Quad]:
    """Yield every quad of every named graph; the default graph only repeats them.

    Raises:
        HostError: the store can't be opened.
    """
    store = open_store(path)
    for graph in store.named_graphs():
        yield from store.quads_for_pattern(None, None, None, graph)
