from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from crossties.journal import Journal, Judged, Offer

GRAPH = "https://w3id.org/crossties/graph/places/delta"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "home" / "journal.sqlite")


def text(name: str, graph: str = GRAPH) -> bytes:
    return f'<https://w3id.org/crossties/id/place/delta> <urn:name> "{name}" <{graph}> .\n'.encode()


def digest(name: str, graph: str = GRAPH) -> str:
    return hashlib.sha256(text(name, graph)).hexdigest()


def offer(*, graph: str = GRAPH, based_on: str | None = None, by: str = "Aino") -> Offer:
    return Offer("delta.ttl", b"as \xff sent", graph, by, based_on=based_on)


def judged(name: str = "Delta", *, entry: int = 0, graph: str = GRAPH, conforms: bool = True) -> Judged:
    return Judged(entry, conforms, {"conforms": conforms}, {"entities": []}, text(name, graph))
