"""The store version of what the journal says: found, made of the one before, or built anew."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from crossties.errors import HostError
from crossties.journal.curated import take_in
from crossties.journal.database import Journal
from crossties.journal.entries import last_entry, newest, read_texts
from crossties.journal.records import Entry
from crossties.journal.texts import read_text
from crossties.quads import RDF_SUFFIXES, parse_bytes
from crossties.store.amending import Rewritten
from crossties.store.build import Progress, Source
from crossties.store.digests import Digests
from crossties.versions import Version, amend_version, digest_state, ensure_version, find_version

_N_QUADS = RDF_SUFFIXES[".nq"]


@dataclass(frozen=True)
class Ground:
    """What the versions of an instance are made of.

    ``fixed`` are the sources that nobody contributes to, the vocabulary; ``curated`` the files of the data.
    """

    home: Path
    journal: Journal
    fixed: tuple[Source, ...]
    curated: tuple[Source, ...]


@contextmanager
def committing(ground: Ground) -> Iterator[None]:
    """Let one process at a time change the graph of this instance; who dies lets go of it.

    Raises:
        HostError: the home folder can't be written.
    """
    path = ground.journal.path.with_suffix(".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("w")
    except OSError as error:
        message = f"The folder {path.parent} can't be written: {error.strerror}."
        raise HostError(message, mend="Set CROSSTIES_HOME to a folder that you may write.") from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def ensure_state(ground: Ground, *, progress: Progress | None = None) -> Version:
    """Return the version of what journal and files say now; what is newer in the files becomes an entry.

    Without a journal the files are all there is. A version that is missing, because a process died between
    an entry and its version, is built anew.

    Raises:
        InputError: a file can't be read or parsed.
        HostError: the home folder can't be written.
    """
    if not ground.journal.exists:
        return ensure_version(ground.home, [*ground.fixed, *ground.curated], progress=progress)
    digests = Digests(ground.home / "digests.json")
    take_in(ground.journal, ground.curated, digests=digests, lock=lambda: committing(ground))
    digests.save()
    entry = last_entry(ground.journal)
    if entry is None:
        return ensure_version(ground.home, ground.fixed, progress=progress)
    return find_version(ground.home, _name(ground, entry)) or _rebuild(ground, progress)


def stand(ground: Ground) -> tuple[Version, int]:
    """Return the newest version with the number of its entry, 0 where nothing was ever entered.

    The files are looked at only where the journal has no entry yet: they make its first one.

    Raises:
        InputError: a file can't be read or parsed.
        HostError: the home folder can't be written.
    """
    entry = last_entry(ground.journal)
    if entry is None:
        if not ground.journal.exists:
            with ground.journal.writing():
                pass
        version, entry = ensure_state(ground), last_entry(ground.journal)
        return version, entry.number if entry else 0
    return find_version(ground.home, _name(ground, entry)) or _rebuild(ground, None), entry.number


def find_state(ground: Ground) -> tuple[Version, int] | None:
    """Return the newest version with the number of its entry, or None where something is to be made first."""
    entry = last_entry(ground.journal)
    version = find_version(ground.home, _name(ground, entry)) if entry else None
    return (version, entry.number) if version and entry else None


def amend_state(ground: Ground, base: Version, rewritten: Sequence[Rewritten]) -> Version:
    """Return the version of the newest entry, made of ``base``, that of the entry before these changes."""
    entry = last_entry(ground.journal)
    if entry is None:
        return base
    return amend_version(ground.home, base, rewritten, digest=_name(ground, entry))


def read_graph(journal: Journal, graph: str, digest: str | None) -> Rewritten:
    """Return a graph with the text of a digest; None is no such graph."""
    (text,) = read_texts(journal, [digest])
    if not text:
        return Rewritten(graph, ())
    parsed = parse_bytes(text, rdf_format=_N_QUADS, graph=graph, origin=graph)
    return Rewritten(graph, parsed.quads)


def _rebuild(ground: Ground, progress: Progress | None) -> Version:
    with TemporaryDirectory(prefix="crossties-journal-") as folder:
        entry, sources = _write_present(ground.journal, Path(folder))
        return ensure_version(
            ground.home, [*ground.fixed, *sources], digest=_name(ground, entry), progress=progress
        )


def _write_present(journal: Journal, folder: Path) -> tuple[Entry, list[Source]]:
    """Write every graph, as it is after the newest entry, into a file of its own."""
    sources = []
    with journal.reading() as database:
        entry = newest(database)
        rows = database.execute("SELECT graph, digest FROM present ORDER BY graph").fetchall()
        for number, (graph, digest) in enumerate(rows):
            path = folder / f"{number}.nq"
            path.write_bytes(read_text(database, digest))
            sources.append(Source(path, graph))
    assert entry is not None  # noqa: S101 - an entry never goes
    return entry, sources


def _name(ground: Ground, entry: Entry) -> str:
    return digest_state(ground.fixed, home=ground.home, state=entry.chain)
