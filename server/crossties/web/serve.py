"""Serve an instance with granian: one process for the web, ended with all its workers when this one ends."""

from __future__ import annotations

import ctypes
import http.client
import json
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from crossties.errors import HostError
from crossties.instance import Instance
from crossties.questions.catalogue import load_questions
from crossties.store.budget import is_loopback
from crossties.store.workers.sandbox import choose_confinement
from crossties.store.workers.supervisor import supervised
from crossties.web.asgi import Application, to_asgi
from crossties.web.ready import choose_ready
from crossties.web.renewal import Renewal, Reopen, follow, give_back_memory
from crossties.web.site import Site, open_site

#: Prints a line to whoever started the server.
Tell = Callable[[str], None]
_PR_SET_PDEATHSIG: Final = 1
_READY_SECONDS: Final = 30.0
_WARM_SECONDS: Final = 15.0


def serve(
    instance: Instance, *, host: str, port: int, tell: Tell | None = None, reopen: Reopen | None = None
) -> None:
    """Serve until SIGINT or SIGTERM; say so once the first answer could be had.

    On SIGHUP ``reopen`` gives the data as they are then, and every answer is made from them from then on.

    Raises:
        HostError: the address is taken or can't be listened at, or the server ended by itself.
    """
    _require_free(host, port)
    instance = replace(instance, settings=choose_confinement(instance.settings, host=host))
    choose_start_method()
    server = Server(
        "crossties",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        http=HTTPModes.http1,
        websockets=False,
        backlog=2048,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=131_072),
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
    )
    announce = partial(_announce_when_ready, instance, host=host, port=port, tell=tell or _print)
    threading.Thread(target=announce, daemon=True).start()
    try:
        with supervised(), closing(Renewal(instance, reopen)) as renewal:
            server.on_startup(lambda: _on_hangup(renewal))
            server.serve(target_loader=_Loader(renewal), wrap_loader=False)
    except SystemExit as ended:
        message = "The server ended by itself."
        raise HostError(message, mend="What it wrote above says why.") from ended


@contextmanager
def scratch_store(instance: Instance, *, host: str, insecure: bool) -> Iterator[Instance]:
    """Give the instance an empty store that may be changed, and remove it at the end.

    The folder outlives web processes and writers that die; what it held goes with this block.

    Raises:
        HostError: others than this machine could change it, and no token is set.
    """
    if not (insecure or instance.settings.token or is_loopback(host)):
        message = f"Anybody who reaches {host} could change this store."
        raise HostError(message, mend="Set CROSSTIES_TOKEN, listen on 127.0.0.1, or say --insecure.")
    with TemporaryDirectory(prefix="crossties-scratch-") as folder:
        settings = replace(instance.settings, scratch=Path(folder), insecure=insecure)
        yield replace(instance, settings=settings)


def choose_start_method() -> None:
    """Fork web processes while nothing but Python has threads here: they begin with all that is loaded.

    The engine's threads, which a build leaves behind, would be missing in the fork.
    """
    ours = threading.active_count()
    alone = len(os.listdir("/proc/self/task")) == ours  # noqa: PTH208 - numbers, no paths
    multiprocessing.set_start_method("fork" if alone else "spawn", force=True)
    if not alone:
        give_back_memory()


def load(instance: Instance) -> Application:
    """Return the application; this runs in the web process, which ends when the one that serves does."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    site = open_site(instance)
    follow(site, late=True, watch=True)
    _warm(site)
    return to_asgi(site)


def _warm(site: Site) -> None:
    """Get ready to check what people send, once the start is over."""
    timer = threading.Timer(_WARM_SECONDS, lambda: site.judges.warm(site.instance.version.folder))
    timer.daemon = True
    timer.start()


class _Loader:
    """Loads the application; pickled for each web process, it takes the instance of that moment along."""

    def __init__(self, renewal: Renewal) -> None:
        self._renewal = renewal

    def __call__(self) -> Application:
        return load(self._renewal.instance)

    def __reduce__(self) -> tuple[type[partial[Application]], tuple[object, ...]]:
        return partial, (load, self._renewal.instance)


def _on_hangup(renewal: Renewal) -> None:
    """Take the signal from the server, which would start its processes anew."""
    signal.signal(signal.SIGHUP, lambda *_: renewal.start())


def _require_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind, protocol)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        message = f"{host}, port {port}, can't be listened at: {error.strerror or error}."
        raise HostError(message, mend=f"Choose another port, as in --port {_next_port(port)}.") from error


def _next_port(port: int) -> int:
    return port + 1 if port < 65_535 else 8000  # noqa: PLR2004


def _announce_when_ready(instance: Instance, *, host: str, port: int, tell: Tell) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not _is_ready(host, port):
        if time.monotonic() > deadline:
            return
        time.sleep(0.02)
    for line in describe_start(instance, host=host, port=port):
        tell(line)


def describe_start(instance: Instance, *, host: str, port: int) -> list[str]:
    """Return the lines that say where the server stands and what could be asked first."""
    named = f"[{host}]" if ":" in host else host
    address = instance.settings.public_url or f"http://{named}:{port}"
    ready = choose_ready(load_questions(instance.content.queries), instance.version.labels())
    asked = [f"  {one.question.title:<34} {address}{one.path}" for one in ready]
    return [f"crossties answers at {address}/", "", *asked, "", "Ctrl-C ends it."]


def _is_ready(host: str, port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection(_reachable(host), port, timeout=5)) as connection:
            connection.request("GET", "/health", headers={"Host": "localhost"})
            answer = connection.getresponse()
            return answer.status == http.HTTPStatus.OK and json.loads(answer.read())["status"] == "ok"
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return False


def _reachable(host: str) -> str:
    """Return where a server that listens everywhere is reached on this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
