"""Store versions: built from the content when it has changed, numbered, immutable, swapped in by a rename."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final

from crossties import __version__
from crossties.errors import HostError, InputError, Location
from crossties.namespaces import GRAPH
from crossties.resources import Content
from crossties.search.labels import Covers, Labels, Name, amend_index, write_index
from crossties.store.amending import Rewritten, amend
from crossties.store.build import Built, Progress, Source, build
from crossties.store.digests import Digests
from crossties.store.engine import open_store
from crossties.store.names import covers_of, names_of, read_covers, read_names

KEPT: Final = 3
#: The code that decides what is in a version: a change of it makes a new one.
_RULES: Final = tuple(Path(__file__).parent / folder for folder in ("derivation", "quads", "search", "store"))


@dataclass(frozen=True)
class Version:
    """One built version in its folder: the store, the label index, and what the build counted."""

    folder: Path

    @property
    def store(self) -> Path:
        """Return the folder of the triple store."""
        return self.folder / "store"

    def labels(self) -> Labels:
        """Open the label index."""
        return Labels(self.folder / "labels.sqlite")

    def hold(self) -> IO[str]:
        """Keep the folder from being forgotten for as long as the returned handle is open."""
        handle = (self.folder / "version.json").open(encoding="utf-8")
        fcntl.flock(handle, fcntl.LOCK_SH)
        return handle

    @property
    def number(self) -> int:
        """Return the number of the version; a later one is higher."""
        return int(self.folder.name.partition("-")[0])

    def counts(self) -> Built:
        """Return what the build counted."""
        return Built(**json.loads((self.folder / "version.json").read_text(encoding="utf-8")))

    @property
    def digest(self) -> str:
        """Return the digest of everything the version was built from."""
        return self.folder.name.partition("-")[2]


def shipped_sources(content: Content) -> list[Source]:
    """Return the vocabulary and the curated data as sources, each file with the graph that it is."""
    stems = sorted(content.ontology.glob("*.ttl"))
    ontology = [Source(path, f"{GRAPH}ontology/{path.stem}") for path in stems]
    return ontology + folder_sources(content.data)


def vocabulary_sources(content: Content) -> list[Source]:
    """Return the vocabulary and the theme scheme alone: what every graph needs, whoever's it is."""
    vocabulary = (GRAPH + "ontology/", GRAPH + "themes/")
    return [source for source in shipped_sources(content) if source.graph.startswith(vocabulary)]


def folder_sources(folder: Path, *, graphs: str = GRAPH) -> list[Source]:
    """Return the Turtle files below a folder; a file's graph is named by ``graphs`` and its path."""
    paths = sorted(folder.rglob("*.ttl"))
    return [Source(path, graphs + path.relative_to(folder).with_suffix("").as_posix()) for path in paths]


def ensure_version(
    home: Path, sources: Iterable[Source], *, digest: str = "", progress: Progress | None = None
) -> Version:
    """Return the version built from exactly these sources, building it where it isn't there.

    ``digest`` names the state where that is known by something else than the sources. A build happens beside
    the versions and is renamed into place: it is there whole or not at all.

    Raises:
        InputError: a source can't be read or parsed; the last good version stays.
        HostError: ``home`` can't be written.
    """
    listed = list(sources)
    name = digest or digest_state(listed, home=home)
    found = find_version(home, name)
    if found:
        return found
    with _locked(home):
        return find_version(home, name) or _put(home, name, lambda folder: _build(listed, folder, progress))


def amend_version(home: Path, base: Version, rewritten: Sequence[Rewritten], *, digest: str) -> Version:
    """Return the version that is ``base`` but for some named graphs, and is named by ``digest``.

    Raises:
        HostError: ``home`` can't be written.
    """
    with _locked(home), base.hold():
        return find_version(home, digest) or _put(
            home, digest, lambda folder: _amend(base, folder, rewritten)
        )


def digest_state(sources: Sequence[Source], *, home: Path, state: str = "") -> str:
    """Return what names the version built from these sources; ``state`` stands for more than is in them.

    The rules of derivation and the software's version are part of it. What the files hold is remembered in
    ``home``.
    """
    digests = Digests(home / "digests.json")
    hashed = hashlib.sha256(f"{__version__}{state}".encode())
    code = (path for folder in _RULES for path in sorted(folder.rglob("*")))
    rules = [Source(path, path.name) for path in code if path.suffix in {".rq", ".py"}]
    for source in [*sources, *rules]:
        try:
            told = digests.read(source.path)
        except OSError as error:
            message = f"The file can't be read: {error.strerror}."
            raise InputError(message, where=Location(str(source.path)), mend="Check the path.") from error
        hashed.update(f"{source.graph}\0{told}\n".encode())
    digests.save()
    return hashed.hexdigest()[:16]


def find_version(home: Path, digest: str) -> Version | None:
    """Return the version of this name, or None where it isn't built."""
    found = sorted((home / "versions").glob(f"[0-9]*-{digest}"))
    return Version(found[-1]) if found else None


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Let one process at a time build in this home."""
    try:
        (home / "versions").mkdir(parents=True, exist_ok=True)
        handle = (home / "lock").open("w")
    except OSError as error:
        message = f"The folder {home} can't be written: {error.strerror}."
        raise HostError(message, mend="Set CROSSTIES_HOME to a folder that you may write.") from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _build(sources: list[Source], folder: Path, progress: Progress | None) -> Built:
    built = build(sources, folder / "store", progress=progress)
    _index(folder)
    return built


def _amend(base: Version, folder: Path, rewritten: Sequence[Rewritten]) -> Built:
    amended = amend(base.store, folder / "store", rewritten, counts=base.counts())
    if amended.named is None or amended.covering is None:
        _index(folder)
        return amended.built
    store = open_store(folder / "store")
    amend_index(
        base.folder / "labels.sqlite",
        folder / "labels.sqlite",
        named=amended.named,
        names=(Name(*row) for row in names_of(store, amended.named)),
        renewed=Covers(amended.covering, tuple(covers_of(store, amended.covering))),
    )
    return amended.built


def _index(folder: Path) -> None:
    names = (Name(*row) for row in read_names(folder / "store"))
    write_index(folder / "labels.sqlite", names, read_covers(folder / "store"))


def _put(home: Path, digest: str, make: Callable[[Path], Built]) -> Version:
    """Let ``make`` fill a folder with store and label index, and put it among the versions."""
    versions = home / "versions"
    for left in versions.glob(".building-*"):
        shutil.rmtree(left, ignore_errors=True)
    unfinished = versions / f".building-{os.getpid()}"
    try:
        built = make(unfinished)
        _describe(unfinished, built)
        target = versions / f"{_next_number(versions):06d}-{digest}"
        unfinished.rename(target)
    except OSError as error:
        message = f"The version can't be written in {versions}: {error.strerror or error}."
        raise HostError(
            message, mend="Free some space, or set CROSSTIES_HOME to a writable folder."
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    _forget_old(versions)
    return Version(target)


def _describe(folder: Path, built: Built) -> None:
    (folder / "version.json").write_text(json.dumps(asdict(built)) + "\n", encoding="utf-8")


def _numbered(versions: Path) -> list[Path]:
    return sorted(path for path in versions.iterdir() if path.name[:1].isdigit())


def _next_number(versions: Path) -> int:
    numbered = _numbered(versions)
    return int(numbered[-1].name.partition("-")[0]) + 1 if numbered else 1


def _forget_old(versions: Path) -> None:
    """Keep the last few versions, and every older one that a process holds."""
    for old in _numbered(versions)[:-KEPT]:
        try:
            with (old / "version.json").open() as handle:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(old)
        except OSError:
            continue
