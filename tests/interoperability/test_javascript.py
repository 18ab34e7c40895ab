"""N3.js, jsonld.js and rdf-canonize read what we publish, unchanged (fetch.py has them)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.interoperability.fetch import HERE, MODULES, TOOLS

ReadBack = Callable[[str], list[str]]
NODE = shutil.which("node")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        NODE is None or not MODULES.is_dir(), reason="N3.js is not there: run make interoperability"
    ),
]


def read(way: str, *arguments: str) -> str:
    command = [str(NODE), str(HERE / "read.mjs"), way, *arguments]
    environment = {**os.environ, "CROSSTIES_TOOLS": str(TOOLS)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603 - from here
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(
    ("name", "kind"), [("crossties.nq", "application/n-quads"), ("crossties.trig", "application/trig")]
)
def test_n3_reads_the_same_quads(
    dumps: Path, original: list[str], read_back: ReadBack, name: str, kind: str
) -> None:
    assert read_back(read("n3", str(dumps / name), kind)) == original


def test_n3_reads_the_same_triples_in_turtle(dumps: Path, merged: list[str], read_back: ReadBack) -> None:
    assert read_back(read("n3", str(dumps / "crossties.ttl"), "text/turtle")) == merged


def test_jsonld_js_reads_the_same_quads_and_fetches_nothing(
    dumps: Path, original: list[str], read_back: ReadBack
) -> None:
    assert read_back(read("jsonld", str(dumps / "crossties.jsonld"))) == original


def test_canonical_forms_agree_with_rdf_canonize(dumps: Path, tmp_path: Path) -> None:
    text = (dumps / "crossties.nq").read_text(encoding="utf-8")
    renamed = tmp_path / "renamed.nq"
    renamed.write_text(text.replace("_:c14n", "_:other"), encoding="utf-8")
    assert read("canonical", str(renamed)) == text
