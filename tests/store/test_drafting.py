from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crossties.quads import NamedNode, Quad, iri, literal
from crossties.store.base import open_published
from crossties.store.drafting import Draft, drafting
from crossties.versions import Version

BASE = "https://w3id.org/crossties/"
GRAPH = f"{BASE}graph/places/delta"
ALDER = iri(f"{BASE}id/place/alder")
IN = iri(f"{BASE}ns#statedIn")
PASSAGE = iri(f"{BASE}id/document/delta-news/p1")
DOCUMENT = iri(f"{BASE}id/document/delta-news")


@pytest.fixture
def store(world_version: Version, tmp_path: Path) -> Path:
    folder = tmp_path / "versions" / "000001-x"
    folder.mkdir(parents=True)
    shutil.copytree(world_version.store, folder / "store")
    return folder / "store"


@pytest.fixture
def draft(store: Path) -> Iterator[Draft]:
    with drafting(store) as draft:
        yield draft


def quad(subject: NamedNode, name: str, value: str, graph: str = GRAPH) -> Quad:
    return Quad(subject, iri(f"urn:{name}"), literal(value), iri(graph))


def test_what_a_graph_states_anew_is_seen_and_what_it_stated_is_gone(draft: Draft) -> None:
    draft.rewrite(GRAPH, [quad(ALDER, "name", "a"), quad(ALDER, "name", "b")])
    draft.rewrite(GRAPH, [quad(ALDER, "name", "b"), quad(ALDER, "name", "c")])
    found = {value for _, _, value in draft.published.match(ALDER, iri("urn:name"), None)}
    assert found == {literal("b"), literal("c")}
    draft.rewrite(GRAPH, [])
    assert GRAPH not in set(draft.published.graphs())


def test_what_another_graph_states_too_stays(draft: Draft) -> None:
    draft.rewrite(GRAPH, [quad(ALDER, "name", "a")])
    draft.rewrite(f"{GRAPH}-2", [quad(ALDER, "name", "a", f"{GRAPH}-2")])
    draft.rewrite(GRAPH, [])
    assert list(draft.published.match(ALDER, iri("urn:name"), None))
    draft.rewrite(f"{GRAPH}-2", [])
    assert not list(draft.published.match(ALDER, iri("urn:name"), None))


def test_a_passage_is_of_its_document_as_long_as_something_cites_it(draft: Draft) -> None:
    draft.rewrite(GRAPH, [Quad(ALDER, IN, PASSAGE, iri(GRAPH))])
    assert list(draft.published.passages_of(DOCUMENT)) == [PASSAGE]
    draft.rewrite(GRAPH, [])
    assert list(draft.published.passages_of(DOCUMENT)) == []


def test_the_published_store_stays_as_it_is(store: Path) -> None:
    before = sum(1 for _ in open_published(store).quads())
    with drafting(store) as draft:
        draft.rewrite(f"{BASE}graph/places/trees", [])
    assert sum(1 for _ in open_published(store).quads()) == before


def test_what_a_process_that_died_had_begun_is_removed(store: Path) -> None:
    left = store.parent.parent / ".draft-dead"
    (left / "store").mkdir(parents=True)
    with drafting(store):
        assert not left.exists()
