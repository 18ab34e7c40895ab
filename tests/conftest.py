"""Fixtures that several suites share: the test world as a built version, and a home for the shipped data."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crossties.cli.main import main
from crossties.instance import open_instance
from crossties.resources import Content, find_content
from crossties.settings import Settings, load_settings
from crossties.store.engine import Collected, Request, evaluate, open_store
from crossties.versions import Version, ensure_version, folder_sources, vocabulary_sources

WORLD = Path(__file__).parent / "world"

#: Runs a command line in this process, on the shipped data.
Crossties = Callable[..., Result]


@pytest.fixture(scope="session")
def content() -> Content:
    return find_content()


@pytest.fixture(scope="session")
def world_version(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Version:
    """Build the vocabulary and the test world, without the shipped data."""
    home = tmp_path_factory.mktemp("world-home")
    return ensure_version(home, vocabulary_sources(content) + folder_sources(WORLD))


@pytest.fixture(scope="session")
def world_run(world_version: Version) -> Callable[[str], bytes]:
    """Run a query on the test world and return its result in JSON."""
    store = open_store(world_version.store)

    def run(query: str) -> bytes:
        sink = Collected()
        evaluate(store, Request(query, format="json"), sink)
        return sink.body

    return run


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home folder in which commands of one test session build the shipped data once."""
    return tmp_path_factory.mktemp("shipped-home")


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("built-home")
    open_instance(Settings(home=home), files=[WORLD])
    return home


@pytest.fixture
def home_of_world(built_home: Path, tmp_path: Path) -> Path:
    """Give the test world a home that is free to change; what is built in it already is shared."""
    home = tmp_path / "home"
    shutil.copytree(built_home, home, copy_function=os.link)
    return home


@pytest.fixture
def crossties(shipped_home: Path) -> Crossties:
    """Run a command line in this process; ``home`` replaces the shared home, ``stdin`` is what it reads."""

    def run(*arguments: str | Path, home: Path | None = None, stdin: str | bytes | None = None) -> Result:
        environment = {"CROSSTIES_HOME": str(home or shipped_home)}
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(main, words, env=environment, input=stdin, prog_name="crossties")

    return run


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(
        load_settings({"CROSSTIES_HOME": str(tmp_path)}), workers=1, cpu_seconds=1.0, wall_seconds=10.0
    )


@pytest.fixture
def write_file(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file below the test's folder and return its path."""

    def write(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CROSSTIES_")]:
        monkeypatch.delenv(name)
