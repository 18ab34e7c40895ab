"""What was withdrawn says so (410) or leads to what took its place (301), with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from crossties.instance import Instance
from crossties.resources import Content
from crossties.settings import Settings
from crossties.store.build import Source
from crossties.versions import ensure_version, vocabulary_sources
from crossties.web import create_app
from crossties.web.site import EXTENSION

GRAPH = """@base <https://w3id.org/crossties/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<id/place/alder> a ct:Place ; skos:prefLabel "Alder"@en .
<id/place/old-alder> owl:deprecated true ; dct:isReplacedBy <id/place/alder> ;
    skos:historyNote "It was in the graph twice."@en , "Se oli verkossa kahdesti."@fi .
<id/place/no-place> owl:deprecated true ; skos:historyNote "No source names it."@en .
<id/place/both> owl:deprecated true ; dct:isReplacedBy <id/place/alder> , <id/place/aspen> .
<id/place/abroad> owl:deprecated true ; dct:isReplacedBy <https://example.org/id/place/x> .
<id/place/still-typed> a ct:Place ; owl:deprecated true ; dct:isReplacedBy <id/place/alder> .
<id/place/aspen> a ct:Place ; skos:prefLabel "Aspen"@en .
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("withdrawn")
    path = Path(home) / "small.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    sources = [*vocabulary_sources(content), Source(path, "https://w3id.org/crossties/graph/small")]
    app = create_app(Instance(Settings(home=home, workers=1), content, ensure_version(home, sources)))
    yield app.test_client()
    app.extensions[EXTENSION].pool.close()


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/id/place/old-alder", "/id/place/alder"),
        ("/page/id/place/old-alder", "/id/place/alder"),
        ("/data/id/place/old-alder.ttl", "/id/place/alder.ttl"),
        ("/id/place/abroad", "https://example.org/id/place/x"),
    ],
)
def test_a_merged_thing_leads_to_the_one_that_it_became(
    client: FlaskClient, address: str, location: str
) -> None:
    answer = client.get(address, headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (301, location)
    assert "took its place" in answer.text


def test_the_reason_of_a_merger_is_told(client: FlaskClient) -> None:
    assert "It was in the graph twice." in client.get("/id/place/old-alder").text


@pytest.mark.parametrize(
    "address", ["/id/place/no-place", "/page/id/place/no-place", "/data/id/place/no-place.nt"]
)
def test_a_withdrawn_thing_is_gone_with_its_reason(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Accept": "application/problem+json"})
    assert answer.status_code == 410
    assert "No source names it." in answer.text
    assert answer.content_type == "application/problem+json"


def test_a_thing_that_became_several_names_them(client: FlaskClient) -> None:
    answer = client.get("/id/place/both", headers={"Accept": "text/html"})
    assert answer.status_code == 410
    assert "id/place/alder and https://w3id.org/crossties/id/place/aspen" in answer.text


def test_what_was_withdrawn_is_on_no_map_of_the_site(client: FlaskClient) -> None:
    text = client.get("/sitemap.xml").text
    assert "/page/id/place/alder<" in text
    assert "/page/id/place/still-typed<" not in text


def test_what_never_was_is_not_found(client: FlaskClient) -> None:
    assert client.get("/id/place/never").status_code == 404
