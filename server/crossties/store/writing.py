"""A store that may be written: one writer process, and a snapshot after every change for the readers.

Readers never see a store that is being written. A change that is stopped at a limit takes its writer along
and leaves no trace: the next writer starts from the last snapshot (docs/decisions tells why).
"""

from __future__ import annotations

import fcntl
import json
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedRWPair
from pathlib import Path
from typing import IO, Any, Final

from crossties import errors
from crossties.errors import CrosstiesError, HostError, Location, QueryStoppedError
from crossties.settings import Settings
from crossties.store.workers.launch import launch

#: Snapshots that stay, for workers that are being started on one of them.
KEPT: Final = 8
_MODULE: Final = "crossties.store.writer"
_START_SECONDS: Final = 20.0
_END_SECONDS: Final = 5.0


@dataclass(frozen=True)
class Write:
    """A change: ``update`` of the store, or ``put``, ``post``, ``delete`` or ``patch`` of one graph.

    ``graph`` "" is the default graph. ``formats`` names the syntax of each of the ``bodies``; an update is a
    body too. ``default_graphs`` and ``named_graphs`` are the dataset of an update's patterns.
    """

    do: str
    bodies: tuple[bytes, ...] = ()
    formats: tuple[str, ...] = ()
    graph: str = ""
    base: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """What became of a change: whether a graph came into being, and the snapshot that holds it all."""

    created: bool
    snapshot: Path


class Writer:
    """The one that changes the store in ``folder``; ``published`` is told each new snapshot.

    A folder that holds snapshots already is continued from the last of them.
    """

    def __init__(self, folder: Path, settings: Settings, *, published: Callable[[Path], None]) -> None:
        self._folder = folder
        self._settings = settings
        self._published = published
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stream: BufferedRWPair | None = None
        self._hold = _hold(folder)
        self._snapshot = max((int(one.name) for one in folder.glob("[0-9]*")), default=0)
        self._start()
        self._snapshot = self._snapshot or 1

    @property
    def snapshot(self) -> Path:
        """Return the folder of the last snapshot."""
        return self._folder / f"{self._snapshot:08d}"

    def write(self, change: Write) -> Written:
        """Carry a change out, whole or not at all, and publish the snapshot that holds it.

        Raises:
            CrosstiesError: it was refused; the store is as it was.
            QueryStoppedError: it met a limit of time or memory; the store is as it was.
        """
        with self._lock:
            told = self._ask(change)
            if "error" in told:
                raise _read_error(told)
            self._snapshot = int(told["snapshot"])
            self._published(self.snapshot)
            self._forget_old()
            return Written(bool(told["created"]), self.snapshot)

    def close(self) -> None:
        """End the writer; the snapshots stay."""
        with self._lock:
            self._end()
            self._hold.close()

    def _ask(self, change: Write) -> dict[str, Any]:
        if self._process is None or self._process.poll() is not None:
            self._start()
        head = {
            "do": change.do,
            "graph": change.graph,
            "base": change.base,
            "formats": change.formats,
            "default_graphs": change.default_graphs,
            "named_graphs": change.named_graphs,
            "sizes": [len(body) for body in change.bodies],
        }
        assert self._stream is not None  # noqa: S101 - _start has set it
        try:
            self._stream.write(json.dumps(head).encode() + b"\n")
            self._stream.writelines(change.bodies)
            self._stream.flush()
            line = self._stream.readline()
        except (OSError, ValueError):
            line = b""
        if not line:
            raise self._explain_end()
        return dict(json.loads(line))

    def _start(self) -> None:
        """Start a writer on the last snapshot; what a dead one had begun is forgotten."""
        self._end()
        for newer in self._folder.glob("[0-9]*"):
            if int(newer.name) > self._snapshot:
                shutil.rmtree(newer, ignore_errors=True)
        ours, theirs = socket.socketpair()
        with theirs:
            settings = self._settings
            arguments = (
                theirs.fileno(),
                self._folder,
                self._snapshot,
                settings.cpu_seconds,
                settings.memory_bytes,
            )
            self._process = launch(_MODULE, *map(str, arguments), descriptors=(theirs.fileno(),))
        ours.settimeout(_START_SECONDS)
        with ours:
            self._stream = ours.makefile("rwb")
            if self._stream.readline() != b"{}\n":
                message = f"The scratch store in {self._folder} can't be opened."
                raise HostError(message, mend="What the writer wrote above says why.")
            ours.settimeout(self._settings.wall_seconds)

    def _end(self) -> None:
        if self._stream:
            self._stream.close()
            self._stream = None
        if self._process:
            self._process.kill()
            self._process.wait(_END_SECONDS)
            self._process = None

    def _explain_end(self) -> CrosstiesError:
        """Say what the change met, and make sure that its writer is gone."""
        code = 0
        if self._process:
            try:
                code = self._process.wait(0.2)
            except subprocess.TimeoutExpired:
                code = -signal.SIGALRM
        self._end()
        limits = {
            -signal.SIGPROF: f"time: {self._settings.cpu_seconds:g} seconds of CPU",
            -signal.SIGALRM: f"time: {self._settings.wall_seconds:g} seconds",
        }
        met = limits.get(code, f"memory: {self._settings.memory_bytes >> 20} MiB, or of nesting")
        what = f"The change was stopped at its limit of {met}. Nothing of it was applied."
        return QueryStoppedError(what, mend="Send it in smaller parts.")

    def _forget_old(self) -> None:
        for old in self._folder.glob("[0-9]*"):
            if int(old.name) <= self._snapshot - KEPT:
                shutil.rmtree(old, ignore_errors=True)


def _hold(folder: Path) -> IO[str]:
    """Keep a second web process from writing to the same store."""
    handle = (folder / "lock").open("w", encoding="ascii")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        message = f"Another process writes to the scratch store in {folder}."
        raise HostError(message, mend="Serve a scratch store from one web process.") from error
    return handle


def _read_error(told: dict[str, Any]) -> CrosstiesError:
    kind = getattr(errors, str(told["error"]), QueryStoppedError)
    line = told["line"]
    where = Location("update", int(line), int(told["column"] or 1)) if line else None
    found = kind(str(told["what"]), mend=str(told["mend"]), where=where)
    return found if isinstance(found, CrosstiesError) else QueryStoppedError(str(told["what"]))
