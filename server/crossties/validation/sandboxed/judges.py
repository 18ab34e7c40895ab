"""Have uploads judged in a sandboxed process: what web pages and contributions call.

Nothing here imports what reads or validates.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from crossties.errors import BusyError, CheckStoppedError, CrosstiesError, HostError
from crossties.intake import Upload
from crossties.resources import Content
from crossties.settings import Settings
from crossties.store.workers.frames import read_error
from crossties.store.workers.launch import launch
from crossties.store.workers.messages import Message, receive_message, send_message
from crossties.validation.faces.values import unpack_report
from crossties.validation.report import Report
from crossties.validation.sandboxed.parts import BrokenError, receive_parts, send_parts

_MODULE: Final = "crossties.validation.sandboxed.zygote"
_START_SECONDS: Final = 60.0
_READY_SECONDS: Final = 30.0
#: Checks at the same time; each takes a core.
_AT_ONCE: Final = 2
_Given = TypeVar("_Given")


@dataclass(frozen=True)
class Judgement:
    """The report on uploads, the graph that each is, and the statements that were read, as N-Quads.

    ``marked`` is the workbook that was sent, with its cells marked, where that was asked for.
    """

    report: Report
    graphs: tuple[str, ...] = ()
    quads: bytes = b""
    marked: bytes = b""


@dataclass
class _Worker:
    pid: int
    connection: socket.socket
    version: Path


@dataclass
class Judges:
    """A zygote and its workers: started when they are first needed, one worker always ready ahead.

    ``cpu_seconds`` and ``wall_seconds`` bound one check.
    """

    settings: Settings
    content: Content
    cpu_seconds: float = 30.0
    wall_seconds: float = 60.0
    _control: socket.socket | None = None
    _process: subprocess.Popen[bytes] | None = None
    _spare: _Worker | None = None
    _closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _seats: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(_AT_ONCE))

    def judge(
        self,
        uploads: Sequence[Upload],
        *,
        version: Path,
        graph: str | None = None,
        language: str = "en",
        mark: bool = False,
    ) -> Judgement:
        """Check uploads against a version, in a process of their own; ``mark`` also marks a sheet's cells.

        Raises:
            BusyError: too many checks run already.
            CheckStoppedError: the check used up its time or memory, or died.
            HostError: no process can be started.
        """
        if not self._seats.acquire(timeout=self.settings.queue_seconds):
            message = "Too many files are being checked."
            raise BusyError(message, mend="Send it again in a few seconds.")
        try:
            worker = self._take(version)
            try:
                return self._ask(worker, uploads, {"graph": graph, "language": language, "mark": mark})
            finally:
                worker.connection.close()
                self._in_background(self._replace, worker)
        finally:
            self._seats.release()

    def warm(self, version: Path) -> None:
        """Get ready in the background, so that the first check does not wait."""
        self._in_background(self._refill, version)

    def close(self) -> None:
        """End every process; a second call does nothing."""
        self._closed = True
        if self._process:
            # Whoever waits for it to come up holds the lock
            self._process.kill()
        with self._lock:
            self._shut()

    def _in_background(self, do: Callable[[_Given], object], given: _Given) -> None:
        threading.Thread(target=do, args=(given,), daemon=True).start()

    def _ask(self, worker: _Worker, uploads: Sequence[Upload], asked: Message) -> Judgement:
        told = [{"name": one.name, "media_type": one.media_type} for one in uploads]
        message: Message = {"uploads": told, **asked}
        worker.connection.settimeout(self.wall_seconds)
        try:
            send_parts(worker.connection, message, [one.data for one in uploads])
            answer, parts = receive_parts(worker.connection)
        except TimeoutError as error:
            raise self._stopped(signal.SIGALRM) from error
        except (BrokenError, OSError) as error:
            raise self._stopped(-self._end(worker)) from error
        if "error" in answer:
            raise read_error(answer["error"])
        report = unpack_report(answer["report"])
        quads, marked = (*parts, b"", b"")[:2]
        return Judgement(report, tuple(answer["graphs"]), quads, marked)

    def _take(self, version: Path) -> _Worker:
        """Return the spare where it is of this version, else a new worker."""
        with self._lock:
            spare, self._spare = self._spare, None
            if spare and spare.version == version:
                return spare
            if spare:
                spare.connection.close()
                self._end_locked(spare)
            return self._spawn(version)

    def _replace(self, worker: _Worker) -> None:
        """End a worker that has answered, and have the next one ready."""
        self._end(worker)
        self._refill(worker.version)

    def _refill(self, version: Path) -> None:
        with self._lock, suppress(CrosstiesError, OSError):
            if self._spare is None and not self._closed:
                self._spare = self._spawn(version)

    def _spawn(self, version: Path) -> _Worker:
        order = {
            "version": str(version),
            "cpu_seconds": self.cpu_seconds,
            "wall_seconds": self.wall_seconds,
            "memory_bytes": self.settings.memory_bytes,
            "confined": self.settings.sandbox,
        }
        answer, descriptors = self._say({"do": "spawn", "order": order})
        if "failed" in answer or not descriptors:
            message = f"No process for the check can be started: {answer.get('failed', '')}."
            raise HostError(message, mend="Look at the limits of processes.")
        worker = _Worker(int(answer["pid"]), socket.socket(fileno=descriptors[0]), version)
        worker.connection.settimeout(_READY_SECONDS)
        try:
            told, _ = receive_parts(worker.connection)
        except (BrokenError, OSError) as error:
            self._end_locked(worker)
            message = "The process for the check ended before it was ready."
            raise HostError(message, mend="Look at the memory of the machine.") from error
        if "error" in told:
            self._end_locked(worker)
            raise read_error(told["error"])
        return worker

    def _end(self, worker: _Worker) -> int:
        with self._lock:
            return self._end_locked(worker)

    def _end_locked(self, worker: _Worker) -> int:
        """Return the code with which a worker ended; it is killed where it lives."""
        if self._control is None:
            return -signal.SIGKILL
        try:
            answer, _ = self._say({"do": "end", "pid": worker.pid})
        except HostError:
            return -signal.SIGKILL
        return int(answer.get("code", 0))

    def _say(self, message: Message) -> tuple[Message, list[int]]:
        """Ask the zygote, which is started where it does not run."""
        control = self._control or self._start()
        try:
            send_message(control, message)
            answer = receive_message(control)
        except OSError:
            answer = None
        if answer is None:
            self._shut()
            text = "The process that starts checks has ended."
            raise HostError(text, mend="Send it again; it is started anew.")
        return answer

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        folders = [str(folder) for folder in asdict(self.content).values()]
        with theirs:
            given = (str(theirs.fileno()), self.settings.engine, *folders)
            self._process = launch(_MODULE, *given, descriptors=(theirs.fileno(),))
        ours.settimeout(_START_SECONDS)
        self._control = ours
        try:
            ready = receive_message(ours)
        except OSError:
            ready = None
        if ready is None:
            self._shut()
            message = "The process that starts checks does not come up."
            raise HostError(message, mend="What it wrote above says why.")
        return ours

    def _shut(self) -> None:
        if self._spare:
            self._spare.connection.close()
            self._spare = None
        if self._control:
            self._control.close()
            self._control = None
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            self._process.kill()
            self._process.wait()
            self._process = None

    def _stopped(self, number: int) -> CheckStoppedError:
        if number in {signal.SIGPROF, signal.SIGALRM}:
            what = f"The check took longer than {self.cpu_seconds:g} seconds."
            return CheckStoppedError(what, mend="Send less at a time, or run “crossties check” yourself.")
        if number in {signal.SIGABRT, signal.SIGKILL, signal.SIGSEGV}:
            what = "The check used up the memory that it may have."
            return CheckStoppedError(what, mend="Send less at a time, or run “crossties check” yourself.")
        return CheckStoppedError("The check ended without an answer.", mend="Send it again, and report it.")
