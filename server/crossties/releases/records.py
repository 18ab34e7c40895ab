"""The releases of an instance: frozen states of the graph, each in a folder that never changes."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from crossties.errors import HostError, NotFoundError, RequestError
from crossties.releases.files import DumpFile, read_files, write_dumps
from crossties.resources import Content
from crossties.versions import Version

_ID: Final = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]{0,62}[0-9A-Za-z])?")
_TAKEN: Final = frozenset({"latest", "current"})
_RECORD: Final = "release.json"
_LOCK: Final = Lock()


@dataclass(frozen=True)
class Release:
    """One release: ``digest`` is the SHA-256 of the sorted N-Quads, ``folder`` holds its files."""

    id: str
    created: str
    digest: str
    counts: dict[str, int]
    folder: Path

    @property
    def files(self) -> tuple[DumpFile, ...]:
        """Return its files."""
        return read_files(self.folder)


def create_release(
    home: Path, name: str, version: Version, content: Content, *, day: date | None = None
) -> Release:
    """Freeze a version under an id; its folder is there whole or not at all.

    Raises:
        RequestError: the id can't be used, or is used already.
        HostError: the home folder can't be written.
    """
    _check_id(name)
    target = home / "releases" / name
    if target.exists():
        message = f"There is a release “{name}” already."
        raise RequestError(message, mend="A release never changes: choose another id.")
    made = {"id": name, "created": (day or datetime.now(UTC).date()).isoformat()}
    _fill(target, version, content, made)
    return _read(target)


def list_releases(home: Path) -> list[Release]:
    """Return the releases, the newest first."""
    found = [_read(path.parent) for path in (home / "releases").glob(f"*/{_RECORD}")]
    return sorted(found, key=lambda one: (one.created, one.id), reverse=True)


def find_release(home: Path, name: str) -> Release:
    """Return the release with this id.

    Raises:
        NotFoundError: there is none.
    """
    known = {one.id: one for one in list_releases(home)}
    if name not in known:
        mend = f"The releases are: {', '.join(known)}." if known else "No release has been made yet."
        message = f"There is no release “{name}”."
        raise NotFoundError(message, mend=mend)
    return known[name]


def open_dumps(home: Path, version: Version, content: Content) -> Release:
    """Return the files of the present state, written the first time that they are asked for.

    Raises:
        HostError: the home folder can't be written.
    """
    dumps = home / "dumps"
    target = dumps / version.folder.name
    with _LOCK:
        if not (target / _RECORD).exists():
            _fill(target, version, content, {"id": "current", "created": _built(version)})
            for old in dumps.iterdir():
                if old != target and not (version.folder.parent / old.name).exists():
                    shutil.rmtree(old, ignore_errors=True)
    return _read(target)


def _fill(target: Path, version: Version, content: Content, made: dict[str, str]) -> None:
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        dumped = write_dumps(version, content, unfinished)
        files = [asdict(one) for one in dumped.files]
        record = {**made, "digest": dumped.digest, "counts": dumped.counts, "files": files}
        (unfinished / _RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        unfinished.rename(target)
    except OSError as error:
        message = f"The files can't be written in {target.parent}: {error.strerror or error}."
        raise HostError(
            message, mend="Free some space, or set CROSSTIES_HOME to a writable folder."
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _check_id(name: str) -> None:
    if not _ID.fullmatch(name) or name in _TAKEN:
        message = f"“{name}” can't be the id of a release."
        raise RequestError(message, mend="Use letters, digits, dots and hyphens, as in 2026-11 or 1.0.0.")


def _built(version: Version) -> str:
    """Return the day on which a version was built."""
    return datetime.fromtimestamp((version.folder / "version.json").stat().st_mtime, UTC).date().isoformat()


def _read(folder: Path) -> Release:
    told = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    return Release(told["id"], told["created"], told["digest"], told["counts"], folder)
