"""What people and machines send that they should not: the right status each, and the service goes on."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.serving import Answered, Served, serving

pytestmark = pytest.mark.slow

WORLD = Path(__file__).parents[1] / "world"
QUERY = {"Content-Type": "application/sparql-query"}
THREE = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    environment = {"CROSSTIES_CPU_SECONDS": "1", "CROSSTIES_STALL_SECONDS": "3"}
    home = tmp_path_factory.mktemp("bad-input-home")
    with serving(str(WORLD), home=home, environment=environment) as served:
        yield served


@pytest.fixture(autouse=True)
def answers_afterwards(live: Served) -> Iterator[None]:
    """Whatever was sent, the very process that got it answers the next one."""
    yield
    assert live.process.poll() is None
    assert json.loads(post(live, "ASK {}").body) == {"head": {}, "boolean": True}


@pytest.fixture
def outside() -> Iterator[tuple[str, list[bytes]]]:
    """Listen where a query could reach out to, and note whoever comes."""
    came: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def note() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    came.append(b"somebody")
                    connection.close()

        threading.Thread(target=note, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}", came


def post(live: Served, query: str, *, accept: str = "") -> Answered:
    return live.ask("POST", "/sparql", headers={**QUERY, "Accept": accept}, body=query.encode())


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 3_000,
        "ASK " + "{" * 3_000 + "}" * 3_000,
        "SELECT (" + 'SUBSTR("x",' * 30 + "1" + ")" * 30 + " AS ?x) {}",
        "ASK { FILTER(" + 'REGEX("x",' * 30 + '"y"' + ")" * 30 + ") }",
        "ASK { { } " + "UNION { } " * 5_000 + "}",
        "ASK { FILTER(" + "1+" * 7_000 + "1) }",
        "SELECT (" + "STR(" * 1_000 + "1" + ")" * 1_000 + " AS ?x) {}",
        "ASK { VALUES ?x { " + "1 " * 10_001 + "} }",
        "ASK {} ASK {}",
        "ASK { FILTER(<urn:f>(1)) }",
        "ASK {",
        "",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    ],
)
def test_queries_that_break_a_limit_or_the_grammar_are_400(live: Served, query: str) -> None:
    started = time.monotonic()
    found = post(live, query)
    assert (found.status, found.content_type) == (400, "application/problem+json")
    assert json.loads(found.body)["mend"]
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT (COUNT(*) AS ?n) {THREE}",
        f"SELECT * {THREE} ORDER BY ?c ?f ?i",
        "ASK " + THREE[:-1] + 'FILTER(REGEX(CONCAT(STR(?c), STR(?f), "aaaaaaaaaaaa!"), "^(((a+)+)+)+$")) }',
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?e), STR(?i))) AS ?all) {THREE}",
    ],
)
def test_queries_that_take_too_much_are_stopped_with_503_at_their_deadline(live: Served, query: str) -> None:
    started = time.monotonic()
    found = post(live, query)
    assert found.status == 503
    assert json.loads(found.body)["type"].endswith(("query-stopped", "busy"))
    assert time.monotonic() - started < 10


def test_a_body_of_10_megabytes_is_413_whether_its_length_is_said_or_not(live: Served) -> None:
    with contextlib.suppress(ConnectionError):
        assert post(live, "#" * 10_000_000).status == 413
    pieces = (b"#" * 100_000 for _ in range(100))
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=20)
    with closing(connection), contextlib.suppress(ConnectionError):
        connection.request("POST", "/sparql", pieces, QUERY, encode_chunked=True)
        assert connection.getresponse().status == 413


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", b"ASK {}", 415),
        ("application/rdf+xml", b"ASK {}", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/sparql-query; charset=utf-16", "ASK {}".encode("utf-16"), 415),
        ("application/sparql-query", b'ASK { ?s ?p "\xff" }', 400),
        ("application/x-www-form-urlencoded", b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400),
        ("application/x-www-form-urlencoded", b"query=%ff", 400),
        ("application/x-www-form-urlencoded", b"update=CLEAR%20ALL", 403),
        ("application/sparql-update", b"CLEAR ALL", 403),
        ("application/sparql-query", b"#" * 70_000, 413),
        ("application/sparql-query", gzip.compress(b"ASK {}"), 400),
    ],
)
def test_bodies_that_the_protocol_forbids(live: Served, content_type: str, body: bytes, status: int) -> None:
    found = live.ask("POST", "/sparql", headers={"Content-Type": content_type}, body=body)
    assert (found.status, found.content_type) == (status, "application/problem+json")


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <http://%s/> { ?s ?p ?o } }",
        "ASK { SERVICE SILENT <http://%s/> { ?s ?p ?o } }",
        "ASK { \\u0053ERVICE <http://%s/> { ?s ?p ?o } }",
        "SELECT * FROM <http://%s/data.ttl> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://%s/data.ttl> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <http://%s/data.ttl>",
    ],
)
def test_nothing_leaves_the_machine(live: Served, outside: tuple[str, list[bytes]], query: str) -> None:
    address, came = outside
    found = post(live, query % address)
    refused = "FROM" not in query
    assert found.status == (400 if refused else 200)
    if not refused:
        assert json.loads(found.body)["results"]["bindings"] == []
    time.sleep(0.1)
    assert came == []


def test_no_graph_of_the_protocol_is_fetched(live: Served, outside: tuple[str, list[bytes]]) -> None:
    address, came = outside
    graph = quote(f"http://{address}/data.ttl", safe="")
    found = live.ask("GET", f"/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D&default-graph-uri={graph}")
    assert json.loads(found.body)["boolean"] is False
    assert live.ask("GET", f"/store?graph={graph}").status == 404
    assert came == []


def test_no_file_is_read(live: Served, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:secret> <urn:secret> <urn:secret> .")
    for query in (
        f"CONSTRUCT {{ ?s ?p ?o }} FROM <{secret.as_uri()}> {{ ?s ?p ?o }}",
        f"CONSTRUCT {{ ?s ?p ?o }} FROM NAMED <{secret.as_uri()}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ):
        found = post(live, query)
        assert found.status == 200
        assert b"urn:secret" not in found.body
    assert post(live, f"LOAD <{secret.as_uri()}>").status == 400
    assert live.ask("GET", "/store?graph=" + quote(secret.as_uri(), safe="")).status == 404
    assert live.ask("GET", "/store/../../../../etc/passwd").status in {400, 404}


def test_clients_that_leave_in_mid_answer_take_their_workers_along(live: Served) -> None:
    for _ in range(6):
        with closing(http.client.HTTPConnection("127.0.0.1", live.port, timeout=20)) as connection:
            connection.request("POST", "/sparql", f"SELECT * {THREE}", {**QUERY, "Accept": "text/csv"})
            assert connection.getresponse().read(1_000)
    for _ in range(6):
        with closing(http.client.HTTPConnection("127.0.0.1", live.port, timeout=20)) as connection:
            connection.request("POST", "/sparql", f"SELECT (COUNT(*) AS ?n) {THREE}", QUERY)
    started = time.monotonic()
    assert post(live, "ASK {}").status == 200
    assert time.monotonic() - started < 1


def test_half_open_connections_keep_nobody_waiting(live: Served) -> None:
    with contextlib.ExitStack() as opened:
        for text in (b"", b"GET /spar", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nASK"):
            for _ in range(20):
                one = opened.enter_context(closing(socket.create_connection(("127.0.0.1", live.port))))
                one.sendall(text)
        started = time.monotonic()
        assert post(live, "ASK {}").status == 200
        assert time.monotonic() - started < 1


def test_a_reader_that_makes_no_progress_is_given_up(live: Served) -> None:
    with closing(socket.create_connection(("127.0.0.1", live.port))) as one:
        target = "/sparql?format=csv&query=" + quote(f"SELECT * {THREE}")
        one.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(5)
        one.settimeout(5)
        received = b""
        with contextlib.suppress(ConnectionError):
            while piece := one.recv(1 << 20):
                received += piece
        assert not received.endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_published_graphs_are_not_written(live: Served, method: str) -> None:
    turtle = {"Content-Type": "text/turtle"}
    found = live.ask(method, "/store?default", headers=turtle, body=b"<urn:a> a <urn:b> .")
    assert (found.status, found.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_unknown_address_is_404_and_a_long_one_no_accident(live: Served) -> None:
    assert live.ask("GET", "/sparql/x").status == 404
    assert live.ask("GET", "/sparql?query=" + "x" * 60_000).status in {400, 413, 414, 431}
