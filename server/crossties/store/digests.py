"""Remember what files hold, so that a start need not read them all again.

A digest is believed as long as the file has the size, the times and the number that it had when it was read.
The time of change can't be set by a program, so a file that was written and dated back is noticed. One that
changed just before it was read may change again within the same tick of the clock: it isn't remembered yet.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

#: A clock of a file system ticks at least as often as this.
_TICK: Final = 2 * 10**9
#: More files than this are not remembered: the list itself would take its time.
_MOST: Final = 50_000

_Entry = tuple[list[int], str]


class Digests:
    """The digests of files by their paths, kept in a file between one process and the next."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._known: dict[str, _Entry] = _load(kept)
        self._changed = False

    def read(self, path: Path) -> str:
        """Return the SHA-256 of a file.

        Raises:
            OSError: it can't be read.
        """
        seen = os.stat(path)  # noqa: PTH116 - hundreds of them at every start
        state = [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]
        name = os.path.abspath(path)  # noqa: PTH100
        known = self._known.get(name)
        if known and known[0] == state:
            return known[1]
        begun = time.time_ns()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if begun - max(seen.st_mtime_ns, seen.st_ctime_ns) > _TICK and len(self._known) < _MOST:
            self._known[name] = (state, digest)
            self._changed = True
        return digest

    def save(self) -> None:
        """Keep what was read; where that can't be written it is read again the next time."""
        if not self._changed:
            return
        making = self._kept.with_name(f".{self._kept.name}.{os.getpid()}")
        with suppress(OSError):
            making.write_text(json.dumps(self._known), encoding="utf-8")
            making.replace(self._kept)
        self._changed = False


def _load(kept: Path) -> dict[str, _Entry]:
    try:
        told = json.loads(kept.read_text(encoding="utf-8"))
        return {str(name): (list(state), str(digest)) for name, (state, digest) in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
