"""The three service description tests; the suite has no requests for them, so they are written here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from tests.conformance.suite import Case, read_cases
from tests.serving import Served

SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
pytestmark = pytest.mark.slow
CASES: Final = list(read_cases("service-description"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_description_is_as_the_suite_says(case: Case, scratch: Served) -> None:
    found = scratch.ask("GET", "/sparql", headers={"Accept": "text/turtle"})
    assert found.status == 200
    assert found.content_type == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=found.body, format="turtle")
    _CHECKS[case.iri.rpartition("#")[2]](graph, f"{scratch.address}/sparql")


def check_rdf(graph: Graph, _: str) -> None:
    assert len(graph) > 10


def check_endpoint(graph: Graph, address: str) -> None:
    assert (None, SD.endpoint, URIRef(address)) in graph


def check_schema(graph: Graph, address: str) -> None:
    """Section 3 of the recommendation: what must and what may be said, and of what."""
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert list(graph.objects(service, SD.endpoint)) == [URIRef(address)]
    languages = set(graph.objects(service, SD.supportedLanguage))
    assert languages == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert all(isinstance(one, URIRef) for one in graph.objects(service, SD.resultFormat))
    (dataset,) = graph.objects(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in graph
    (default,) = graph.objects(dataset, SD.defaultGraph)
    assert (default, RDF.type, SD.Graph) in graph
    used = {predicate for predicate in graph.predicates() if str(predicate).startswith(SD)}
    assert used <= {
        SD.endpoint,
        SD.supportedLanguage,
        SD.resultFormat,
        SD.inputFormat,
        SD.feature,
        SD.defaultDataset,
        SD.defaultGraph,
    }


_CHECKS: Final[dict[str, Callable[[Graph, str], None]]] = {
    "returns-rdf": check_rdf,
    "has-endpoint-triple": check_endpoint,
    "conforms-to-schema": check_schema,
}
