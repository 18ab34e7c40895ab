"""What changed between versions of the vocabulary: told with a small second version."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import OWL

from crossties.instance import Instance
from crossties.namespaces import CT, ONTOLOGY
from crossties.publication.history import Edition, History
from crossties.resources import Content
from crossties.settings import Settings
from crossties.versions import ensure_version, vocabulary_sources
from crossties.vocabulary import read_vocabulary
from crossties.web import create_app
from crossties.web.site import EXTENSION

BROWSER = {"Accept": "text/html"}
FIRST, SECOND = Edition("1.0.0", "2026-11-22"), Edition("1.1.0", "2027-05-01")
SECOND_VERSION = """@base <https://w3id.org/crossties/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<ns> owl:priorVersion <ns/1.0.0> .
<ns/1.0.0> dct:issued "2026-11-22"^^xsd:date .

ct:Ferry a owl:Class ; rdfs:subClassOf ct:Service ; dct:issued "2027-05-01"^^xsd:date ;
    rdfs:label "ferry"@en , "lautta"@fi , "паром"@ru , "färja"@sv ;
    skos:definition "Boat line."@en , "Laivalinja."@fi , "Линия."@ru , "Båtlinje."@sv ;
    rdfs:isDefinedBy <ns> .

ct:party skos:changeNote [ dct:date "2027-05-01"^^xsd:date ;
    rdf:value "May be a place too."@en , "Voi olla myös paikka."@fi ] .
"""


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Content:
    """Give a vocabulary whose second version came after the one that is shipped."""
    folder = tmp_path_factory.mktemp("second") / "ontology"
    shutil.copytree(content.ontology, folder)
    shutil.copytree(content.ontology, folder / "versions" / "1.0.0")
    head = folder / "crossties.ttl"
    text = head.read_text(encoding="utf-8").replace('"1.0.0"', '"1.1.0"').replace("<ns/1.0.0>", "<ns/1.1.0>")
    text = text.replace('dct:issued "2026-11-22"', 'dct:issued "2027-05-01"')
    head.write_text(text, encoding="utf-8")
    (folder / "ferries.ttl").write_text(SECOND_VERSION, encoding="utf-8")
    return replace(content, ontology=folder)


@pytest.fixture(scope="module")
def client(second: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("second-home")
    version = ensure_version(home, vocabulary_sources(second))
    app = create_app(Instance(Settings(home=home, workers=1), second, version))
    yield app.test_client()
    app.extensions[EXTENSION].pool.close()


def entry(page: str, name: str) -> str:
    found = re.search(rf'<article class="term" id="{name}">(.*?)</article>', page, re.DOTALL)
    assert found
    return found[1]


def versions(page: str) -> str:
    return page.partition('<h2 id="versions">')[2].partition("</section>")[0]


def test_the_first_version_has_no_history(content: Content) -> None:
    history = History(read_vocabulary(content).triples)
    assert history.editions == (FIRST,)
    assert history.story(CT + "party").since == FIRST
    assert history.changed([CT + "party"]) == {}


def test_a_second_version_says_what_came_and_what_changed(second: Content) -> None:
    history = History(read_vocabulary(second).triples)
    assert history.editions == (SECOND, FIRST)
    assert history.story(CT + "Ferry").since == SECOND
    assert history.story(CT + "party").since == FIRST
    assert [one.edition for one in history.story(CT + "party").changes] == [SECOND]
    assert history.changed([CT + "Ferry", CT + "party", CT + "Place"]) == {
        SECOND: [CT + "Ferry", CT + "party"]
    }


def test_the_page_tells_the_history_of_each_term(client: FlaskClient) -> None:
    page = client.get("/ns", headers=BROWSER).text
    assert "since 1.1.0" in entry(page, "Ferry")
    assert "since 1.0.0" in entry(page, "party")
    assert "May be a place too." in entry(page, "party")
    assert "May be a place too." not in entry(page, "Place")
    finnish = entry(client.get("/ns?lang=fi", headers=BROWSER).text, "party")
    assert '<dd lang="fi">Voi olla myös paikka.' in finnish


def test_the_page_lists_the_versions_with_what_changed(client: FlaskClient) -> None:
    told = versions(client.get("/ns", headers=BROWSER).text)
    assert re.findall(r'href="(/ns/[^"]*)"', told) == ["/ns/1.1.0", "/ns/1.0.0"]
    assert set(re.findall(r'href="(#[^"]*)"', told)) == {"#Ferry", "#party"}


def test_the_older_version_stays_at_its_address(client: FlaskClient) -> None:
    page = client.get("/ns/1.0.0", headers=BROWSER).text
    assert "This is an older version" in page
    assert 'id="Ferry"' not in page
    old = rdflib.Graph().parse(data=client.get("/ns/1.0.0.ttl").data)
    new = rdflib.Graph().parse(data=client.get("/ns/1.1.0.ttl").data)
    ontology = rdflib.URIRef(ONTOLOGY)
    assert old.value(ontology, OWL.versionIRI) == ontology + "/1.0.0"
    assert new.value(ontology, OWL.versionIRI) == ontology + "/1.1.0"
    assert new.value(ontology, OWL.priorVersion) == ontology + "/1.0.0"
    assert client.get("/ns/0.9.0", headers=BROWSER).status_code == 404
