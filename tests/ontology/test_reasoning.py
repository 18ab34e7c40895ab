"""The vocabulary, the data and the world contradict neither themselves nor what they build on."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import owlrl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import _toPythonMapping

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

ROOT: Final = Path(__file__).parents[2]
BASE: Final = "https://w3id.org/crossties/"
CT: Final = rdflib.Namespace(BASE + "ns#")
ID: Final = rdflib.Namespace(BASE + "id/")
PROV: Final = rdflib.Namespace("http://www.w3.org/ns/prov#")
ERROR: Final = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
#: Texts that no rule of OWL 2 RL reads; without them the closure takes a fraction of the time.
TEXTS: Final = frozenset(
    {RDFS.label, SKOS.altLabel, SKOS.definition, SKOS.example, SKOS.prefLabel, SKOS.scopeNote}
)


@pytest.fixture(scope="module")
def axioms() -> rdflib.Graph:
    """Give the vocabulary without its code lists, and the excerpt of the reused ones."""
    read = without_texts("ontology", "tests/ontology")
    for concept in set(read.subjects(RDF.type, SKOS.Concept)):
        read.remove((concept, None, None))
    return read


@pytest.fixture(scope="module")
def closed() -> rdflib.Graph:
    """Give all that follows from the vocabulary, the data and the world."""
    return closure(without_texts("ontology", "tests/ontology", "tests/world", "data"))


def test_nothing_contradicts_anything(closed: rdflib.Graph) -> None:
    assert errors(closed) == []


def test_the_closure_has_worked(closed: rdflib.Graph) -> None:
    alder, birchland = ID["place/alder"], ID["place/birchland"]
    assert (alder, CT.within, birchland) in closed
    assert (ID["agreement/alder-spruce-2018"], RDF.type, CT.Cooperation) in closed
    assert (ID["signing/alder-spruce-2018"], RDF.type, PROV.Activity) in closed


def test_the_bare_axioms_contradict_nothing(axioms: rdflib.Graph) -> None:
    assert errors(closure(axioms)) == []


PLANTED: Final = {
    "a body that is a place": [(ID["x"], RDF.type, CT.Organisation), (ID["x"], RDF.type, CT.Place)],
    "an agreement that is a plan": [(ID["x"], RDF.type, CT.Agreement), (ID["x"], RDF.type, CT.ActionPlan)],
    "a party that is a place": [(ID["x"], CT.party, ID["y"]), (ID["y"], RDF.type, CT.Place)],
    "a place that borders on itself": [(ID["x"], CT.borders, ID["x"])],
    "a signing that is an entity": [(ID["x"], RDF.type, CT.Signing), (ID["x"], RDF.type, PROV.Entity)],
    "nothing at all": [(ID["x"], RDF.type, OWL.Nothing)],
}


@pytest.mark.parametrize("triples", PLANTED.values(), ids=PLANTED)
def test_a_planted_contradiction_is_reported(
    axioms: rdflib.Graph, triples: list[tuple[rdflib.URIRef, ...]]
) -> None:
    planted = rdflib.Graph()
    for subject, predicate, value in triples:
        planted.add((subject, predicate, value))
    assert errors(closure(axioms + planted))


def without_texts(*folders: str) -> rdflib.Graph:
    """Read all Turtle below these folders, but for the texts that no rule reads."""
    graph = rdflib.Graph()
    for path in (path for folder in folders for path in sorted((ROOT / folder).rglob("*.ttl"))):
        graph += [triple for triple in rdflib.Graph().parse(path) if triple[1] not in TEXTS]
    return graph


def closure(graph: rdflib.Graph) -> rdflib.Graph:
    """Return all that follows from the graph by the rules of OWL 2 RL."""
    closed = rdflib.Graph()
    closed += graph
    with rdflib_readings_kept():
        rules = owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False)
        rules.expand(closed)
    return closed


@contextmanager
def rdflib_readings_kept() -> Iterator[None]:
    """Undo what owlrl leaves behind: its own reading of xsd:gYear, in every graph of the process."""
    kept = dict(_toPythonMapping)
    try:
        yield
    finally:
        _toPythonMapping.clear()
        _toPythonMapping.update(kept)


def errors(graph: rdflib.Graph) -> list[str]:
    """Return what owlrl found wrong: it never raises, it adds statements."""
    return sorted(str(text) for text in graph.objects(None, ERROR))
