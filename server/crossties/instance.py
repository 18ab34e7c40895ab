"""One instance: the settings, the shipped content and the store version that it answers from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from crossties import __version__
from crossties.errors import InputError, Location
from crossties.journal.database import Journal
from crossties.journal.state import Ground, ensure_state
from crossties.resources import Content, find_content
from crossties.settings import Settings
from crossties.store.build import Progress, Source
from crossties.versions import Version, folder_sources, shipped_sources, vocabulary_sources


@dataclass(frozen=True)
class Instance:
    """What commands and pages need to answer."""

    settings: Settings
    content: Content
    version: Version
    #: Tells the files that were given from every other choice of files; "" is the shipped data.
    choice: str = ""
    #: What versions are made of: vocabulary, files and journal; None where this version is all that is known.
    ground: Ground | None = None

    @property
    def home(self) -> Path:
        """Return the folder that holds the versions of this data, and the releases made of them."""
        return self.version.folder.parents[1]

    @property
    def announcements(self) -> Path:
        """Return the folder in which the newest version of this data is announced to all who serve them."""
        folder = self.home / "announced" / f"{__version__}{self.choice}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def open_instance(
    settings: Settings,
    *,
    files: Sequence[Path] = (),
    empty: bool = False,
    progress: Progress | None = None,
) -> Instance:
    """Return the instance on the shipped data, or on the vocabulary and the given files or folders alone.

    ``empty`` leaves the curated data out. A journal beside the versions says what was accepted on top
    of the files, and takes in what is new in them. The store version is built where it is missing.

    Raises:
        InputError: a file can't be read or parsed.
        HostError: the home folder can't be written.
    """
    content = find_content()
    fixed = vocabulary_sources(content)
    if files or empty:
        graphs = f"{settings.authority}graph/"
        curated = [source for path in files for source in _given(path, graphs)]
    else:
        curated = [source for source in shipped_sources(content) if source not in fixed]
    home, choice = _find_home(settings, files, is_shipped=not (files or empty))
    ground = Ground(home, _journal_of(home, choice), tuple(fixed), tuple(curated))
    return Instance(settings, content, ensure_state(ground, progress=progress), choice, ground)


def find_journal(settings: Settings, files: Sequence[Path] = ()) -> Journal:
    """Return the journal of the shipped data, or of these files, without building or making anything."""
    return _journal_of(*_find_home(settings, files, is_shipped=not files))


def _find_home(settings: Settings, files: Sequence[Path], *, is_shipped: bool) -> tuple[Path, str]:
    """Return where versions and journal are kept, and what tells the journal from those of other files."""
    return (settings.home, "") if is_shipped else (settings.home / "files", _name_choice(files))


def _journal_of(home: Path, choice: str) -> Journal:
    return Journal(home / f"journal{choice}.sqlite")


def _name_choice(files: Sequence[Path]) -> str:
    listed = "\0".join(sorted(str(path.resolve()) for path in files))
    return "-" + blake2b(listed.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _given(path: Path, graphs: str) -> list[Source]:
    if not path.is_dir():
        return [Source(path, f"{graphs}{path.stem}")]
    found = folder_sources(path, graphs=graphs)
    if not found:
        message = "The folder holds no Turtle file."
        raise InputError(message, where=Location(str(path)), mend="Name a folder with .ttl files in it.")
    return found
