"""A worker: one disposable process that evaluates queries on one read-only store, one at a time.

It is forked by the zygote, confined before its first request, and may be killed at any moment.
"""

from __future__ import annotations

import json
import os
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, NoReturn

import pyoxigraph as ox

from crossties.errors import CrosstiesError, HostError, QueryStoppedError
from crossties.formats import Format
from crossties.store.engine import Request, evaluate, open_store
from crossties.store.workers.closing import open_and_close, tie_to
from crossties.store.workers.frames import (
    FIRST_PIECE,
    LARGEST_PIECE,
    FrameReader,
    describe_error,
    pack_frame,
    read_request,
)

_RECEIVED: Final = 16_384
#: Where memory is short the kernel should take a worker, not the web process (-1000 to 1000).
_DIE_EARLY: Final = "700"


@dataclass(frozen=True)
class Order:
    """The worker that is wanted: its store, the seconds of CPU and bytes of memory that a query may use.

    ``confined`` False lets it run where no sandbox can be had.
    """

    store: str
    cpu_seconds: float
    memory_bytes: int
    confined: bool = True


def work(connection: socket.socket, order: Order, zygote: int) -> NoReturn:
    """Serve requests until the other side closes; the process ends here."""
    try:
        tie_to(zygote, die_early=_DIE_EARLY)
        store = prepare(order)
        connection.sendall(pack_frame(b"R"))
        _serve(connection, store, order.cpu_seconds)
        os._exit(0)
    except CrosstiesError as error:
        _send_error(connection, error)
    finally:
        # Whatever happens, a fork must never return into the zygote's loop
        os._exit(1)


def prepare(order: Order) -> ox.Store:
    """Open the store, then close every door but the one to its files."""
    folder = Path(order.store)
    return open_and_close(
        folder,
        partial(open_store, folder),
        memory_bytes=order.memory_bytes,
        complain=partial(_complain, order),
    )


def _complain(order: Order, error: OSError) -> None:
    if isinstance(error, FileNotFoundError):
        message = f"The store in {order.store} isn't there."
        raise HostError(message, mend="Run “crossties build” again.") from error
    if order.confined:
        message = f"Workers can't be confined on this machine: {error.strerror}."
        mend = "Use a Linux kernel with seccomp; on loopback alone CROSSTIES_SANDBOX=off runs without."
        raise HostError(message, mend=mend) from error


def _serve(connection: socket.socket, store: ox.Store, cpu_seconds: float) -> None:
    frames = FrameReader()
    while data := connection.recv(_RECEIVED):
        frames.feed(data)
        while frame := frames.next_frame():
            # The kernel ends the process when the time is over, in the midst of the engine's code
            signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
            _answer(connection, store, read_request(frame[1]))
            signal.setitimer(signal.ITIMER_PROF, 0)


def _answer(connection: socket.socket, store: ox.Store, request: Request) -> None:
    sink = _FrameSink(connection)
    try:
        evaluate(store, request, sink)
        sink.end()
    except CrosstiesError as error:
        _send_error(connection, error)
    except MemoryError:
        os.abort()
    except OSError as error:
        if isinstance(error, ConnectionError):
            raise
        what = f"The store can't be read: {error}."
        _send_error(connection, HostError(what, mend="Build it again with “crossties build”."))
    except Exception as error:  # noqa: BLE001 - whatever the engine raises, the asker is told and the service lives
        what = f"The engine failed: {error}."
        _send_error(connection, QueryStoppedError(what, mend="Ask in another way, and report the query."))


def _send_error(connection: socket.socket, error: CrosstiesError) -> None:
    with suppress(ConnectionError):
        connection.sendall(pack_frame(b"X", json.dumps(describe_error(error)).encode()))


class _FrameSink:
    """Join the serialiser's small pieces into frames; a small answer leaves in one system call."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._format = b""
        self._begun = False
        self._buffer = bytearray()
        self._full = FIRST_PIECE

    def start(self, chosen: Format) -> None:
        self._format = chosen.name.encode("ascii")

    def write(self, piece: bytes) -> int:
        self._buffer += piece
        if len(self._buffer) >= self._full:
            self._send(b"")
            self._full = min(2 * self._full, LARGEST_PIECE)
        return len(piece)

    def flush(self) -> None:
        """Wait for ``end``: a small answer and its end leave together."""

    def end(self) -> None:
        if self._begun:
            self._send(pack_frame(b"E"))
        else:
            self._connection.sendall(pack_frame(b"W", self._format, b"\n", self._buffer))

    def _send(self, tail: bytes) -> None:
        piece = pack_frame(b"D", self._buffer) if self._buffer else b""
        if not self._begun:
            piece = pack_frame(b"H", self._format) + piece
        self._connection.sendall(piece + tail if tail else piece)
        self._begun = True
        self._buffer.clear()
