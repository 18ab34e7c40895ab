"""Keep answers, up to a number of bytes; what was not asked for longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from crossties.web.compression import pack, unpack

#: A longer answer is not kept: one of them would push out hundreds.
LONGEST: Final = 1 << 20
_OVERHEAD: Final = 600
#: A shorter one is kept as it is: it is sent from the cache in a fraction of the time.
_PACKED: Final = 16_384

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class Kept:
    """An answer that was kept: status and headers, and the body, packed where that saves something."""

    status: int
    headers: Headers
    body: bytes
    packed: bool

    def unpacked(self) -> bytes:
        """Return the body as it is sent."""
        return unpack(self.body) if self.packed else self.body

    @property
    def size(self) -> int:
        """Return about how many bytes it takes."""
        return len(self.body) + _OVERHEAD


class Cache:
    """Answers by what tells them apart: validator and encoding. Used from one event loop."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[tuple[str, str], Kept] = OrderedDict()
        self.size = self.hits = self.misses = 0

    def get(self, key: tuple[str, str]) -> Kept | None:
        """Return what is kept under the key."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found

    def put(self, key: tuple[str, str], status: int, headers: Headers, body: bytes) -> None:
        """Keep an answer as it was sent; one that was sent bare and long is packed."""
        if len(body) > LONGEST or self._limit < _OVERHEAD:
            return
        bare = not any(name == b"content-encoding" for name, _ in headers)
        packed = bare and len(body) > _PACKED
        kept = Kept(status, headers, pack(body) if packed else body, packed)
        before = self._kept.pop(key, None)
        self.size += kept.size - (before.size if before else 0)
        self._kept[key] = kept
        while self.size > self._limit and self._kept:
            _, gone = self._kept.popitem(last=False)
            self.size -= gone.size
