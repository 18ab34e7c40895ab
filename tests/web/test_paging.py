"""What many things point to comes in pages: each says that it is a part, and where the others are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import FOAF, RDF

from crossties.instance import Instance
from crossties.namespaces import BASE, CT
from crossties.resources import Content
from crossties.settings import Settings
from crossties.store.build import Source
from crossties.versions import ensure_version, vocabulary_sources
from crossties.web import create_app
from crossties.web.site import EXTENSION

HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
BROWSER = {"Accept": "text/html"}
LAND = rdflib.URIRef(BASE + "id/place/land")
MANY = 230
HEAD = """@base <https://w3id.org/crossties/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<id/place/land> a ct:Place ; ct:kind <kind/country> ; skos:prefLabel "Land"@en .
"""
TOWN = '<id/place/town-{0}> a ct:Place ; skos:prefLabel "Town {0}"@en ; ct:partOf <id/place/land> .\n'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("paged")
    path = home / "small.ttl"
    path.write_text(HEAD + "".join(TOWN.format(number) for number in range(MANY)), encoding="utf-8")
    sources = [*vocabulary_sources(content), Source(path, "https://w3id.org/crossties/graph/small")]
    app = create_app(Instance(Settings(home=home, workers=1), content, ensure_version(home, sources)))
    yield app.test_client()
    app.extensions[EXTENSION].pool.close()


def links(client: FlaskClient, address: str) -> dict[str, str]:
    header = client.get(address, headers=BROWSER, buffered=True).headers["Link"]
    found = {name: target for target, name in re.findall(r'<([^>]*)>; rel="(\w+)"', header)}
    wanted = {"first", "prev", "next", "last"}
    return {name: found[name].removeprefix("http://localhost") for name in found.keys() & wanted}


def towns(text: str) -> set[str]:
    return set(re.findall(r'href="(/id/place/town-\d+)"', text))


def test_the_pages_together_show_everything_once(client: FlaskClient) -> None:
    shown: list[str] = []
    address = "/page/id/place/land"
    while address:
        text = client.get(address, headers=BROWSER).text
        shown += towns(text)
        following = re.search(r'<a rel="next" href="([^"]*)"', text)
        address = following[1] if following else ""
    assert len(shown) == len(set(shown)) == MANY


def test_every_page_links_to_the_others(client: FlaskClient) -> None:
    page = "/page/id/place/land"
    assert links(client, page) == {"first": page, "next": f"{page}?page=2", "last": f"{page}?page=5"}
    middle = links(client, f"{page}?page=3")
    assert (middle["prev"], middle["next"]) == (f"{page}?page=2", f"{page}?page=4")
    assert links(client, f"{page}?page=2")["prev"] == page
    assert "next" not in links(client, f"{page}?page=5")


def test_the_statements_of_a_thing_stand_on_its_first_page(client: FlaskClient) -> None:
    page = client.get("/page/id/place/land?page=2", headers=BROWSER).text
    assert "Page 2 of 5" in page
    assert "country" not in page
    assert "country" in client.get("/page/id/place/land", headers=BROWSER).text


def test_a_page_of_data_says_of_what_it_is_a_part(client: FlaskClient) -> None:
    address = "/data/id/place/land.ttl"
    whole = rdflib.URIRef("http://localhost" + address)
    found: set[object] = set()
    for number, view in enumerate((whole, whole + "?page=2", whole + "?page=3"), start=1):
        graph = rdflib.Graph().parse(data=client.get(f"{address}?page={number}", buffered=True).data)
        assert (view, RDF.type, HYDRA.PartialCollectionView) in graph
        assert (whole, HYDRA.view, view) in graph
        assert (whole, FOAF.primaryTopic, LAND) in graph
        assert graph.value(whole, HYDRA.totalItems) == rdflib.Literal(MANY)
        assert (graph.value(view, HYDRA.next) is None) == (number == 3)
        assert (graph.value(view, HYDRA.previous) is None) == (number == 1)
        found |= set(graph.subjects(rdflib.URIRef(CT + "partOf"), LAND))
    assert len(found) == MANY
    assert links(client, address)["next"] == f"{address}?page=2"


def test_a_thing_with_few_links_is_whole(client: FlaskClient) -> None:
    assert links(client, "/page/id/place/town-1") == links(client, "/data/id/place/town-1.ttl") == {}
    assert b"hydra" not in client.get("/data/id/place/town-1.ttl", buffered=True).data


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/page/id/place/land?page=6", 404),
        ("/data/id/place/land.ttl?page=4", 404),
        ("/page/id/place/land?page=0", 400),
        ("/page/id/place/land?page=two", 400),
        ("/page/kind?page=2", 404),
    ],
)
def test_a_page_that_is_not_there_is_told(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address, headers=BROWSER).status_code == status
