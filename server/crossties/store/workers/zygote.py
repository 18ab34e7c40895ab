"""The zygote: a fresh, single-threaded process that forks workers and reaps them.

``python -m crossties.store.workers.zygote LISTENER LIFELINE``: the descriptors of a listening SOCK_SEQPACKET
socket and of a pipe whose end says that the supervisor is gone. Each connection is the lease of a web
process: when it ends, the workers forked for it are killed. When the zygote ends, the kernel kills every
worker.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from crossties.errors import HostError
from crossties.store.workers.frames import FrameReader, describe_error, read_error
from crossties.store.workers.messages import SHOWN_QUERIES, Message, receive_message, send_message
from crossties.store.workers.worker import Order, work

#: Slow work yields to fast work on a busy machine.
_SLOW_NICENESS: Final = 15


@dataclass(eq=False)
class _Child:
    """A worker as the zygote knows it: whose it is, and what the operator may read about its slow query."""

    pid: int
    lease: socket.socket
    serial: int
    ours: socket.socket
    ready: bool = False
    cancelled: bool = False
    slow: Message = field(default_factory=dict)


class Zygote:
    """The loop over listener, leases, workers that are not ready yet, and ended children."""

    def __init__(self, listener: socket.socket, lifeline: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._children: dict[int, _Child] = {}
        self._leases: set[socket.socket] = set()
        self._wake, wake = socket.socketpair()
        self._wake.settimeout(0.0)
        wake.settimeout(0.0)
        self._waker = wake
        self._listener = listener
        self._lifeline = lifeline
        self._alive = True
        signal.set_wakeup_fd(wake.fileno())
        self._watch(listener, self._accept)
        self._watch(lifeline, self._end)
        self._watch(self._wake, self._reap)

    def run(self) -> None:
        """Work until the supervisor is gone."""
        while self._alive:
            for key, _ in self._selector.select():
                if key.fd in self._selector.get_map():
                    key.data()

    def _watch(self, source: socket.socket | int, action: Callable[[], None]) -> None:
        self._selector.register(source, selectors.EVENT_READ, action)

    def _end(self) -> None:
        self._alive = False

    def _accept(self) -> None:
        lease, _ = self._listener.accept()
        self._leases.add(lease)
        self._watch(lease, lambda: self._listen(lease))

    def _listen(self, lease: socket.socket) -> None:
        try:
            received = receive_message(lease)
        except OSError:
            received = None
        if received is None:
            self._drop(lease)
            return
        actions = {"spawn": self._spawn, "slow": self._note_slow, "list": self._list, "cancel": self._cancel}
        actions[received[0]["do"]](lease, received[0])

    def _drop(self, lease: socket.socket) -> None:
        """Kill the workers of a web process that is gone: they have nobody to work for."""
        if lease in self._leases:
            self._leases.discard(lease)
            self._selector.unregister(lease)
            lease.close()
        for child in self._children.values():
            if child.lease is lease:
                os.kill(child.pid, signal.SIGKILL)

    def _tell(self, lease: socket.socket, message: Message, descriptors: tuple[int, ...] = ()) -> None:
        """Send; a web process that does not read loses its lease rather than hold up the others."""
        if lease not in self._leases:
            return
        lease.settimeout(0.0)
        try:
            send_message(lease, message, descriptors)
        except OSError:
            self._drop(lease)
        else:
            lease.settimeout(None)

    def _spawn(self, lease: socket.socket, message: Message) -> None:
        order = Order(**message["order"])
        ours, theirs = socket.socketpair()
        zygote = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            ours.close()
            theirs.close()
            refusal = HostError(
                f"No worker can be started: {error.strerror}.", mend="Look at the limits of processes."
            )
            self._tell(lease, {"serial": message["serial"], "failed": describe_error(refusal)})
            return
        if pid == 0:
            ours.close()
            self._shed()
            work(theirs, order, zygote)
        theirs.close()
        child = _Child(pid, lease, message["serial"], ours)
        self._children[pid] = child
        self._watch(ours, lambda: self._hand_over(child))

    def _shed(self) -> None:
        """In the fork: let go of everything that is the zygote's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(self._lifeline)
        for held in (self._listener, self._wake, self._waker, *self._leases):
            held.close()
        for child in self._children.values():
            child.ours.close()
        self._selector.close()
        os.dup2(0, 1)
        os.dup2(0, 2)

    def _hand_over(self, child: _Child) -> None:
        """Send a worker that is ready to its web process, or say why there is none."""
        self._selector.unregister(child.ours)
        frames = FrameReader()
        with child.ours as ours:
            with suppress(ConnectionError):
                frames.feed(ours.recv(65_536))
            kind, payload = frames.next_frame() or (b"", b"")
            if kind == b"R":
                child.ready = True
                handle = os.pidfd_open(child.pid)
                told = {"serial": child.serial, "pid": child.pid}
                self._tell(child.lease, told, (ours.fileno(), handle))
                os.close(handle)
                return
        unknown = HostError("A worker ended before it was ready.", mend="Look at the memory of the machine.")
        error = read_error(json.loads(payload)) if kind == b"X" else unknown
        self._tell(child.lease, {"serial": child.serial, "failed": describe_error(error)})

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            self._wake.recv(4_096)
        while self._children:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            child = self._children.pop(pid)
            if child.ready:
                code = os.waitstatus_to_exitcode(status)
                self._tell(child.lease, {"exit": pid, "code": code, "cancelled": child.cancelled})

    def _note_slow(self, _: socket.socket, message: Message) -> None:
        child = self._children.get(message["pid"])
        if child:
            child.slow = {
                "id": child.pid,
                "since": message["since"],
                "query": message["query"],
                "client": message["client"],
            }
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, child.pid, _SLOW_NICENESS)

    def _list(self, lease: socket.socket, message: Message) -> None:
        slow = [child.slow for child in self._children.values() if child.slow]
        slow.sort(key=lambda told: float(told["since"]))
        self._tell(lease, {"serial": message["serial"], "queries": slow[:SHOWN_QUERIES], "now": time.time()})

    def _cancel(self, lease: socket.socket, message: Message) -> None:
        child = self._children.get(message["pid"])
        found = child is not None and bool(child.slow)
        if child and found:
            child.cancelled = True
            os.kill(child.pid, signal.SIGKILL)
        self._tell(lease, {"serial": message["serial"], "cancelled": found})


def main() -> None:
    """Run until the supervisor is gone; its signals are its own business."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    listener = socket.socket(fileno=int(sys.argv[1]))
    listener.settimeout(None)
    gc.collect()
    gc.freeze()
    Zygote(listener, int(sys.argv[2])).run()


if __name__ == "__main__":
    main()
