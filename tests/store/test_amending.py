from __future__ import annotations

from pathlib import Path

import pytest

from crossties.errors import HostError
from crossties.namespaces import CT
from crossties.quads import Quad, iri
from crossties.quads.canonical import canonical_lines
from crossties.quads.terms import Literal
from crossties.store.amending import Rewritten, amend
from crossties.store.base import open_published
from crossties.store.dump import read_named_graphs
from crossties.versions import Version

BASE = "https://w3id.org/crossties/"
GRAPH = f"{BASE}graph/places/delta"
DELTA = iri(f"{BASE}id/place/delta")
KIND = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = iri("http://www.w3.org/2004/02/skos/core#prefLabel")


def town(name: str, graph: str = GRAPH) -> Rewritten:
    quads = (
        Quad(DELTA, KIND, iri(f"{CT}Place"), iri(graph)),
        Quad(DELTA, LABEL, Literal(name, language="en"), iri(graph)),
    )
    return Rewritten(graph, quads)


def labels(store: Path) -> list[str]:
    quads = read_named_graphs(store)
    wanted = iri(f"{CT}labelEn")
    return [str(one.object) for one in quads if (one.subject, one.predicate) == (DELTA, wanted)]


def test_what_is_derived_follows_what_is_stated(world_version: Version, tmp_path: Path) -> None:
    amend(world_version.store, tmp_path / "a", [town("Delta")])
    assert labels(tmp_path / "a") == ['"Delta"']
    amend(tmp_path / "a", tmp_path / "b", [town("Deltan")])
    assert labels(tmp_path / "b") == ['"Deltan"']


def test_what_is_taken_away_again_leaves_the_store_as_it_was(world_version: Version, tmp_path: Path) -> None:
    amend(world_version.store, tmp_path / "a", [town("Delta")])
    amend(tmp_path / "a", tmp_path / "b", [Rewritten(GRAPH, ())])
    before, after = (canonical_lines(read_named_graphs(one)) for one in (world_version.store, tmp_path / "b"))
    assert before == after


def test_a_triple_of_two_graphs_counts_once(world_version: Version, tmp_path: Path) -> None:
    one = amend(world_version.store, tmp_path / "a", [town("Delta")])
    two = amend(world_version.store, tmp_path / "b", [town("Delta"), town("Delta", f"{GRAPH}-2")])
    assert (two.built.stated, two.built.files) == (one.built.stated, one.built.files + 1)
    found = list(open_published(tmp_path / "b").match(DELTA, LABEL, None))
    assert found == [(DELTA, LABEL, Literal("Delta", language="en"))]


def test_a_base_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(HostError):
        amend(tmp_path / "none", tmp_path / "a", [town("Delta")])
