"""What is read back: the files of the test world with the vocabulary, as they are given away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from crossties.quads.canonical import canonical_lines
from crossties.releases import write_dumps
from crossties.resources import Content
from crossties.versions import Version

#: Takes N-Quads as another processor wrote them; returns their canonical lines.
ReadBack = Callable[[str], list[str]]


@pytest.fixture(scope="session")
def dumps(tmp_path_factory: pytest.TempPathFactory, world_version: Version, content: Content) -> Path:
    """Give the folder with the files."""
    folder = tmp_path_factory.mktemp("dumps")
    write_dumps(world_version, content, folder)
    return folder


@pytest.fixture(scope="session")
def original(dumps: Path) -> list[str]:
    """Give all statements, as canonical N-Quads."""
    lines = (dumps / "crossties.nq").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 5000
    return lines


@pytest.fixture(scope="session")
def merged(original: list[str]) -> list[str]:
    """Give all statements without the names of their graphs, as canonical lines."""
    quads = ox.parse("\n".join(original).encode(), format=ox.RdfFormat.N_QUADS)
    return canonical_lines(ox.Quad(one.subject, one.predicate, one.object) for one in quads)


@pytest.fixture(scope="session")
def read_back() -> ReadBack:
    """Canonize what another processor wrote."""

    def read(text: str) -> list[str]:
        return canonical_lines(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))

    return read
