"""The checks of FOOPS! on a live server, CN1 DOC1 URI1 URI2 HTTP1 VER2, and what F-UJI can judge here."""

from __future__ import annotations

import json

import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import OWL, RDF

from crossties.namespaces import ONTOLOGY

BROWSER = {"Accept": "text/html"}
RDF_TYPES = ("application/rdf+xml", "text/turtle", "application/ld+json")


def test_cn1_html_and_rdf_come_by_negotiation(client: FlaskClient) -> None:
    assert client.get("/ns", headers=BROWSER).mimetype == "text/html"
    for media_type in RDF_TYPES:
        assert client.get("/ns", headers={"Accept": media_type}).mimetype == media_type


def test_doc1_there_is_documentation(client: FlaskClient) -> None:
    assert "<h2" in client.get("/ns", headers=BROWSER).text


def test_uri1_and_uri2_the_iri_is_that_of_the_ontology_in_it(client: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/ns", headers={"Accept": "text/turtle"}).data)
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [rdflib.URIRef(ONTOLOGY)]


def test_http1_the_scheme_is_http() -> None:
    assert ONTOLOGY.startswith("http")


def test_ver2_the_version_resolves(client: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/ns.ttl").data)
    version = str(graph.value(rdflib.URIRef(ONTOLOGY), OWL.versionIRI))
    assert client.get("/ns" + version.removeprefix(ONTOLOGY)).status_code == 200


def test_the_dataset_says_in_its_html_what_harvesters_look_for(client: FlaskClient) -> None:
    text = client.get("/catalog", headers=BROWSER).text
    told = json.loads(text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    needed = (
        "@type",
        "identifier",
        "creator",
        "name",
        "datePublished",
        "publisher",
        "description",
        "keywords",
    )
    assert [name for name in needed if not told.get(name)] == []
    assert told["identifier"].startswith("https://w3id.org/")
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {"contentUrl", "encodingFormat", "contentSize"} <= set(told["distribution"][0])
    assert told["isAccessibleForFree"] is True


def test_the_signposts_of_the_dataset_lead_to_its_content(client: FlaskClient) -> None:
    header = client.get("/catalog", headers=BROWSER).headers["Link"]
    for relation in (
        "item",
        "describedby",
        "license",
        "type",
        "cite-as",
        "author",
        "service-desc",
        "api-catalog",
    ):
        assert f'rel="{relation}"' in header
