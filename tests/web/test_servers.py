"""The same application on every supported server: it answers, and a cut transfer is seen by the client."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Final
from urllib.parse import quote

import pytest
from tests.serving import SERVERS, Served, hosting

pytestmark = pytest.mark.slow

ENDLESS: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
UPDATE: Final = {"Content-Type": "application/sparql-update"}


@pytest.fixture(scope="module", params=SERVERS)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with hosting(request.param, tmp_path_factory.mktemp("hosted")) as served:
        some = " ".join(f"<urn:s{number}> <urn:p> {number} ." for number in range(400))
        put = served.ask("PUT", "/store?default", headers={"Content-Type": "text/turtle"}, body=some.encode())
        assert put.status == 204
        yield served


def test_queries_and_updates_are_answered(served: Served) -> None:
    update = b"INSERT DATA { <urn:written> <urn:b> 1 }"
    assert served.ask("POST", "/sparql", headers=UPDATE, body=update).status == 204
    found = served.ask("GET", "/sparql?query=" + quote("ASK { <urn:written> ?p ?o }"))
    assert json.loads(found.body)["boolean"] is True
    assert served.ask("GET", "/sparql?query=ASK").status == 400
    again = served.ask("GET", "/store?default")
    tag = {"If-None-Match": again.headers["ETag"]}
    assert served.ask("GET", "/store?default", headers=tag).status == 304
    assert served.ask("HEAD", "/store?default").body == b""


def test_a_cut_transfer_is_seen_by_the_client(served: Served) -> None:
    target = f"/sparql?format=csv&query={quote(ENDLESS)}"
    with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)) as connection:
        connection.request("GET", target)
        answer = connection.getresponse()
        assert answer.status == 200
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            read_whole(answer)


def read_whole(answer: http.client.HTTPResponse) -> None:
    while answer.read(1 << 20):
        pass


def test_clients_that_leave_free_their_workers(served: Served) -> None:
    for _ in range(4):
        with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)) as connection:
            connection.request("GET", f"/sparql?format=csv&query={quote(ENDLESS)}")
            assert connection.getresponse().read(1_000)
    started = time.monotonic()
    assert served.ask("GET", "/sparql?query=ASK%20%7B%7D").status == 200
    assert time.monotonic() - started < 2


def test_a_page_is_answered_beside_the_data(served: Served) -> None:
    found = served.ask("GET", "/sparql", headers={"Accept": "text/html"})
    assert (found.status, b"<textarea" in found.body) == (200, True)
