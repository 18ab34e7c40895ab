"""Say to all who serve which version of the data stands now, so that the next request is answered from it.

Any process may announce: the one that serves after a rebuild, a web process or a command after an
acceptance. The folder is ``Instance.announcements``, the same for all who serve the same data from the same
home. It holds the path of the announced version in a file, and in another, which every process maps, how
often something was announced.

The path is written before the count, and looked at after it: once ``announce`` has returned, whoever looks
finds that version or a later one. To look costs a read of eight bytes of memory, so every request does.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from pathlib import Path
from typing import Final

_NAME: Final = "announced"
_COUNT: Final = struct.Struct("<Q")


def announce(folder: Path, version: Path) -> None:
    """Announce the folder of a version: from the return on every request that starts is answered from it.

    Raises:
        OSError: the folder is gone or can't be written.
    """
    with (folder / f"{_NAME}.count").open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with _map(file.fileno()) as table:
            making = folder / f"{_NAME}.new"
            making.write_text(str(version), encoding="utf-8")
            making.replace(folder / _NAME)
            _COUNT.pack_into(table, 0, _COUNT.unpack_from(table)[0] + 1)


class Announcements:
    """What is announced in a folder, for one process that listens."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _NAME
        with (folder / f"{_NAME}.count").open("a+b") as file:
            self._table = _map(file.fileno())

    @property
    def count(self) -> int:
        """Return how often something was announced; read it before the version, to miss none."""
        return int.from_bytes(self._table[: _COUNT.size], "little")

    def read(self) -> Path | None:
        """Return the folder of the version that was announced last, or None where none was."""
        try:
            return Path(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None


def _map(descriptor: int) -> mmap.mmap:
    if os.fstat(descriptor).st_size < _COUNT.size:
        os.ftruncate(descriptor, _COUNT.size)
    return mmap.mmap(descriptor, _COUNT.size)
