"""One instance: the settings, the shipped content and the store version that it answers from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crossties.errors import InputError, Location
from crossties.resources import Content, find_content
from crossties.settings import Settings
from crossties.store.build import Progress, Source
from crossties.versions import Version, ensure_version, folder_sources, shipped_sources, vocabulary_sources


@dataclass(frozen=True)
class Instance:
    """What commands and pages need to answer."""

    settings: Settings
    content: Content
    version: Version

    @property
    def home(self) -> Path:
        """Return the folder that holds the versions of this data, and the releases made of them."""
        return self.version.folder.parents[1]


def open_instance(
    settings: Settings,
    *,
    files: Sequence[Path] = (),
    empty: bool = False,
    progress: Progress | None = None,
) -> Instance:
    """Return the instance on the shipped data, or on the vocabulary and the given files or folders alone.

    ``empty`` leaves the curated data out. The store version is built where it is missing.

    Raises:
        InputError: a file can't be read or parsed.
        HostError: the home folder can't be written.
    """
    content = find_content()
    if files or empty:
        sources = vocabulary_sources(content) + [
            source for path in files for source in _given(path, f"{settings.authority}graph/")
        ]
        home = settings.home / "files"
    else:
        sources, home = shipped_sources(content), settings.home
    return Instance(settings, content, ensure_version(home, sources, progress=progress))


def _given(path: Path, graphs: str) -> list[Source]:
    if not path.is_dir():
        return [Source(path, f"{graphs}{path.stem}")]
    found = folder_sources(path, graphs=graphs)
    if not found:
        message = "The folder holds no Turtle file."
        raise InputError(message, where=Location(str(path)), mend="Name a folder with .ttl files in it.")
    return found
