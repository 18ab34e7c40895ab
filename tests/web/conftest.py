from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import crossties
from crossties.instance import Instance
from crossties.resources import Content
from crossties.settings import Settings
from crossties.versions import Version
from crossties.web import create_app
from crossties.web.site import EXTENSION

WORLD = Path(__file__).parents[1] / "world"


@pytest.fixture(scope="session")
def world_instance(world_version: Version, content: Content) -> Instance:
    """Give the test world as an instance."""
    settings = Settings(home=world_version.folder.parents[1], workers=2, cpu_seconds=1.0)
    return Instance(settings, content, world_version)


@contextmanager
def running(instance: Instance) -> Iterator[Flask]:
    app = create_app(instance)
    try:
        yield app
    finally:
        app.extensions[EXTENSION].close()


@pytest.fixture(scope="session")
def app(world_instance: Instance) -> Iterator[Flask]:
    with running(world_instance) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def app_with(world_instance: Instance) -> Iterator[Callable[..., Flask]]:
    """Make an app of the test world with other settings."""
    opened = []

    def make(**changed: object) -> Flask:
        settings = replace(world_instance.settings, **changed)  # type: ignore[arg-type]
        context = running(replace(world_instance, settings=settings))
        opened.append(context)
        return context.__enter__()

    yield make
    for context in opened:
        context.__exit__(None, None, None)


@dataclass(frozen=True)
class Served:
    """A real server in its own process."""

    process: subprocess.Popen[str]
    port: int
    lines: list[str]


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Served]:
    """Start ``crossties serve`` on the test world and wait until it says that it is ready."""
    home = tmp_path_factory.mktemp("served-home")

    def start() -> Served:
        port = free_port()
        environment = {
            **os.environ,
            "CROSSTIES_HOME": str(home),
            "CROSSTIES_CPU_SECONDS": "1",
            "PYTHONPATH": str(Path(crossties.__file__).parents[1]),
        }
        command = [sys.executable, "-c", "from crossties.cli.main import main; main()", "serve", str(WORLD)]
        process = subprocess.Popen(  # noqa: S603
            [*command, "--port", str(port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        lines: list[str] = []
        deadline = time.monotonic() + 30
        while "Ctrl-C ends it." not in lines and time.monotonic() < deadline and process.poll() is None:
            lines.append(process.stdout.readline().rstrip("\n"))
        return Served(process, port, lines)

    return start


@pytest.fixture(scope="module")
def server(start_server: Callable[[], Served]) -> Iterator[Served]:
    served = start_server()
    yield served
    end(served)


def end(served: Served) -> None:
    served.process.terminate()
    served.process.wait(timeout=20)
    assert served.process.stdout is not None
    served.process.stdout.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
