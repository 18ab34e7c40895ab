from __future__ import annotations

import pytest
from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("address", "accept", "leads_to"),
    [
        ("/id/organisation/ferry-centre", "text/html,*/*;q=0.8", "/page/id/organisation/ferry-centre"),
        ("/id/organisation/ferry-centre", "text/turtle", "/data/id/organisation/ferry-centre.ttl"),
        ("/id/organisation/ferry-centre", "*/*", "/data/id/organisation/ferry-centre.ttl"),
        (
            "/id/organisation/ferry-centre?format=jsonld",
            "text/html",
            "/data/id/organisation/ferry-centre.jsonld",
        ),
        ("/id/organisation/ferry-centre?lang=fi", "text/html", "/page/id/organisation/ferry-centre?lang=fi"),
        (
            "/id/signing/alder-spruce-2018/signature/lehto",
            "text/html",
            "/page/id/signing/alder-spruce-2018/signature/lehto",
        ),
        ("/theme", "text/html", "/page/theme"),
        ("/theme/culture", "application/n-triples", "/data/theme/culture.nt"),
        ("/kind/grant", "text/html", "/page/kind/grant"),
        ("/status/terminated", "text/html", "/page/status/terminated"),
        ("/id/status/alder-spruce-2022-alder", "text/html", "/page/id/status/alder-spruce-2022-alder"),
    ],
)
def test_a_name_leads_to_page_or_data(client: FlaskClient, address: str, accept: str, leads_to: str) -> None:
    answer = client.get(address, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, leads_to)
    assert "Accept" in answer.headers["Vary"]
    assert client.get(leads_to, buffered=True).status_code == 200


@pytest.mark.parametrize(
    "address", ["/id/place/atlantis", "/theme/nothing", "/page/id/x", "/data/id/x.ttl", "/page/ns"]
)
def test_what_nothing_is_known_of_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
    assert "search" in client.get(address, headers=BROWSER).text


@pytest.mark.parametrize(
    ("suffix", "content_type"),
    [
        ("ttl", "text/turtle; charset=utf-8"),
        ("nt", "application/n-triples"),
        ("jsonld", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
        ("trig", "application/trig"),
        ("nq", "application/n-quads"),
    ],
)
def test_data_come_in_every_format(client: FlaskClient, suffix: str, content_type: str) -> None:
    answer = client.get(f"/data/id/organisation/ferry-centre.{suffix}")
    assert (answer.status_code, answer.content_type) == (200, content_type)
    assert "ferry-centre" in answer.text


def test_an_unaccepted_format_is_told_with_the_list(client: FlaskClient) -> None:
    answer = client.get("/id/organisation/ferry-centre", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


@pytest.mark.parametrize(("name", "marked"), [("upper-birch", True), ("alder", False)])
def test_a_value_that_is_our_reading_is_marked(client: FlaskClient, *, name: str, marked: bool) -> None:
    text = client.get(f"/page/id/funding/ferry-centre-2019-{name}", headers=BROWSER).text
    facts = text.partition('<dl class="facts">')[2].partition("</dl>")[0]
    assert ("our reading" in facts) is marked


def test_a_page_names_its_data(client: FlaskClient) -> None:
    text = client.get("/page/id/organisation/ferry-centre", headers=BROWSER).text
    assert '<link rel="alternate" type="text/turtle" href="/data/id/organisation/ferry-centre.ttl">' in text


def test_strange_paths_are_not_found_and_break_nothing(client: FlaskClient) -> None:
    for path in ("/id/a%3E%20b", "/page/id/%22", "/data/id/x%5C.ttl", "/id/a b", "/page/id/../../etc/passwd"):
        assert client.get(path).status_code in {400, 404}
