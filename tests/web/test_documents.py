"""Documents answer themselves: format, headers, validators, suffixes."""

from __future__ import annotations

import json
import re

import pytest
import rdflib
from flask.testing import FlaskClient

from crossties.namespaces import BASE
from crossties.resources import Content

#: rdflib warns of its own parsers.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset.default_context|ConjunctiveGraph) is deprecated:DeprecationWarning"
)
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
DOCUMENTS = [
    "/ns",
    "/ns/1.0.0",
    "/shapes",
    "/graph",
    "/graph/places/lands",
    "/graph/derived",
    "/graph/ontology/funding",
    "/query/funding/totals",
    "/catalog",
    "/release",
    "/.well-known/void",
]
FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "nt": ("application/n-triples", "nt"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
    "trig": ("application/trig", "trig"),
    "nq": ("application/n-quads", "nquads"),
}


@pytest.fixture
def documents(client: FlaskClient) -> list[str]:
    graphs = re.findall(r'href="(/graph/places/[^"]*)"', client.get("/graph", headers=BROWSER).text)
    return [graphs[0] if one == "/graph/places/lands" else one for one in DOCUMENTS]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_document_comes_in_every_format_that_rdf_tools_read(
    client: FlaskClient, documents: list[str], suffix: str
) -> None:
    media_type, parser = FORMATS[suffix]
    for document in documents:
        answer = client.get(f"{document}.{suffix}", buffered=True)
        assert (answer.status_code, answer.mimetype) == (200, media_type), document
        assert len(rdflib.Dataset().parse(data=answer.data, format=parser)) > 0, document


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,*/*;q=0.8", "text/html"),
        ("*/*", "text/turtle"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.5", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("text/html;q=0.2, application/n-triples", "application/n-triples"),
    ],
)
def test_the_accept_header_decides(client: FlaskClient, accept: str, media_type: str) -> None:
    for document in ("/ns", "/shapes", "/catalog", "/graph/ontology/funding"):
        answer = client.get(document, headers={"Accept": accept}, buffered=True)
        assert (answer.status_code, answer.mimetype) == (200, media_type)
        assert "Accept" in answer.headers["Vary"]
        assert answer.headers["Content-Location"].startswith(document + ".")


def test_format_overrides_accept_and_the_suffix_overrides_both(client: FlaskClient) -> None:
    assert client.get("/ns?format=nt", headers=BROWSER).mimetype == "application/n-triples"
    assert client.get("/ns.rdf?format=nt", headers=BROWSER).mimetype == "application/rdf+xml"
    assert client.get("/ns", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "address", ["/ns/2.0", "/ns/1.0.0.xyz", "/ns.xyz", "/graph/none", "/query/funding/none", "/release/x"]
)
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address, headers=BROWSER).status_code == 404


@pytest.mark.parametrize(
    "address", ["/ns", "/shapes.ttl", "/graph/derived.nt", "/query/funding/totals.ttl", "/page/theme"]
)
def test_head_says_the_same_without_the_body_and_nothing_is_sent_twice(
    client: FlaskClient, address: str
) -> None:
    whole = client.get(address, headers=BROWSER, buffered=True)
    head = client.head(address, headers=BROWSER)
    assert (head.status_code, head.data) == (200, b"")
    assert head.content_type == whole.content_type
    assert whole.headers["ETag"] == head.headers["ETag"]
    again = client.get(address, headers=BROWSER | {"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(address, headers={"If-None-Match": whole.headers["ETag"], "Accept": "text/turtle"})
    assert other.status_code == 200
    other.close()


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("/ns", "ns"),
        ("/ns/1.0.0", "ns/1.0.0"),
        ("/shapes", "shapes"),
        ("/catalog", "catalog"),
        ("/page/theme/culture", "theme/culture"),
        ("/page/id/place/alder", "id/place/alder"),
        ("/graph/ontology/funding", "graph/ontology/funding"),
    ],
)
def test_a_page_has_its_iri_as_canonical_link_and_signposts(
    client: FlaskClient, address: str, iri: str
) -> None:
    answer = client.get(address, headers=BROWSER)
    links = dict(re.findall(r'<([^>]*)>; rel="([^"]*)"', answer.headers["Link"]))
    assert links[BASE + iri] in {"cite-as", "canonical"}
    relations = set(links.values())
    assert {
        "describedby",
        "license",
        "type",
        "author",
        "collection",
        "api-catalog",
        "service-doc",
        "service-desc",
    } <= relations
    assert f'<link rel="canonical" href="{BASE}{iri}">' in answer.text


def test_data_lead_back_to_their_page(client: FlaskClient) -> None:
    answer = client.get("/data/id/place/alder.ttl", buffered=True)
    assert '<http://localhost/page/id/place/alder>; rel="describes"' in answer.headers["Link"]
    assert f'<{BASE}id/place/alder>; rel="canonical"' in answer.headers["Link"]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/id/place/alder.ttl", "/data/id/place/alder.ttl"),
        ("/id/place/alder.html", "/page/id/place/alder"),
        ("/theme.nt", "/data/theme.nt"),
        ("/kind/grant.jsonld", "/data/kind/grant.jsonld"),
        ("/query/funding/totals", "/questions/funding/totals"),
    ],
)
def test_a_suffix_decides_where_a_name_leads(client: FlaskClient, address: str, leads_to: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, leads_to)


def test_a_named_graph_keeps_its_name_where_the_format_has_quads(client: FlaskClient) -> None:
    graph = rdflib.URIRef(BASE + "graph/ontology/funding")
    sizes = set()
    for suffix in ("nq", "trig"):
        dataset = rdflib.Dataset()
        dataset.parse(data=client.get(f"/graph/ontology/funding.{suffix}").data, format=FORMATS[suffix][1])
        assert {str(name) for *_, name in dataset.quads()} == {str(graph)}
        sizes.add(len(dataset.graph(graph)))
    sizes.add(len(rdflib.Graph().parse(data=client.get("/graph/ontology/funding.nt").data, format="nt")))
    assert len(sizes) == 1


def test_the_vocabulary_in_every_format_says_the_same(client: FlaskClient, content: Content) -> None:
    authored = rdflib.Graph()
    for path in sorted(content.ontology.glob("*.ttl")):
        authored.parse(path)
    for suffix, (_, parser) in FORMATS.items():
        published = rdflib.Dataset(default_union=True).parse(
            data=client.get(f"/ns.{suffix}").data, format=parser
        )
        assert len(published) == len(authored), suffix


def test_a_question_is_an_executable_with_its_text(client: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/query/funding/totals.ttl").data)
    node = rdflib.URIRef(BASE + "query/funding/totals")
    assert (node, rdflib.RDF.type, rdflib.SH.SPARQLExecutable) in graph
    text = str(graph.value(node, rdflib.SH.select))
    assert client.get("/query/funding/totals.rq").text == text
    assert client.get("/query/funding/totals", headers={"Accept": "application/sparql-query"}).text == text
    everything = rdflib.Graph().parse(data=client.get("/query.ttl").data)
    assert len(set(everything.subjects())) > 20


@pytest.mark.parametrize(
    "address", ["/ns", "/catalog", "/page/id/place/alder", "/page/theme/culture", "/graph/ontology/funding"]
)
def test_a_page_describes_itself_in_the_words_of_schema_org(client: FlaskClient, address: str) -> None:
    text = client.get(address, headers=BROWSER).text
    told = json.loads(text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert told["@context"] == "https://schema.org"
    assert told["license"].startswith("https://creativecommons.org/")
    assert told["@id"].startswith(BASE)


def test_a_code_list_is_drawn_as_a_tree(client: FlaskClient) -> None:
    text = client.get("/page/theme?lang=fi", headers=BROWSER).text
    assert text.count('<ul class="tree">') > 3
    assert 'id="vocational-education"' in text


def test_the_parts_of_the_dataset_are_anchors_of_their_page(client: FlaskClient) -> None:
    text = client.get("/catalog", headers=BROWSER).text
    anchors = set(re.findall(r'\bid="([^"]*)"', text))
    graph = rdflib.Graph().parse(data=client.get("/catalog.ttl").data)
    named = {str(one) for one in graph.subjects() if str(one).startswith(BASE + "catalog#")}
    parts = {one.partition("#")[2] for one in named if not one.endswith(("-sha256", "#contact"))}
    assert {"dataset", "sparql", "file-crossties.nq", "file-crossties.nq.gz"} <= parts
    assert parts - anchors == set()


def test_the_list_of_graphs_is_data_too(client: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/graph", headers={"Accept": "text/turtle"}).data)
    named = rdflib.URIRef(BASE + "graph/ontology/funding")
    assert int(str(graph.value(named, rdflib.VOID.triples))) > 50
    assert client.get("/graph.xyz").status_code == 404
    assert client.get("/dump").headers["Location"] == "/catalog#files"
