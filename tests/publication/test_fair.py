"""The checks of FOOPS! that look at an ontology file, and those of a live server that need no registration.

Re-made from the checker's own sources (oeg-upm/fair_ontologies, src/main/java/entities/checks): each test
bears the name of a check and passes when the check passes.
"""

from __future__ import annotations

import re

import pytest
import rdflib
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VANN

from crossties.resources import Content

PERSISTENT = (
    "w3id.org",
    "doi.org",
    "data.europa.eu",
    "www.w3.org",
    "dbpedia.org",
    "perma.cc",
    "linked.data.gov.au",
)
BIBO = rdflib.Namespace("http://purl.org/ontology/bibo/")
SCHEMA = rdflib.Namespace("https://schema.org/")
#: The namespaces whose use makes metadata readable to harvesters (VOC1).
METADATA = (
    str(DCTERMS),
    str(SCHEMA),
    str(VANN),
    str(BIBO),
    str(FOAF),
    str(RDFS),
    str(OWL),
    "http://www.w3.org/ns/prov#",
)


@pytest.fixture(scope="module")
def graph(content: Content) -> rdflib.Graph:
    merged = rdflib.Graph()
    for path in sorted(content.ontology.glob("*.ttl")):
        merged.parse(path)
    return merged


@pytest.fixture(scope="module")
def ontology(graph: rdflib.Graph) -> rdflib.URIRef:
    found = list(graph.subjects(RDF.type, OWL.Ontology))
    assert len(found) == 1
    assert isinstance(found[0], rdflib.URIRef)
    return found[0]


@pytest.fixture(scope="module")
def own(graph: rdflib.Graph, ontology: rdflib.URIRef) -> set[rdflib.URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {term for kind in kinds for term in graph.subjects(RDF.type, kind)}
    return {term for term in terms if isinstance(term, rdflib.URIRef) and term.startswith(f"{ontology}#")}


def test_purl1_the_iri_is_persistent(ontology: rdflib.URIRef) -> None:
    assert any(one in ontology for one in PERSISTENT)


def test_rdf1_the_file_is_rdf(graph: rdflib.Graph) -> None:
    assert len(graph) > 1000


def test_ver1_a_version_has_an_iri_of_its_own(graph: rdflib.Graph, ontology: rdflib.URIRef) -> None:
    version = graph.value(ontology, OWL.versionIRI)
    assert version is not None
    assert version != ontology


@pytest.mark.parametrize(
    "property_",
    [
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.license,
        OWL.versionIRI,
        DCTERMS.creator,
        VANN.preferredNamespaceUri,
    ],
)
def test_om1_the_least_metadata_are_there(
    graph: rdflib.Graph, ontology: rdflib.URIRef, property_: rdflib.URIRef
) -> None:
    assert graph.value(ontology, property_) is not None


@pytest.mark.parametrize(
    "property_",
    [
        VANN.preferredNamespacePrefix,
        OWL.versionInfo,
        DCTERMS.created,
        DCTERMS.bibliographicCitation,
        DCTERMS.contributor,
    ],
)
def test_om2_the_recommended_metadata_are_there(
    graph: rdflib.Graph, ontology: rdflib.URIRef, property_: rdflib.URIRef
) -> None:
    assert graph.value(ontology, property_) is not None


@pytest.mark.parametrize(
    "property_", [DCTERMS.publisher, FOAF.logo, BIBO.status, DCTERMS.source, DCTERMS.issued]
)
def test_om3_the_detailed_metadata_are_there(
    graph: rdflib.Graph, ontology: rdflib.URIRef, property_: rdflib.URIRef
) -> None:
    assert graph.value(ontology, property_) is not None


def test_om3_no_doi_is_claimed_that_was_never_given(graph: rdflib.Graph, ontology: rdflib.URIRef) -> None:
    """Its sixth part asks for a DOI: it stays open until there is a deposit."""
    assert not any("doi.org" in str(value) for value in graph.objects(ontology))
    assert graph.value(ontology, BIBO.doi) is None


def test_om4_licence_and_rights_are_there(graph: rdflib.Graph, ontology: rdflib.URIRef) -> None:
    assert str(graph.value(ontology, DCTERMS.license)).startswith("https://creativecommons.org/licenses/")
    assert graph.value(ontology, DCTERMS.rights) is not None


def test_om5_provenance_is_there(graph: rdflib.Graph, ontology: rdflib.URIRef) -> None:
    for property_ in (DCTERMS.created, DCTERMS.creator, DCTERMS.issued, DCTERMS.publisher):
        assert graph.value(ontology, property_) is not None


def test_find1_the_prefix_is_declared_and_the_namespace_counts(
    graph: rdflib.Graph, ontology: rdflib.URIRef
) -> None:
    namespace = str(graph.value(ontology, VANN.preferredNamespaceUri))
    assert namespace == f"{ontology}#" == namespace.lower()
    assert str(graph.value(ontology, VANN.preferredNamespacePrefix)) == "ct"


def test_voc1_metadata_use_vocabularies_that_others_read(
    graph: rdflib.Graph, ontology: rdflib.URIRef
) -> None:
    assert all(str(property_).startswith((*METADATA, str(RDF))) for property_ in graph.predicates(ontology))


def test_voc2_terms_of_others_are_used(graph: rdflib.Graph, own: set[rdflib.URIRef]) -> None:
    above = {
        value
        for term in own
        for value in graph.objects(term, rdflib.paths.AlternativePath(RDFS.subClassOf, RDFS.subPropertyOf))
    }
    assert len({value for value in above if isinstance(value, rdflib.URIRef) and value not in own}) > 10


def test_voc3_every_term_has_a_label(graph: rdflib.Graph, own: set[rdflib.URIRef]) -> None:
    assert {term for term in own if graph.value(term, RDFS.label) is None} == set()


def test_voc4_every_term_has_a_definition(graph: rdflib.Graph, own: set[rdflib.URIRef]) -> None:
    assert {term for term in own if graph.value(term, SKOS.definition) is None} == set()


def test_find3_the_ontology_is_in_a_catalogue(graph: rdflib.Graph, ontology: rdflib.URIRef) -> None:
    assert graph.value(ontology, SCHEMA.includedInDataCatalog) is not None


def test_the_file_names_no_machine(content: Content) -> None:
    texts = [path.read_text(encoding="utf-8") for path in content.ontology.glob("*.ttl")]
    assert not any(re.search(r"localhost|127\.0\.0\.1", text) for text in texts)
