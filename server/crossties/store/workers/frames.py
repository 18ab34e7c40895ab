"""Frames between a web process and a worker: a type byte, the length (4 bytes, big-endian), the payload.

``Q`` a request; ``R`` ready; ``H`` the format of the answer, ``D`` a piece of it, ``E`` its good end; ``W`` a
whole small answer, its format before a line feed; ``X`` an error. A worker is not trusted: what it sends is
data, checked for length and kind.
"""

from __future__ import annotations

import marshal
import struct
from typing import Final

from crossties.errors import (
    CrosstiesError,
    HostError,
    Location,
    NotAcceptableError,
    QueryStoppedError,
    QuerySyntaxError,
    TooLargeError,
)
from crossties.store.engine import Request

#: Answers travel in pieces: a small one first, that it may come soon, and each twice as large as the last up
#: to what a socket holds.
FIRST_PIECE: Final = 32_768
LARGEST_PIECE: Final = 131_072
_HEAD: Final = struct.Struct("!cI")
_LONGEST: Final = 1 << 20
_FROM_WORKERS: Final = {
    kind.__name__: kind
    for kind in (HostError, NotAcceptableError, QueryStoppedError, QuerySyntaxError, TooLargeError)
}


#: An error as plain values.
Described = dict[str, str | int | None]


class BrokenFrameError(Exception):
    """The other side sent what is no frame."""


def pack_frame(kind: bytes, *parts: bytes | bytearray) -> bytes:
    """Return one frame of which the parts together are the payload."""
    return b"".join((_HEAD.pack(kind, sum(map(len, parts))), *parts))


class FrameReader:
    """Collect received bytes and hand out whole frames."""

    def __init__(self) -> None:
        self._received = b""
        self._at = 0

    def feed(self, data: bytes) -> None:
        """Take what was received."""
        rest = self._received[self._at :]
        self._received = rest + data if rest else data
        self._at = 0

    def next_frame(self) -> tuple[bytes, bytes] | None:
        """Return the next whole frame, or None while it isn't there yet.

        Raises:
            BrokenFrameError: a frame is longer than any worker's.
        """
        start = self._at + _HEAD.size
        if len(self._received) < start:
            return None
        kind, length = _HEAD.unpack_from(self._received, self._at)
        if length > _LONGEST:
            raise BrokenFrameError(length)
        if len(self._received) < start + length:
            return None
        self._at = start + length
        return kind, self._received[start : self._at]


def pack_request(request: Request) -> bytes:
    """Return the frame of a request."""
    told = (request.query, request.accept, request.format, request.default_graphs, request.named_graphs)
    return pack_frame(b"Q", marshal.dumps(told))


def read_request(payload: bytes) -> Request:
    """Return the request in a frame; workers trust the web process, which runs the same Python."""
    return Request(*marshal.loads(payload))  # noqa: S302


def describe_error(error: CrosstiesError) -> Described:
    """Return an error as plain values."""
    where = error.where or Location("")
    return {
        "error": type(error).__name__,
        "what": error.what,
        "mend": error.mend,
        "line": where.line,
        "column": where.column,
    }


def read_error(told: Described) -> CrosstiesError:
    """Return the error that a worker described; only what evaluating can raise is believed."""
    kind = _FROM_WORKERS.get(str(told["error"]), QueryStoppedError)
    line, column = told["line"], told["column"]
    where = Location("query", int(line), int(column or 1)) if line else None
    return kind(str(told["what"]), mend=str(told["mend"]), where=where)
