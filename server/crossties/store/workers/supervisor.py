"""Keep a zygote alive: bind its address, start it by exec, start it again when it dies.

The listener outlives every zygote, so that web processes connect to the same address at any time. The zygote
ends when this process does: the pipe that it watches closes then, whatever the cause.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final

from crossties.store.workers.launch import launch

#: Tells web processes where the zygote listens.
ADDRESS_VARIABLE: Final = "CROSSTIES_ZYGOTE"
_MODULE: Final = "crossties.store.workers.zygote"
_LONGEST_PAUSE: Final = 2.0
_STEADY_SECONDS: Final = 5.0
_END_SECONDS: Final = 5.0
_log: Final = logging.getLogger(__name__)


class Supervisor:
    """One listener in a folder that only this user may enter, and one zygote behind it."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="crossties-"))
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.bind(str(self.address))
        self._listener.listen(128)
        self._lifeline, self._hold = os.pipe()
        self._closing = threading.Event()
        self._zygote = self._launch()
        self._watcher = threading.Thread(target=self._watch, name="crossties-supervisor", daemon=True)
        self._watcher.start()
        myself = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _let_go(myself()))

    @property
    def address(self) -> Path:
        """Return where web processes connect."""
        return self._folder / "zygote"

    @property
    def pid(self) -> int:
        """Return the process id of the zygote that runs now."""
        return self._zygote.pid

    def close(self) -> None:
        """End the zygote and with it every worker; a second call does nothing."""
        if self._closing.is_set():
            return
        self._closing.set()
        os.close(self._hold)
        try:
            self._zygote.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._zygote.kill()
        self._watcher.join(_END_SECONDS)
        os.close(self._lifeline)
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _launch(self) -> subprocess.Popen[bytes]:
        descriptors = (self._listener.fileno(), self._lifeline)
        return launch(_MODULE, *map(str, descriptors), descriptors=descriptors)

    def _watch(self) -> None:
        deaths = 0
        while True:
            started = time.monotonic()
            code = self._zygote.wait()
            if self._closing.is_set():
                return
            _log.error("the zygote ended (%s); starting it again", code)
            deaths = 0 if time.monotonic() - started > _STEADY_SECONDS else deaths + 1
            pause = min(0.05 * 2**deaths, _LONGEST_PAUSE) if deaths > 1 else 0.0
            if pause and self._closing.wait(pause):
                return
            with suppress(OSError):
                self._zygote = self._launch()


def _let_go(supervisor: Supervisor | None) -> None:
    """In a forked process: hold nothing by which the zygote would outlive the supervisor."""
    if supervisor and not supervisor._closing.is_set():  # noqa: SLF001
        os.close(supervisor._hold)  # noqa: SLF001
        os.close(supervisor._lifeline)  # noqa: SLF001
        supervisor._listener.close()  # noqa: SLF001
        supervisor._closing.set()  # noqa: SLF001


@contextmanager
def supervised() -> Iterator[Supervisor]:
    """Keep one zygote for every web process started in this block; end it after them."""
    supervisor = Supervisor()
    os.environ[ADDRESS_VARIABLE] = str(supervisor.address)
    try:
        yield supervisor
    finally:
        os.environ.pop(ADDRESS_VARIABLE, None)
        supervisor.close()


def find_zygote() -> Path:
    """Return the address of the zygote: the supervisor's that started this process, else one of our own."""
    given = os.environ.get(ADDRESS_VARIABLE)
    return Path(given) if given else _own_supervisor().address


@cache
def _own_supervisor() -> Supervisor:
    supervisor = Supervisor()
    owner = os.getpid()
    # A process forked from this one inherits the handler, and must leave the zygote to its owner
    atexit.register(lambda: supervisor.close() if os.getpid() == owner else None)
    return supervisor
