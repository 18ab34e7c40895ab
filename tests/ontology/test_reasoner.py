"""A full OWL 2 DL reasoner (HermiT, through owlready2) finds no contradiction. It runs in Java: CI has it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from crossties.quads import Quad, parse_file

ROOT: Final = Path(__file__).parents[2]
CT: Final = "https://w3id.org/crossties/ns#"
VOCABULARY: Final = ("ontology", "tests/ontology")
MEBIBYTES: Final = 1_000

owlready2 = pytest.importorskip("owlready2", reason="owlready2 is missing: make reason installs it")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, and there is none here"),
    # The library leaves handles to its scratch files to the garbage collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
#: Gives the IRIs of the classes that nothing can be a member of; a contradiction raises an error.
Reason = Callable[..., list[str]]


@pytest.fixture
def reason(tmp_path: Path) -> Reason:
    def run(*folders: str, more: str = "") -> list[str]:
        quads = [quad for path in _files(folders) for quad in parse_file(path, graph="urn:x").quads]
        quads += ox.parse(more.encode(), format=ox.RdfFormat.TURTLE) if more else []
        file = tmp_path / "ontology.nt"
        file.write_bytes(_ntriples(quads))
        world = owlready2.World()
        with world.get_ontology(file.as_uri()).load():
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
        return sorted(one.iri for one in world.inconsistent_classes() if one is not owlready2.Nothing)

    owlready2.reasoning.JAVA_MEMORY = MEBIBYTES
    return run


def _files(folders: tuple[str, ...]) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.ttl"))]


def _ntriples(quads: list[Quad]) -> bytes:
    triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def test_the_vocabulary_is_consistent_and_every_class_can_have_members(reason: Reason) -> None:
    assert reason(*VOCABULARY) == []


@pytest.mark.parametrize("folder", ["data", "tests/world"])
def test_what_is_stated_agrees_with_the_vocabulary(folder: str, reason: Reason) -> None:
    assert reason(*VOCABULARY, *dict.fromkeys(["data/themes", folder])) == []


def test_the_reasoner_sees_a_body_that_is_a_place(reason: Reason) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason(*VOCABULARY, more=f"<urn:a> a <{CT}Place> . <urn:b> <{CT}party> <urn:a> .")


def test_the_reasoner_sees_a_class_that_nothing_can_be_a_member_of(reason: Reason) -> None:
    both = f"<{CT}Place> , <{CT}Organisation>"
    more = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> ."
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        f"<urn:Townhall> a owl:Class ; rdfs:subClassOf {both} ."
    )
    assert reason(*VOCABULARY, more=more) == ["urn:Townhall"]
