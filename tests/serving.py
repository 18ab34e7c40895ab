"""Start ``crossties serve`` in a process of its own, and ask it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import crossties

_READY: Final = "Ctrl-C ends it."
_START_SECONDS: Final = 60
_GUNICORN: Final = [
    "gunicorn",
    "--limit-request-line",
    "8190",
    "--bind",
    "127.0.0.1:{port}",
    "--log-level",
    "error",
    "--no-control-socket",
]
_ASGI: Final = "crossties.web.hosting:asgi"
SERVERS: Final = {
    "granian": [
        *["granian", "--interface", "asgi", "--port", "{port}", "--no-ws", "--http1-buffer-size", "131072"],
        *["--factory", _ASGI],
    ],
    "uvicorn": ["uvicorn", "--port", "{port}", "--log-level", "error", "--factory", _ASGI],
    "gunicorn-asgi": [*_GUNICORN, "-k", "asgi", f"{_ASGI}()"],
    "gunicorn-gthread": [*_GUNICORN, "-k", "gthread", "--threads", "8", "crossties.web.hosting:wsgi()"],
}


@dataclass(frozen=True)
class Answered:
    """An answer as it came."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def content_type(self) -> str:
        return str(self.headers.get("Content-Type", ""))


@dataclass(frozen=True)
class Served:
    """A real server in its own process."""

    process: subprocess.Popen[str]
    port: int
    lines: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        method: str,
        target: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 30,
    ) -> Answered:
        """Send one request on a connection of its own."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as connection:
            connection.request(method, target, body, dict(headers or {}))
            with connection.getresponse() as answer:
                return Answered(answer.status, answer.headers, answer.read())


@contextmanager
def serving(*arguments: str, home: Path, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Start the server and wait until it says that it is ready; end it after the block."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "crossties.cli.main", "serve", *arguments, "--port", str(port)],
        env={
            **os.environ,
            "CROSSTIES_HOME": str(home),
            "PYTHONPATH": str(Path(crossties.__file__).parents[1]),
            **(environment or {}),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        lines: list[str] = []
        deadline = time.monotonic() + _START_SECONDS
        while _READY not in lines and time.monotonic() < deadline and process.poll() is None:
            lines.append(process.stdout.readline().rstrip("\n"))
        assert _READY in lines, lines
        yield Served(process, port, lines)
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()


@contextmanager
def hosting(name: str, home: Path) -> Iterator[Served]:
    """Run the application on another server, on a scratch store, by its entry point."""
    (home / "scratch").mkdir()
    port = free_port()
    environment = {
        **os.environ,
        "CROSSTIES_HOME": str(home),
        "CROSSTIES_SCRATCH": str(home / "scratch"),
        "CROSSTIES_INSECURE": "on",
        "CROSSTIES_CPU_SECONDS": "1",
        "PYTHONPATH": str(Path(crossties.__file__).parents[1]),
    }
    command = [part.format(port=port) for part in SERVERS[name]]
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *command], env=environment, stdout=subprocess.PIPE, text=True
    )
    found = Served(process, port, [])
    try:
        _wait(found)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=40)
        assert process.stdout is not None
        process.stdout.close()


def _wait(served: Served) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert served.process.poll() is None
        try:
            if served.ask("GET", "/health").status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    message = "the server did not start"
    raise TimeoutError(message)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
