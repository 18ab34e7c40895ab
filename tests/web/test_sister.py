"""A sister project: its own data and authority, our vocabulary and code lists, links to our things."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import VOID

from crossties.instance import open_instance
from crossties.namespaces import BASE
from crossties.settings import Settings
from crossties.web import create_app
from crossties.web.site import EXTENSION

AUTHORITY = "https://rivers.example.org/"
PUBLIC = "https://www.rivers.example.org/graph"
BROWSER = {"Accept": "text/html", "Host": "www.rivers.example.org"}
MACHINE = {"Accept": "text/turtle", "Host": "www.rivers.example.org"}
FILE = """@base <https://rivers.example.org/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<graph/river> dct:created "2026-11-22"^^xsd:date .

<id/place/delta> a ct:Place ; ct:kind <https://w3id.org/crossties/kind/municipality> ;
    skos:prefLabel "Delta"@en , "Suisto"@fi ;
    skos:exactMatch <https://w3id.org/crossties/id/place/kotka> .
<id/organisation/town-of-delta> a ct:Organisation ; ct:governs <id/place/delta> ;
    skos:prefLabel "Town of Delta"@en .
"""


@pytest.fixture(scope="module")
def sister(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("sister")
    (home / "data").mkdir()
    (home / "data" / "river.ttl").write_text(FILE, encoding="utf-8")
    settings = Settings(home=home, workers=1, authority=AUTHORITY, public_url=PUBLIC)
    app = create_app(open_instance(settings, files=[home / "data"]))
    yield app.test_client()
    app.extensions[EXTENSION].pool.close()


def test_its_things_answer_under_its_authority(sister: FlaskClient) -> None:
    answer = sister.get("/id/place/delta", headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/page/id/place/delta")
    page = sister.get("/page/id/place/delta", headers=BROWSER)
    assert f'<link rel="canonical" href="{AUTHORITY}id/place/delta">' in page.text
    assert 'href="/id/organisation/town-of-delta"' in page.text


def test_it_links_to_our_things_and_shows_our_lists_itself(sister: FlaskClient) -> None:
    text = sister.get("/page/id/place/delta", headers=BROWSER).text
    assert f'href="{BASE}id/place/kotka" class="outside"' in text
    assert 'href="/kind/municipality"' in text
    assert sister.get("/page/kind/municipality", headers=BROWSER).status_code == 200
    assert sister.get("/id/place/kotka", headers=BROWSER).status_code == 404


def test_its_data_are_not_renamed(sister: FlaskClient) -> None:
    graph = rdflib.Graph().parse(
        data=sister.get("/data/id/place/delta.ttl", headers=MACHINE, buffered=True).data
    )
    delta = rdflib.URIRef(AUTHORITY + "id/place/delta")
    assert (delta, None, rdflib.URIRef(BASE + "kind/municipality")) in graph


def test_its_graphs_bear_its_name(sister: FlaskClient) -> None:
    answer = sister.get("/graph/river.nq", headers=MACHINE, buffered=True)
    assert answer.status_code == 200
    assert f"<{AUTHORITY}graph/river> ." in answer.text


def test_it_shows_the_vocabulary_with_our_iri(sister: FlaskClient) -> None:
    answer = sister.get("/ns", headers=BROWSER)
    assert f'<link rel="canonical" href="{BASE}ns">' in answer.text


def test_it_describes_itself_at_its_public_address(sister: FlaskClient) -> None:
    void = rdflib.Graph().parse(data=sister.get("/.well-known/void.ttl", headers=MACHINE).data)
    dataset = rdflib.URIRef(AUTHORITY + "catalog#dataset")
    assert void.value(dataset, VOID.sparqlEndpoint) == rdflib.URIRef(PUBLIC + "/sparql")
    assert str(void.value(dataset, VOID.uriSpace)) == AUTHORITY
    spaces = {str(space) for space in void.objects(None, VOID.uriSpace)}
    assert "https://w3id.org/" in spaces
    assert PUBLIC + "/sitemap.xml" in sister.get("/robots.txt", headers=MACHINE).text
    listed = re.findall("<loc>([^<]*)</loc>", sister.get("/sitemap.xml", headers=MACHINE).text)
    assert PUBLIC + "/page/id/place/delta" in listed


def test_its_dumps_name_no_host(sister: FlaskClient) -> None:
    dump = sister.get("/dump/crossties.nq", headers=MACHINE, buffered=True).text
    assert f"<{AUTHORITY}id/place/delta>" in dump
    assert PUBLIC not in dump
