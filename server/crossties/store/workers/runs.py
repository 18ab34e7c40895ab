"""One query in one worker: how long it has kept whom waiting, why it was stopped, what its answer says."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections import deque
from enum import Enum
from typing import Final

from crossties.errors import BusyError, CrosstiesError, QueryStoppedError
from crossties.formats import ANY, Format
from crossties.settings import Settings
from crossties.store.engine import Request
from crossties.store.workers.frames import BrokenFrameError, FrameReader, pack_request, read_error
from crossties.store.workers.lease import End, Worker

#: Most answers fit into the first piece of memory; a larger one costs more to have than it saves.
_FIRST: Final = 16_384
_RECEIVED: Final = 262_144
_END_SECONDS: Final = 2.0
_OVERFLOWS: Final = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS)
_LESS: Final = "Ask for less: name a graph, add a LIMIT, or make a pattern more exact."


class Lane(Enum):
    """Where a query runs: a fast one is young, a slow one is not, a paused one waits for a slow place."""

    FAST = "fast"
    SLOW = "slow"
    PAUSED = "paused"


class Stop(Enum):
    """Why the web process killed a worker."""

    WALL = "wall"
    STALL = "stall"
    CROWDED = "crowded"


class Run:
    """A query that a worker evaluates: its reader sends and receives, the watcher pauses and kills it."""

    def __init__(self, worker: Worker, request: Request, *, client: str) -> None:
        self.worker = worker
        self.request = request
        self.client = client
        self.lane = Lane.FAST
        self.stop: Stop | None = None
        self.ended_well = False
        self.error: CrosstiesError | None = None
        self.format: Format | None = None
        self.pieces: deque[bytes] = deque()
        self.started = self._since = time.monotonic()
        self._waited = 0.0
        self._waiting = True
        self._frames = FrameReader()
        self._size = _FIRST

    def send(self) -> None:
        """Hand the query to the worker."""
        if self.worker.connection.gettimeout() is not None:
            self.worker.connection.settimeout(None)
        self.worker.connection.sendall(pack_request(self.request))

    async def send_async(self) -> None:
        """Hand the query to the worker, from an event loop; its socket nearly always takes it at once."""
        connection, packed = self.worker.connection, pack_request(self.request)
        if connection.gettimeout() is None:
            connection.settimeout(0.0)
        try:
            sent = connection.send(packed)
        except BlockingIOError:
            sent = 0
        if sent < len(packed):
            await asyncio.get_running_loop().sock_sendall(connection, packed[sent:])

    def receive(self) -> None:
        """Wait for more of the answer; on its failure ``error`` is set."""
        self._begin_waiting()
        try:
            data = self.worker.connection.recv(self._size)
        except OSError:
            data = b""
        finally:
            self._end_waiting()
        if data:
            self._size = _RECEIVED
            self._read(data)
        else:
            self.error = self._explain(self._end())

    async def receive_async(self) -> None:
        """Wait for more of the answer, from an event loop."""
        self._begin_waiting()
        try:
            data = await asyncio.get_running_loop().sock_recv(self.worker.connection, self._size)
        except OSError:
            data = b""
        finally:
            self._end_waiting()
        if data:
            self._size = _RECEIVED
            self._read(data)
        else:
            self.error = self._explain(await asyncio.to_thread(self._end))

    def explain_loss(self) -> CrosstiesError:
        """Return why the worker is gone."""
        return self._explain(self._end())

    def _end(self) -> End | None:
        try:
            return self.worker.end.result(_END_SECONDS)
        except TimeoutError:
            return None

    def _begin_waiting(self) -> None:
        self._since, self._waiting = time.monotonic(), True

    def _end_waiting(self) -> None:
        now = time.monotonic()
        self._waited += now - self._since
        self._since, self._waiting = now, False

    def _read(self, data: bytes) -> None:
        try:
            self._frames.feed(data)
            while frame := self._frames.next_frame():
                self._take(*frame)
        except (BrokenFrameError, ValueError, KeyError, TypeError):
            self.error = QueryStoppedError(
                "A worker sent what is no answer.", mend="Ask again, and report the query."
            )

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == b"W":
            name, _, body = payload.partition(b"\n")
            self.format = ANY[name.decode("ascii")]
            self.pieces.append(body)
            self.ended_well = True
        elif kind == b"H":
            self.format = ANY[payload.decode("ascii")]
        elif kind == b"D":
            self.pieces.append(payload)
        elif kind == b"E":
            self.ended_well = True
        elif kind == b"X":
            self.error = read_error(json.loads(payload))
            self.ended_well = True
        else:
            raise BrokenFrameError(kind)

    @property
    def seconds(self) -> float:
        """Return how long the query has kept its reader waiting."""
        return self._waited + (time.monotonic() - self._since if self._waiting else 0.0)

    @property
    def blocked(self) -> bool:
        """Say whether the worker waits for its reader, and so computes nothing."""
        return not self._waiting

    def overdue(self, settings: Settings) -> Stop | None:
        """Return the limit that the query has met: of waiting for it, or of waiting for its reader."""
        if self._waiting:
            return Stop.WALL if self.seconds > settings.wall_seconds else None
        return Stop.STALL if time.monotonic() - self._since > settings.stall_seconds else None

    def kill(self, why: Stop) -> None:
        """Stop the query; its reader finds out by the end of the connection."""
        self.stop = why
        self.worker.send_signal(signal.SIGKILL)

    def _explain(self, end: End | None) -> CrosstiesError:
        """Return the honest reason why the answer ends here."""
        if self.stop is Stop.CROWDED:
            what = "Too many slow queries are running."
            return BusyError(what, mend="Ask again in a few seconds, or ask for less.")
        what, mend = self._reason(end or End(0))
        return QueryStoppedError(what, mend=mend)

    def _reason(self, end: End) -> tuple[str, str]:
        """Say what happened and what to do about it."""
        order = self.worker.order
        if end.cancelled:
            return "The query was cancelled by the operator.", "Ask the operator why."
        if self.stop is Stop.WALL:
            took = f"{self.seconds:.0f} seconds on a busy service"
            return f"The query was stopped at its limit of time: it took {took}.", _LESS
        if self.stop is Stop.STALL:
            return "Nobody read the answer for too long.", "Read it without pauses."
        if end.code == -signal.SIGPROF:
            used = f"{order.cpu_seconds:g} seconds of CPU"
            return f"The query was stopped at its limit of time: it used {used}.", _LESS
        if end.code in _OVERFLOWS:
            most = f"{order.memory_bytes >> 20} MiB"
            return f"The query was stopped at its limit of memory: {most}, or of nesting.", _LESS
        name = signal.Signals(-end.code).name if -end.code in set(signal.Signals) else str(end.code)
        return f"The worker ended unexpectedly ({name}).", "Ask again; if it recurs, report the query."
