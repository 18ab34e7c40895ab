"""A web process's lease: its connection to the zygote, over which it gets workers and hears of their end."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Final

from crossties.errors import CrosstiesError, HostError
from crossties.store.workers.frames import read_error
from crossties.store.workers.messages import Message, receive_message, send_message
from crossties.store.workers.worker import Order

_LONGEST_PAUSE: Final = 1.0
_ANSWER_SECONDS: Final = 5.0
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class End:
    """How a worker ended: a negative code is the signal that killed it."""

    code: int
    cancelled: bool = False


class Worker:
    """A worker that is ready: its socket, and the handle by which it and no other process is killed."""

    def __init__(self, pid: int, connection: socket.socket, handle: int, order: Order) -> None:
        self.pid = pid
        self.connection = connection
        self.order = order
        self.uses = 0
        self.end: Future[End] = Future()
        self._handle = handle
        self._lock = threading.Lock()

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the worker has ended."""
        with self._lock:
            if self._handle >= 0:
                with suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._handle, number)

    def dispose(self) -> None:
        """Kill it and let go of it; a second call does nothing."""
        self.send_signal(signal.SIGKILL)
        with self._lock:
            if self._handle >= 0:
                os.close(self._handle)
                self._handle = -1
        self.connection.close()


class Lease:
    """The connection, renewed when the zygote was started again.

    ``arrived`` is called with each worker, or with the error that there is none; ``ended`` with each that
    died; ``lost`` when the zygote died and every worker with it. All are called in the lease's own thread.
    """

    def __init__(
        self,
        address: Path,
        *,
        arrived: Callable[[Worker | CrosstiesError], None],
        ended: Callable[[Worker], None],
        lost: Callable[[], None],
    ) -> None:
        self._address = address
        self._arrived = arrived
        self._ended = ended
        self._lost = lost
        self._lock = threading.Lock()
        self._serials = count(1)
        self._orders: dict[int, Order] = {}
        self._asked: dict[int, Future[Message]] = {}
        self._workers: dict[int, Worker] = {}
        self._closed = threading.Event()
        self._connection = self._connect()
        self._thread = threading.Thread(target=self._read, name="crossties-lease", daemon=True)
        self._thread.start()

    def order(self, order: Order) -> None:
        """Ask for a worker; where the zygote is away, ``lost`` will be called and the order forgotten."""
        serial = next(self._serials)
        self._orders[serial] = order
        self._say({"do": "spawn", "serial": serial, "order": asdict(order)})

    def note_slow(self, worker: Worker, *, since: float, query: str, client: str) -> None:
        """Put a query on the list of running ones, and its worker behind the fast ones."""
        self._say({"do": "slow", "pid": worker.pid, "since": since, "query": query, "client": client})

    def ask(self, message: Message) -> Message:
        """Ask the zygote and return its answer.

        Raises:
            HostError: it does not answer.
        """
        serial = next(self._serials)
        answer: Future[Message] = Future()
        self._asked[serial] = answer
        self._say({**message, "serial": serial})
        try:
            return answer.result(_ANSWER_SECONDS)
        except TimeoutError as error:
            what = "The process that starts workers does not answer."
            raise HostError(what, mend="Ask again in a few seconds.") from error
        finally:
            self._asked.pop(serial, None)

    def close(self) -> None:
        """Give the lease up: the zygote kills its workers."""
        self._closed.set()
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        if threading.current_thread() is not self._thread:
            self._thread.join(_ANSWER_SECONDS)
        self._connection.close()

    def forget(self) -> None:
        """In a forked process: the lease is the parent's, so only let go of it."""
        self._closed.set()
        self._connection.close()

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            connection.connect(str(self._address))
        except OSError:
            connection.close()
            raise
        return connection

    def _say(self, message: Message) -> None:
        """Send, or leave it: the reading thread notices a broken connection and mends it."""
        with self._lock, suppress(OSError):
            send_message(self._connection, message)

    def _read(self) -> None:
        while not self._closed.is_set():
            try:
                received = receive_message(self._connection)
            except OSError:
                received = None
            if received:
                self._take(*received)
            elif not self._closed.is_set():
                self._renew()

    def _take(self, message: Message, descriptors: list[int]) -> None:
        if "exit" in message:
            worker = self._workers.pop(message["exit"], None)
            if worker:
                worker.end.set_result(End(message["code"], message["cancelled"]))
                self._ended(worker)
            return
        serial = message["serial"]
        asked = self._asked.get(serial)
        if asked:
            asked.set_result(message)
        elif "failed" in message:
            self._orders.pop(serial, None)
            self._arrived(read_error(message["failed"]))
        else:
            connection, handle = descriptors
            worker = Worker(
                message["pid"], socket.socket(fileno=connection), handle, self._orders.pop(serial)
            )
            self._workers[worker.pid] = worker
            self._arrived(worker)

    def _renew(self) -> None:
        """Connect to the dead zygote's successor under the same address."""
        _log.warning("the connection to the zygote broke; connecting again")
        with self._lock:
            self._connection.close()
        self._orders.clear()
        gone, self._workers = self._workers, {}
        for worker in gone.values():
            worker.end.set_result(End(-signal.SIGKILL))
        pause = 0.01
        while not self._closed.is_set():
            try:
                connection = self._connect()
            except OSError:
                time.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                continue
            with self._lock:
                self._connection = connection
            self._lost()
            return
