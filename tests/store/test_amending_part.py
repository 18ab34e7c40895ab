"""An amended version is the version that a build of the same statements gives, down to the label index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crossties.namespaces import CT
from crossties.quads import Quad, iri, parse_file
from crossties.quads.canonical import canonical_lines
from crossties.quads.terms import Literal
from crossties.resources import Content
from crossties.store.amending import Rewritten, amend
from crossties.store.build import Source
from crossties.store.dump import read_named_graphs
from crossties.versions import Version, amend_version, ensure_version, folder_sources, vocabulary_sources

WORLD = Path(__file__).parents[1] / "world"
BASE = "https://w3id.org/crossties/"
GRAPH = f"{BASE}graph/places/trees"
LABEL = iri("http://www.w3.org/2004/02/skos/core#prefLabel")
ALDER = iri(f"{BASE}id/place/alder")

Write = Callable[[str, str | bytes], Path]


def amended(version: Version, home: Path, *changes: Rewritten) -> Version:
    return amend_version(home, version, changes, digest="0123456789abcdef")


def rows(version: Version, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(version.folder / "labels.sqlite")) as database:
        return sorted(database.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # noqa: S608


def trees() -> list[Quad]:
    return list(parse_file(WORLD / "places" / "trees.ttl", graph=GRAPH).quads)


def renamed() -> list[Quad]:
    """Return the places with another name for one of them."""
    kept = [quad for quad in trees() if (quad.subject, quad.predicate) != (ALDER, LABEL)]
    return [*kept, Quad(ALDER, LABEL, Literal("Elderton", language="en"), iri(GRAPH))]


@pytest.fixture
def rebuilt(tmp_path: Path, content: Content, write_file: Write) -> Version:
    """Build the world with the other name from the beginning."""
    lines = "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in renamed())
    changed = Source(write_file("trees.ttl", lines), GRAPH)
    others = [source for source in folder_sources(WORLD) if source.graph != GRAPH]
    return ensure_version(tmp_path / "rebuilt", [*vocabulary_sources(content), *others, changed])


def test_an_amended_version_is_the_one_that_is_built_anew(
    world_version: Version, rebuilt: Version, tmp_path: Path
) -> None:
    changed = amended(world_version, tmp_path / "home", Rewritten(GRAPH, tuple(renamed())))
    one, other = (canonical_lines(read_named_graphs(it.store)) for it in (changed, rebuilt))
    assert one == other
    assert changed.counts() == rebuilt.counts()
    for table in ("name", "covers"):
        assert rows(changed, table) == rows(rebuilt, table)


def test_a_thing_is_found_by_its_new_name_and_no_longer_by_its_old(
    world_version: Version, tmp_path: Path
) -> None:
    labels = amended(world_version, tmp_path / "home", Rewritten(GRAPH, tuple(renamed()))).labels()
    assert [match.iri for match in labels.starting("elder", ["Place"])] == [ALDER.value]
    assert [match.iri for match in labels.near("Elderto", ["Place"], limit=1)] == [ALDER.value]
    assert world_version.labels().starting("alder", ["Place"])
    assert not labels.starting("alder", ["Place"])


def test_a_changed_scheme_is_derived_in_full_and_the_reason_told(
    world_version: Version, tmp_path: Path
) -> None:
    graph = iri(f"{BASE}graph/themes/more")
    broader = iri("http://www.w3.org/2004/02/skos/core#broader")
    quad = Quad(iri(f"{BASE}theme/new"), broader, iri(f"{BASE}theme/culture"), graph)
    made = amend(world_version.store, tmp_path / "a", [Rewritten(graph.value, (quad,))])
    assert made.named is None
    assert "broader" in (made.reason or "")


def test_what_is_not_touched_is_not_read(world_version: Version, tmp_path: Path) -> None:
    """A town that nothing speaks of gives nothing but its own triples."""
    town, graph = iri(f"{BASE}id/place/delta"), iri(f"{BASE}graph/places/delta")
    kind = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = (Quad(town, kind, iri(f"{CT}Place"), graph),)
    made = amend(world_version.store, tmp_path / "a", [Rewritten(graph.value, quads)])
    assert made.named == made.covering == frozenset({town.value})
    assert made.reason is None
