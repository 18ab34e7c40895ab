"""Check files written for one test in a small graph: the real vocabulary and the test world."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crossties.resources import Content
from crossties.validation.check import check_files
from crossties.validation.report import Report

HEAD = """@base <https://w3id.org/crossties/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture
def little(content: Content, tmp_path: Path) -> Content:
    """Give a shipped graph that is free to change: vocabulary, test world, and few shapes, for speed."""
    data, shapes = tmp_path / "shipped" / "data", tmp_path / "shipped" / "shapes"
    (shapes / "rules").mkdir(parents=True)
    for name in ("funding.ttl", "rules/share-circle.rq"):
        shutil.copy(content.shapes / name, shapes / name)
    shutil.copytree(Path(__file__).parent.parent / "world", data)
    shutil.copytree(content.data / "themes", data / "themes", dirs_exist_ok=True)
    return replace(content, data=data, shapes=shapes)


@pytest.fixture
def check(little: Content, tmp_path: Path) -> Callable[..., Report]:
    """Write files (path below a folder → Turtle without its head) and check them together."""

    def run(files: dict[str, str], *, language: str = "en") -> Report:
        paths = []
        for name, text in files.items():
            path = tmp_path / "given" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(HEAD + text, encoding="utf-8")
            paths.append(path)
        return check_files(paths, content=little, language=language)[0]

    return run
