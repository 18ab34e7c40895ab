"""What machines look for is there, well formed, and true."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pyshacl
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, VOID
from rdflib.term import Node, URIRef

from crossties.instance import Instance
from crossties.namespaces import BASE, CT, DERIVED_GRAPH
from crossties.releases import PROFILES
from crossties.store.dump import read_named_graphs

#: rdflib warns of its own parsers.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset.default_context|ConjunctiveGraph) is deprecated:DeprecationWarning"
)
DATASET = rdflib.URIRef(BASE + "catalog#dataset")
#: As it was before the fixture of all tests took the settings from outside away.
CONFORMANCE = os.environ.get("CROSSTIES_CONFORMANCE", "")


def number(graph: rdflib.Graph, subject: Node, property_: URIRef) -> int:
    value = graph.value(subject, property_)
    assert isinstance(value, rdflib.Literal)
    return int(value)


@pytest.fixture
def catalogue(client: FlaskClient) -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get("/catalog.ttl").data)


@pytest.fixture
def void(client: FlaskClient) -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get("/.well-known/void.ttl").data)


def test_the_counts_of_void_are_those_of_the_dump(client: FlaskClient, void: rdflib.Graph) -> None:
    dump = rdflib.Dataset().parse(data=client.get("/dump/crossties.nq", buffered=True).data, format="nquads")
    triples = {(one, two, three) for one, two, three, _ in dump.quads()}
    assert number(void, DATASET, VOID.triples) == len(triples)
    for part in void.objects(DATASET, VOID.propertyPartition):
        name = void.value(part, VOID.property)
        assert number(void, part, VOID.triples) == sum(1 for _, two, _ in triples if two == name), name
    for part in void.objects(DATASET, VOID.classPartition):
        name = void.value(part, VOID["class"])
        things = {
            one
            for one, two, three in triples
            if (two, three) == (RDF.type, name) and isinstance(one, rdflib.URIRef)
        }
        assert number(void, part, VOID.entities) == len(things), name


def test_void_names_examples_dumps_links_and_the_query_service(
    client: FlaskClient, void: rdflib.Graph
) -> None:
    assert void.value(DATASET, VOID.sparqlEndpoint) == rdflib.URIRef("http://localhost/sparql")
    for example in void.objects(DATASET, VOID.exampleResource):
        assert client.get("/" + str(example).removeprefix(BASE)).status_code == 303
    for dump in void.objects(DATASET, VOID.dataDump):
        assert client.get(str(dump).removeprefix("http://localhost"), buffered=True).status_code == 200
    for linkset in void.subjects(RDF.type, VOID.Linkset):
        assert number(void, linkset, VOID.triples) > 0
        assert void.value(linkset, VOID.linkPredicate)
    assert (None, FOAF.primaryTopic, DATASET) in void


def test_every_file_of_the_catalogue_is_there_with_its_size(
    client: FlaskClient, catalogue: rdflib.Graph
) -> None:
    files = list(catalogue.objects(DATASET, DCAT.distribution))
    assert len(files) > 20
    for one in files:
        address = str(catalogue.value(one, DCAT.downloadURL)).removeprefix("http://localhost")
        answer = client.get(address, buffered=True)
        assert answer.status_code == 200
        assert len(answer.data) == number(catalogue, one, DCAT.byteSize)


def test_the_catalogue_keeps_dcat_ap(catalogue: rdflib.Graph) -> None:
    path = Path(CONFORMANCE) / "semic" / "DCAT-AP-dcat-ap-SHACL.ttl"
    if not CONFORMANCE or not path.is_file():
        pytest.skip("CROSSTIES_CONFORMANCE names no folder with the shapes of DCAT-AP")
    shapes = rdflib.Graph().parse(path)
    for shape, one in list(shapes.subject_objects(rdflib.SH.property)):
        if (one, rdflib.SH.path, None) not in shapes:
            shapes.remove(
                (shape, rdflib.SH.property, one)
            )  # two that the published file names but does not hold
    conforms, _, report = pyshacl.validate(catalogue, shacl_graph=shapes, do_owl_imports=False)
    assert conforms, report


def test_the_sitemap_lists_pages_that_are_there(client: FlaskClient) -> None:
    tree = ET.fromstring(client.get("/sitemap.xml").data)  # noqa: S314 - our own
    pages = [str(one.text).removeprefix("http://localhost") for one in tree.findall(".//{*}loc")]
    assert len(pages) == len(set(pages)) > 100
    assert {client.get(page, buffered=True).status_code for page in pages[::20]} == {200}


def test_the_sitemap_names_no_node_that_the_build_made(client: FlaskClient, world_instance: Instance) -> None:
    derived: set[str] = set()
    stated: set[str] = set()
    for quad in read_named_graphs(world_instance.version.store):
        if quad.predicate.value == str(RDF.type):
            made = str(quad.graph_name) == f"<{DERIVED_GRAPH}>"
            (derived if made else stated).add(str(quad.subject).strip("<>").removeprefix(BASE))
    listed = set(re.findall("<loc>http://localhost/page/([^<]*)</loc>", client.get("/sitemap.xml").text))
    assert derived - stated
    assert listed & (derived - stated) == set()


def test_robots_may_read_pages_and_not_queries(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /sparql" in text
    assert "Sitemap: http://localhost/sitemap.xml" in text


def test_llms_txt_names_every_question(client: FlaskClient) -> None:
    text = client.get("/llms.txt").text
    assert text.startswith("# crossties\n\n> ")
    assert "/questions/funding/totals.json" in text


def test_the_feed_is_atom_with_the_newest_first(client: FlaskClient) -> None:
    tree = ET.fromstring(client.get("/feed.atom").data)  # noqa: S314 - our own
    atom = "{http://www.w3.org/2005/Atom}"
    assert tree.tag == atom + "feed"
    days = [str(one.text) for one in tree.iter(atom + "updated")]
    assert days[1:] == sorted(days[1:], reverse=True)
    assert all(entry.find(atom + "id") is not None for entry in tree.iter(atom + "entry"))


def test_the_api_catalog_is_a_linkset(client: FlaskClient) -> None:
    answer = client.get("/.well-known/api-catalog")
    assert answer.mimetype == "application/linkset+json"
    links = json.loads(answer.data)["linkset"][0]
    for link in [*links["service-desc"], *links["service-doc"]]:
        assert client.get(link["href"].removeprefix("http://localhost"), buffered=True).status_code == 200


def test_the_view_for_other_vocabularies_names_the_profiles_that_it_keeps(catalogue: rdflib.Graph) -> None:
    told = {
        str(catalogue.value(one, DCAT.downloadURL)): set(catalogue.objects(one, DCTERMS.conformsTo))
        for one in catalogue.objects(DATASET, DCAT.distribution)
    }
    assert told["http://localhost/dump/core-vocabularies.ttl"] == set(map(rdflib.URIRef, PROFILES))
    assert told["http://localhost/dump/crossties.ttl"] == set()


def test_openapi_is_well_formed_and_complete(client: FlaskClient) -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    described = json.loads(client.get("/openapi.json").data)
    validator.validate(described)
    names = {one["operationId"] for path in described["paths"].values() for one in path.values()}
    assert len(names) == sum(len(path) for path in described["paths"].values())
    assert "/questions/funding/totals.json" in described["paths"]
    assert {"/search", "/sparql", "/data/id/{path}.{suffix}"} <= set(described["paths"])


def test_what_openapi_says_of_an_answer_is_so(client: FlaskClient) -> None:
    described = json.loads(client.get("/openapi.json").data)
    for path, told in described["paths"].items():
        if not path.endswith(".json") or any(one.get("required") for one in told["get"]["parameters"]):
            continue
        schema = told["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = client.get(path)
        assert answer.status_code == 200, path
        rows = json.loads(answer.data)["rows"]
        for row in rows[:5]:
            assert set(row) == set(schema["properties"]["rows"]["items"]["required"]), path


def test_an_unchanged_document_is_not_sent_again(client: FlaskClient) -> None:
    for address in ("/catalog.ttl", "/openapi.json", "/sitemap.xml", "/feed.atom", "/dump/crossties.nq.gz"):
        first = client.get(address, buffered=True)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
        assert (again.status_code, again.data) == (304, b""), address


def test_classes_of_the_vocabulary_are_counted(void: rdflib.Graph) -> None:
    assert (None, VOID["class"], rdflib.URIRef(CT + "Agreement")) in void
