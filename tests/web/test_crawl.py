"""A crawler follows every link of the whole site: nothing is broken, nothing is fetched from elsewhere."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from crossties.instance import Instance
from crossties.namespaces import BASE, CT, DERIVED_GRAPH, SHAPES
from crossties.publication import local_path
from crossties.store.dump import read_named_graphs

pytestmark = pytest.mark.slow
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOST = "http://localhost"
#: Every page has its twins in three languages, and every thing its query: one of a kind is enough.
LEFT_OUT = re.compile(r"[?&](lang|query|example)=")
LINK = re.compile(r"<([^>]*)>")


class Links(HTMLParser):
    """Collect what a page leads to, what it loads, and its anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.anchors |= {told["id"]} if "id" in told else set()
        if tag == "a" and "href" in told:
            self.leads.append(told["href"])
        if tag == "link" and told.get("rel") in {"stylesheet", "icon"}:
            self.loads.append(told["href"])
        elif tag == "link" and told.get("rel") == "alternate":
            self.leads.append(told["href"])
        if "src" in told:
            self.loads.append(told["src"])


@dataclass
class Crawled:
    status: dict[str, int] = field(default_factory=dict)
    anchors: dict[str, set[str]] = field(default_factory=dict)
    wanted: set[tuple[str, str]] = field(default_factory=set)
    loads: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)


def crawl(client: FlaskClient, start: str) -> Crawled:
    found, waiting = Crawled(), deque([start])
    while waiting:
        address = waiting.popleft()
        if address in found.status:
            continue
        answer = client.get(address, headers=BROWSER, buffered=True)
        found.status[address] = answer.status_code
        links = [LINK.findall(answer.headers.get("Link", "")), [answer.headers.get("Location", "")]]
        if answer.mimetype == "text/html":
            page = Links()
            page.feed(answer.text)
            found.anchors[address] = page.anchors
            found.loads |= set(page.loads)
            links += [page.leads, page.loads]
        for link in (one for several in links for one in several if one):
            whole, fragment = urldefrag(urljoin(HOST + address, link))
            if not whole.startswith(HOST + "/"):
                found.outside.add(whole)
                continue
            target = whole.removeprefix(HOST)
            if not LEFT_OUT.search(target):
                waiting.append(target)
                found.wanted |= {(target, fragment)} if fragment else set()
        answer.close()
    return found


@pytest.fixture(scope="module")
def crawled(app: Flask) -> Crawled:
    return crawl(app.test_client(), "/")


def test_no_link_of_the_site_is_broken(crawled: Crawled) -> None:
    assert {address: status for address, status in crawled.status.items() if status >= 400} == {}
    assert len(crawled.status) > 1000


def test_every_anchor_that_is_linked_to_is_there(crawled: Crawled) -> None:
    pages = {page: anchors for page, anchors in crawled.anchors.items() if anchors}
    broken = [
        (page, anchor) for page, anchor in crawled.wanted if page in pages and anchor not in pages[page]
    ]
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(crawled: Crawled) -> None:
    assert [one for one in crawled.loads if urlsplit(one).netloc] == []


def test_the_sitemap_lists_pages_that_the_crawler_finds(crawled: Crawled, client: FlaskClient) -> None:
    listed = set(re.findall(f"<loc>{HOST}([^<]*)</loc>", client.get("/sitemap.xml").text))
    pages = {address for address, status in crawled.status.items() if status == 200}
    assert {one for one in listed if one not in pages} == set()


def own_iris(instance: Instance, *, derived: bool = True) -> Iterator[str]:
    for quad in read_named_graphs(instance.version.store):
        if not derived and str(quad.graph_name) == f"<{DERIVED_GRAPH}>":
            continue
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            value = getattr(term, "value", "")
            if str(term).startswith("<") and value.startswith(BASE):
                yield value


def test_every_iri_of_ours_in_the_data_dereferences(world_instance: Instance, client: FlaskClient) -> None:
    iris = set(own_iris(world_instance))
    paths = {iri: local_path(iri, BASE) for iri in iris}
    assert {iri for iri, path in paths.items() if not path} == set()
    broken = {}
    for path in {urldefrag(path)[0] for path in paths.values()}:
        answer = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True, buffered=True)
        if answer.status_code != 200 and answer.mimetype != "image/svg+xml":
            broken[path] = answer.status_code
    assert broken == {}
    assert len(iris) > 1000


def test_every_term_and_shape_is_an_anchor_of_its_page(world_instance: Instance, client: FlaskClient) -> None:
    vocabulary, shapes = Links(), Links()
    vocabulary.feed(client.get("/ns", headers=BROWSER).text)
    shapes.feed(client.get("/shapes", headers=BROWSER).text)
    iris = set(own_iris(world_instance, derived=False))
    assert {
        iri for iri in iris if iri.startswith(CT) and iri.removeprefix(CT) not in vocabulary.anchors
    } == set()
    assert {
        iri for iri in iris if iri.startswith(SHAPES) and iri.removeprefix(SHAPES) not in shapes.anchors
    } == set()
