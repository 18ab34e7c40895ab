"""What a client may use: seconds of queries and failed queries, both per minute.

The Wikidata rule: each client has a bucket that is full at first and fills again over a minute. The buckets
stand in a file that every web process maps, so that a client has one budget however many processes there are.
"""

from __future__ import annotations

import fcntl
import ipaddress
import mmap
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from math import ceil
from pathlib import Path
from typing import Final

from crossties.errors import BudgetError

_MINUTE: Final = 60.0
#: Key of the client (0 = free), seconds and errors spent, and when that was so.
_BUCKET: Final = struct.Struct("<Qddd")
_BUCKETS: Final = 8_192
_PROBES: Final = 8


@dataclass(frozen=True)
class Allowance:
    """What a client may use in a minute; None has no bound."""

    seconds: float | None
    errors: float | None


class Budget:
    """The buckets of all clients. ``name`` is what the client is told apart by: its address."""

    def __init__(self, path: Path, allowance: Allowance, *, clock: Callable[[], float] = time.time) -> None:
        self._allowance = allowance
        self._clock = clock
        self._lock = threading.Lock()
        with path.open("a+b") as file:
            file.truncate(_BUCKETS * _BUCKET.size)
            self._table = mmap.mmap(file.fileno(), _BUCKETS * _BUCKET.size)
        self._file = path.open("rb")

    def admit(self, name: str) -> None:
        """Return where the client has something left.

        Raises:
            BudgetError: it has spent its minute; the error says when to come back.
        """
        with self._locked():
            _, seconds, errors = self._read(name)
        _refuse_over("seconds of queries", seconds, self._allowance.seconds)
        _refuse_over("failed queries", errors + 1, self._allowance.errors)

    def charge(self, name: str, *, seconds: float, failed: bool) -> None:
        """Take what a query has used from the client's bucket."""
        with self._locked():
            at, spent, errors = self._read(name)
            _BUCKET.pack_into(self._table, at, _key(name), spent + seconds, errors + failed, self._clock())

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()
        self._file.close()

    def _read(self, name: str) -> tuple[int, float, float]:
        """Return where the client's bucket stands, and the seconds and errors in it after draining."""
        key, now = _key(name), self._clock()
        oldest, oldest_time = 0, float("inf")
        for probe in range(_PROBES):
            at = (key + probe) % _BUCKETS * _BUCKET.size
            found, seconds, errors, then = _BUCKET.unpack_from(self._table, at)
            if found == key:
                past = max(now - then, 0.0) / _MINUTE
                return (
                    at,
                    _drain(seconds, self._allowance.seconds, past),
                    _drain(errors, self._allowance.errors, past),
                )
            if then < oldest_time:
                oldest, oldest_time = at, then
        return oldest, 0.0, 0.0

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._lock:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)


def name_client(peer: str, forwarded: str, trusted: frozenset[str]) -> str:
    """Return the client's address: the last in X-Forwarded-For that no trusted proxy has, else the peer's.

    Who is not a trusted proxy can't name another client. IPv6 clients are told apart by their /64.
    """
    if not forwarded:
        return _network(peer)
    found = peer
    for hop in reversed([one.strip() for one in forwarded.split(",") if one.strip()]):
        if found not in trusted:
            break
        found = hop
    return _network(found)


@lru_cache(maxsize=1024)
def is_loopback(name: str) -> bool:
    """Say whether the client is on this machine."""
    try:
        return ipaddress.ip_network(name).is_loopback
    except ValueError:
        return name in {"", "localhost"}


@lru_cache(maxsize=1024)
def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return address if parsed.is_loopback else str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _refuse_over(what: str, spent: float, allowed: float | None) -> None:
    if allowed is None or spent <= allowed:
        return
    wait = max(ceil((spent - allowed) / allowed * _MINUTE), 1)
    message = f"You have used up your {allowed:g} {what} in a minute."
    raise BudgetError(message, mend=f"Come back in {wait} seconds.", retry_after=wait)


def _drain(spent: float, allowed: float | None, minutes: float) -> float:
    return max(spent - (allowed or 0.0) * minutes, 0.0)


def _key(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little") or 1
