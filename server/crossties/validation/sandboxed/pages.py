"""Pages of memory that every worker writes to: copied all at once ahead of its work, not one by one in it.

A forked process shares the pages of the one that it came from until it writes to them, and Python writes to
whatever it looks at. A check touches some four thousand pages, each with a fault of its own; which ones is
found once, by a check in a process that tells them and ends.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

_SIZE: Final = resource.getpagesize()
#: madvise(2): makes pages writable at once, since Linux 5.14.
_POPULATE_WRITE: Final = 23
#: pagemap(5): a word for each page; the bits of one that is there, and of one that no other process maps.
_WORD: Final = struct.Struct("<Q")
_THERE_AND_OWN: Final = 1 << 63 | 1 << 56
_libc: Final = ctypes.CDLL(None)


def find_written(work: Callable[[], object]) -> tuple[range, ...]:
    """Return the addresses that ``work`` writes to, done in a fork of this process, if the kernel tells."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            work()
            with os.fdopen(writing, "wb") as told:
                told.write(b"".join(_WORD.pack(page) for page in _own_pages()))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as telling:
        pages = [page for (page,) in _WORD.iter_unpack(telling.read())]
    os.waitpid(pid, 0)
    return tuple(range(found.start * _SIZE, found.stop * _SIZE) for found in _join(pages))


def copy_ahead(written: Sequence[range]) -> None:
    """Make these addresses this process's own; what the kernel can't do is done later, page by page."""
    for one in written:
        _libc.madvise(ctypes.c_void_p(one.start), ctypes.c_size_t(len(one)), _POPULATE_WRITE)


def _own_pages() -> Iterator[int]:
    """Yield the numbers of the writable pages that this process alone maps, in their order."""
    with suppress(OSError), Path("/proc/self/pagemap").open("rb", buffering=0) as map_of_pages:
        for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
            span, rights, *rest = line.split()
            if not rights.startswith("rw") or rest[-1] == "[stack]":
                continue
            first, last = (int(end, 16) // _SIZE for end in span.split("-"))
            map_of_pages.seek(first * _WORD.size)
            words = map_of_pages.read((last - first) * _WORD.size)
            for number, (word,) in enumerate(_WORD.iter_unpack(words), first):
                if word & _THERE_AND_OWN == _THERE_AND_OWN:
                    yield number


def _join(pages: Sequence[int]) -> list[range]:
    found: list[range] = []
    for page in pages:
        if found and found[-1].stop == page:
            found[-1] = range(found[-1].start, page + 1)
        else:
            found.append(range(page, page + 1))
    return found
