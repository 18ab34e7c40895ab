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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
