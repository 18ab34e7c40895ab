"""Apache Jena reads what we publish, unchanged and without a warning (fetch.py has it)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.interoperability.fetch import JENA

ReadBack = Callable[[str], list[str]]
JAVA = shutil.which("java")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        JAVA is None or not JENA.is_file(), reason="Apache Jena is not there: run make interoperability"
    ),
]


def riot(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(JAVA), "-cp", str(JENA), "riotcmd.riot", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - from here


@pytest.mark.parametrize("name", ["crossties.nq", "crossties.trig", "crossties.jsonld"])
def test_riot_reads_the_same_quads(dumps: Path, original: list[str], read_back: ReadBack, name: str) -> None:
    done = riot("--output=nquads", str(dumps / name))
    assert (done.returncode, done.stderr) == (0, "")
    assert read_back(done.stdout) == original


def test_riot_reads_the_same_triples_in_turtle(dumps: Path, merged: list[str], read_back: ReadBack) -> None:
    done = riot("--output=ntriples", str(dumps / "crossties.ttl"))
    assert (done.returncode, done.stderr) == (0, "")
    assert read_back(done.stdout) == merged


@pytest.mark.parametrize("name", ["crossties.trig", "crossties.ttl", "crossties.jsonld", "crossties.nq"])
def test_riot_finds_nothing_to_warn_of(dumps: Path, name: str) -> None:
    """It checks IRIs and the lexical forms of literals too."""
    done = riot("--validate", "--strict", str(dumps / name))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
