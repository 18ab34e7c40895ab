"""The shipped graph without an earlier state of what is checked: built once, and kept for the next check."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from crossties.resources import Content
from crossties.sheets.names import StoredNames
from crossties.store.base import Published, Together, hold_published
from crossties.store.build import Progress
from crossties.store.engine import ask_in_json, open_store
from crossties.validation.files import read_sources, shipped_files
from crossties.validation.incremental import Checker
from crossties.validation.surroundings import Surroundings
from crossties.versions import ensure_version


@contextmanager
def surround_shipped(
    replaced: Collection[str], content: Content, *, home: Path | None, progress: Progress | None = None
) -> Iterator[Surroundings]:
    """Make the graph around files: what is shipped, with and without the graphs that they take the place of.

    It is built below ``home``, so that checking the same file again costs no build; None keeps nothing.

    Raises:
        InputError: a shipped file is broken.
        HostError: ``home`` can't be written.
    """
    sources = shipped_files(content)
    kept = [source for source in sources if source.graph not in replaced]
    gone = list(read_sources([source for source in sources if source.graph in replaced]))
    with _folder(home) as folder:
        version = ensure_version(folder, kept, progress=progress)
        with version.hold():
            store, labels = open_store(version.store), version.labels()
            apart = Published(store)
            yield Surroundings(
                Together(apart, hold_published(gone)) if gone else apart,
                Checker(content.shapes),
                content,
                labels,
                StoredNames(labels, partial(ask_in_json, store)),
                {source.graph: str(source.path) for source in sources},
                apart,
            )


@contextmanager
def _folder(home: Path | None) -> Iterator[Path]:
    if home is not None:
        yield home / "checks"
        return
    with TemporaryDirectory(prefix="crossties-checks-") as folder:
        yield Path(folder)
