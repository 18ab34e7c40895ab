"""The generator of benchmark data runs as a script, as it does in ``make bench``."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from crossties.quads import parse_file
from crossties.resources import find_content
from crossties.validation.check import check_files

_SCRIPT = Path(__file__).parents[2] / "bench" / "generate.py"


def _generate(target: Path, size: str, seed: int = 1) -> Path:
    command = [sys.executable, str(_SCRIPT), size, str(target), "--seed", str(seed)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script
    return target


def _digest(folder: Path) -> str:
    hashed = hashlib.sha256()
    for path in sorted(folder.rglob("*.ttl")):
        hashed.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return hashed.hexdigest()


def test_the_same_size_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = _generate(tmp_path / "one", "5k"), _generate(tmp_path / "other", "5k")
    assert _digest(one) == _digest(other)


def test_another_seed_gives_another_graph(tmp_path: Path) -> None:
    one, other = _generate(tmp_path / "one", "5k"), _generate(tmp_path / "other", "5k", seed=2)
    assert _digest(one) != _digest(other)


def test_it_has_as_many_triples_as_asked_for_and_few_more(tmp_path: Path) -> None:
    folder = _generate(tmp_path / "graph", "5k")
    parsed = (parse_file(path, graph=f"https://example.org/{path.stem}") for path in folder.rglob("*.ttl"))
    triples = {(quad.subject, quad.predicate, quad.object) for one in parsed for quad in one.quads}
    assert 5_000 <= len(triples) < 5_500


@pytest.mark.slow
def test_what_it_generates_conforms(tmp_path: Path) -> None:
    folder = _generate(tmp_path / "graph", "5k")
    content = find_content()
    shutil.copytree(content.data / "themes", folder / "themes", dirs_exist_ok=True)
    report, count = check_files((folder,), content=replace(content, data=folder), language="en")
    assert count > 10
    assert report.conforms, report.results[:5]
