"""What is known of the graph, and the service that somebody names for Wikidata."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests.importing.conftest import PLACE

from crossties.errors import HostError, RequestError
from crossties.importing import read_register
from crossties.importing.fetching import fetch_pairs

ANSWER = {"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "x"}}]}}


class _Service(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps(ANSWER).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


@pytest.fixture
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


def test_names_countries_and_points_of_the_graph_are_known(world_run: Callable[[str], bytes]) -> None:
    register = read_register(world_run)
    alder = register.things[PLACE + "alder"]
    assert alder.country in register.countries.values()
    assert "Ольха" in alder.names
    assert register.label(PLACE + "alder") == "Alder"


def test_twinnings_are_known_by_their_places(world_run: Callable[[str], bytes]) -> None:
    register = read_register(world_run)
    assert register.twinnings[frozenset((PLACE + "alder", PLACE + "spruce"))].endswith(
        "partnership/alder-spruce"
    )


def test_the_answer_of_a_service_is_read_as_a_file(service: str) -> None:
    upload = fetch_pairs(service, "Q33")
    assert upload.name == "Q33.json"
    assert json.loads(upload.data) == ANSWER


def test_a_service_is_asked_only_of_a_country(service: str) -> None:
    with pytest.raises(RequestError, match="no identifier"):
        fetch_pairs(service, "Finland }")


def test_a_service_that_is_not_there_is_told() -> None:
    with pytest.raises(HostError, match="gave no answer"):
        fetch_pairs("http://127.0.0.1:9/sparql", "Q33")
