"""The metrics of F-UJI 0.8 on the page of the dataset: one test for each, named as the metric is.

Re-made from the checker's own list (pangaea-data-publisher/fuji, metrics_v0.8.yaml: 17 metrics are active).
What needs a public host or the registries of others is listed with its reason in fuji.toml.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import DCAT, DCTERMS, PROV

from crossties.namespaces import BASE

HERE = Path(__file__)
BROWSER = {"Accept": "text/html"}
METRICS = (
    *("FsF-F1-01MD", "FsF-F1-02MD", "FsF-F2-01M", "FsF-F3-01M", "FsF-F4-01M"),
    *("FsF-A1-01M", "FsF-A1-02MD", "FsF-A1.1-01MD", "FsF-A1.2-01MD"),
    *("FsF-I1-01M", "FsF-I2-01M", "FsF-I3-01M"),
    *("FsF-R1-01M", "FsF-R1.1-01M", "FsF-R1.2-01M", "FsF-R1.3-01M", "FsF-R1.3-02D"),
)
#: Starts of identifiers that the checker takes for lasting ones, of those that we could have.
LASTING = ("https://w3id.org/", "https://doi.org/", "https://purl.org/")
#: Namespaces of the checker's registry of vocabularies, without those of RDF itself that it doesn't count.
REGISTERED = {
    "http://www.w3.org/ns/dcat#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/ns/org#",
    "http://www.w3.org/ns/locn#",
    "http://rdfs.org/ns/void#",
    "http://www.opengis.net/ont/geosparql#",
    "http://purl.org/dc/terms/",
    "http://xmlns.com/foaf/0.1/",
}
#: Media types that its list of file formats has as open, or as good for long keeping.
OPEN = {
    *("text/turtle", "application/n-quads", "application/trig", "application/ld+json", "text/csv"),
    *("application/geo+json", "application/graphml+xml", "application/gexf+xml", "application/zip"),
}
LICENSES = {"https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0"}


@pytest.fixture
def page(client: FlaskClient) -> str:
    return client.get("/catalog", headers=BROWSER).text


@pytest.fixture
def embedded(page: str) -> dict[str, Any]:
    """Give the JSON-LD that the server wrote into the page: nothing has run to put it there."""
    text = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    told: dict[str, Any] = json.loads(text)
    return told


@pytest.fixture
def graph(client: FlaskClient) -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get("/catalog", headers={"Accept": "text/turtle"}).data)


@pytest.fixture
def links(client: FlaskClient) -> list[tuple[str, str]]:
    """Give the typed links of the page as ``(relation, target)``."""
    header = client.get("/catalog", headers=BROWSER).headers["Link"]
    return [(name, target) for target, name in re.findall(r'<([^>]*)>; rel="([^"]*)"', header)]


def fetch(client: FlaskClient, address: str) -> Any:  # noqa: ANN401 - a response of the test client
    path = urlsplit(address)
    return client.get(path.path, buffered=True)


def test_fsf_f1_01md_the_identifier_is_unique(embedded: dict[str, Any]) -> None:
    for name in ("@id", "identifier"):
        assert urlsplit(embedded[name]).scheme == "https"
        assert urlsplit(embedded[name]).netloc


def test_fsf_f1_02md_the_identifier_is_of_a_lasting_kind(embedded: dict[str, Any]) -> None:
    assert embedded["identifier"].startswith(LASTING)


def test_fsf_f2_01m_the_core_elements_are_there(embedded: dict[str, Any]) -> None:
    needed = (
        "creator",
        "name",
        "identifier",
        "datePublished",
        "publisher",
        "@type",
        "description",
        "keywords",
    )
    assert [name for name in needed if not embedded.get(name)] == []
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", embedded["datePublished"])
    assert embedded["creator"]["name"]


def test_fsf_f3_01m_the_content_is_linked_and_can_be_had(
    client: FlaskClient, embedded: dict[str, Any], links: list[tuple[str, str]]
) -> None:
    content = [one["contentUrl"] for one in embedded["distribution"]]
    assert len(content) > 20
    items = [target for name, target in links if name == "item"]
    assert items
    assert set(items) <= set(content)
    assert {fetch(client, address).status_code for address in content} == {200}


def test_fsf_f4_01m_search_engines_find_metadata_in_the_page(embedded: dict[str, Any]) -> None:
    assert embedded["@context"] == "https://schema.org"
    assert embedded["@type"] == "Dataset"


def test_fsf_a1_01m_the_conditions_of_access_are_told(embedded: dict[str, Any], graph: rdflib.Graph) -> None:
    assert embedded["isAccessibleForFree"] is True
    assert embedded["conditionsOfAccess"]
    public = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
    assert (rdflib.URIRef(embedded["@id"]), DCTERMS.accessRights, rdflib.URIRef(public)) in graph


def test_fsf_a1_02md_metadata_and_data_are_retrieved_by_their_identifiers(
    client: FlaskClient, embedded: dict[str, Any], graph: rdflib.Graph
) -> None:
    document = embedded["identifier"].removeprefix(BASE).partition("#")[0]
    assert client.get(f"/{document}", headers=BROWSER).status_code == 200
    for one in graph.objects(rdflib.URIRef(embedded["@id"]), DCAT.distribution):
        assert fetch(client, str(graph.value(one, DCAT.downloadURL))).status_code == 200


@pytest.mark.parametrize(
    "metric", ["FsF-A1.1-01MD: a standard protocol", "FsF-A1.2-01MD: one that can authenticate"]
)
def test_fsf_a1_1_01md_and_a1_2_01md_the_protocol_is_http(embedded: dict[str, Any], metric: str) -> None:
    addresses = [embedded["identifier"], embedded["url"], embedded["distribution"][0]["contentUrl"]]
    assert {urlsplit(one).scheme for one in addresses} <= {"http", "https"}, metric


def test_fsf_i1_01m_metadata_are_structured_in_the_page_and_rdf_by_negotiation_links_and_sparql(
    client: FlaskClient, embedded: dict[str, Any], graph: rdflib.Graph, links: list[tuple[str, str]]
) -> None:
    assert embedded
    assert (rdflib.URIRef(embedded["@id"]), None, None) in graph
    described = [target for name, target in links if name == "describedby"]
    assert len(described) == 6
    assert {fetch(client, address).status_code for address in described} == {200}
    endpoint = next(graph.objects(None, DCAT.endpointURL))
    assert client.get(urlsplit(str(endpoint)).path, query_string={"query": "ASK {}"}).status_code == 200


def test_fsf_i2_01m_terms_of_registered_vocabularies_are_used(
    client: FlaskClient, graph: rdflib.Graph
) -> None:
    void = rdflib.Graph().parse(data=client.get("/.well-known/void.ttl").data)
    for told, least in ((graph, 4), (graph + void, 5)):
        used = {space for space in REGISTERED if any(str(one).startswith(space) for one in told.predicates())}
        assert len(used) >= least


def test_fsf_i3_01m_related_resources_are_qualified_and_readable_by_machines(
    embedded: dict[str, Any], graph: rdflib.Graph
) -> None:
    assert embedded["includedInDataCatalog"]["@id"] == BASE + "catalog"
    dataset = rdflib.URIRef(embedded["@id"])
    related = {
        name for name in (DCTERMS.conformsTo, DCTERMS.publisher, DCAT.theme) if (dataset, name, None) in graph
    }
    assert len(related) == 3
    assert (None, DCAT.servesDataset, dataset) in graph


def test_fsf_r1_01m_type_size_and_service_of_the_content_are_told_and_true(
    client: FlaskClient, embedded: dict[str, Any], graph: rdflib.Graph
) -> None:
    for one in embedded["distribution"]:
        answer = fetch(client, one["contentUrl"])
        assert one["contentSize"] == f"{len(answer.data)} B"
        packed = one["name"].endswith((".gz", ".zst"))
        assert packed or answer.mimetype == one["encodingFormat"]
    service = next(graph.subjects(DCAT.endpointURL))
    assert graph.value(service, DCTERMS.conformsTo) == rdflib.URIRef(
        "http://www.w3.org/TR/sparql11-protocol/"
    )


def test_fsf_r1_1_01m_the_licence_is_a_known_one_in_the_right_element(
    embedded: dict[str, Any], graph: rdflib.Graph, links: list[tuple[str, str]]
) -> None:
    assert embedded["license"] in LICENSES
    assert graph.value(rdflib.URIRef(embedded["@id"]), DCTERMS.license) == rdflib.URIRef(embedded["license"])
    assert ("license", embedded["license"]) in links


def test_fsf_r1_2_01m_provenance_is_told_with_a_term_of_prov(
    embedded: dict[str, Any], graph: rdflib.Graph
) -> None:
    dataset = rdflib.URIRef(embedded["@id"])
    assert graph.value(dataset, PROV.wasAttributedTo) is not None
    for name in (DCTERMS.creator, DCTERMS.publisher, DCTERMS.modified):
        assert graph.value(dataset, name) is not None


def test_fsf_r1_3_01m_metadata_follow_standards_of_many_disciplines(
    embedded: dict[str, Any], graph: rdflib.Graph
) -> None:
    assert embedded["@context"].startswith("https://schema.org")
    assert any(str(one).startswith(str(DCAT)) for one in graph.predicates())


def test_fsf_r1_3_02d_files_are_in_open_formats(embedded: dict[str, Any]) -> None:
    assert {one["encodingFormat"] for one in embedded["distribution"]} <= OPEN


def test_every_metric_is_judged_and_what_is_left_open_has_its_reason() -> None:
    text = HERE.read_text(encoding="utf-8")
    judged = {name.replace("_", "-") for name in re.findall(r"def test_(fsf_[a-z0-9_]*\d(?:md|m|d))_", text)}
    named = {re.sub(r"[.]", "-", metric).lower() for metric in METRICS}
    assert len(METRICS) == 17
    assert named - judged <= {"fsf-a1-2-01md", "fsf-a1-1-01md"}
    left = tomllib.loads((HERE.parent / "fuji.toml").read_text(encoding="utf-8"))
    assert set(left) <= set(METRICS)
    assert all(one["open"] and one["reason"] for one in left.values())


def test_a_page_about_a_thing_says_the_core_too(client: FlaskClient) -> None:
    text = client.get("/page/id/organisation/town-of-alder", headers=BROWSER).text
    told = json.loads(text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    for name in ("@type", "identifier", "creator", "publisher", "name", "license", "isPartOf"):
        assert told[name]
    assert told["mainEntity"]["@id"] == BASE + "id/organisation/town-of-alder"
