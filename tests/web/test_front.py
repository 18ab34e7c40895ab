"""The front on a live server: validators, cache, encodings, lengths, and the scratch store."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from backports import zstd
from tests.serving import Answered, Served, serving

from crossties.web.compression import choose_encoding

pytestmark = pytest.mark.slow

WORLD = Path(__file__).parents[1] / "world"
MANY = "SELECT * { ?s ?p ?o } LIMIT 400"
UPDATE = {"Content-Type": "application/sparql-update"}
TURTLE = {"Content-Type": "text/turtle"}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(str(WORLD), home=tmp_path_factory.mktemp("front-home")) as served:
        yield served


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("scratch-home")
    with serving("--empty", "--writable", home=home, environment={"CROSSTIES_CPU_SECONDS": "1"}) as served:
        yield served


def ask(live: Served, query: str, **headers: str) -> Answered:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return live.ask("GET", "/sparql?query=" + quote(query), headers=named)


def test_an_answer_that_the_client_has_already_is_304(live: Served) -> None:
    for target in (
        "/sparql?query=" + quote(MANY),
        "/store?default",
        "/data/id/place/alder.ttl",
        "/questions/funding/who-funded-whom.csv",
    ):
        first = live.ask("GET", target)
        again = live.ask("GET", target, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status, again.status, again.body) == (200, 304, b""), target
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Accept-Encoding" in first.headers["Vary"]


def test_another_query_format_or_dataset_has_another_validator(live: Served) -> None:
    tags = [
        ask(live, MANY).headers["ETag"],
        ask(live, MANY, Accept="text/csv").headers["ETag"],
        ask(live, MANY + " #").headers["ETag"],
        live.ask("GET", f"/sparql?query={quote(MANY)}&default-graph-uri=urn%3Aa").headers["ETag"],
    ]
    assert len(set(tags)) == len(tags)


def test_why_a_query_has_no_rows_is_told_by_get_and_by_post(live: Served) -> None:
    query = "SELECT * { ?a a ?b . ?b <urn:nothing> ?c }"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for answer in (
        live.ask("GET", "/sparql?explain=empty&query=" + quote(query)),
        live.ask("POST", "/sparql?explain=empty", headers=form, body=b"query=" + quote(query).encode()),
    ):
        told = json.loads(answer.body)
        assert (answer.status, told["empty"], told["unknown"]) == (200, 2, "urn:nothing")


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_differs_each_time_has_no_validator(live: Served, call: str) -> None:
    assert ask(live, f"SELECT ({call} AS ?x) {{}}").headers["ETag"] is None


def test_the_same_answer_comes_from_the_cache_and_from_a_worker_in_every_encoding(live: Served) -> None:
    plain = ask(live, MANY).body
    assert json.loads(plain)["results"]["bindings"]
    for _ in range(2):
        packed = ask(live, MANY, Accept_Encoding="gzip")
        assert (packed.headers["Content-Encoding"], gzip.decompress(packed.body)) == ("gzip", plain)
        packed = ask(live, MANY, Accept_Encoding="gzip, zstd")
        assert (packed.headers["Content-Encoding"], zstd.decompress(packed.body)) == ("zstd", plain)
        assert ask(live, MANY).body == plain
    assert int(packed.headers["Content-Length"]) == len(packed.body)


def test_small_answers_are_sent_bare_with_their_length(live: Served) -> None:
    found = ask(live, "ASK {}", Accept_Encoding="gzip, zstd")
    assert found.headers["Content-Encoding"] is None
    assert int(found.headers["Content-Length"]) == len(found.body)


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1, zstd;q=0.5", "gzip"),
        ("zstd;q=0, *;q=0.1", "gzip"),
        ("gzip;q=0", ""),
        ("*", "zstd"),
        ("gzip;q=x", ""),
    ],
)
def test_the_encoding_is_the_best_that_is_accepted(accepted: str, chosen: str) -> None:
    assert choose_encoding(accepted) == chosen


def test_head_and_options_have_no_body(live: Served) -> None:
    for target in ("/sparql?query=" + quote(MANY), "/store?default", "/sparql"):
        head, get = live.ask("HEAD", target), live.ask("GET", target)
        assert (head.status, head.body, head.headers["ETag"]) == (200, b"", get.headers["ETag"])
        assert live.ask("OPTIONS", target).headers["Access-Control-Allow-Origin"] == "*"


def test_the_suffix_names_the_format(live: Served) -> None:
    found = live.ask("GET", "/sparql.tsv?query=" + quote("SELECT ?x { VALUES ?x { 1 } }"))
    assert (found.content_type, found.body) == ("text/tab-separated-values; charset=utf-8", b"?x\n1\n")


def test_graphs_are_read_by_name_and_by_address(live: Served) -> None:
    name = "https://w3id.org/crossties/graph/funding/ferry-centre-2019"
    plain = {"Accept": "application/n-triples"}
    named = live.ask("GET", "/store?graph=" + quote(name, safe=""), headers=plain)
    direct = live.ask("GET", "/store/graph/funding/ferry-centre-2019?format=ntriples")
    assert named.status == direct.status == 200
    assert sorted(named.body.splitlines()) == sorted(direct.body.splitlines()) != []
    assert live.ask("GET", "/store/graph/nothing").status == 404
    assert live.ask("GET", "/store").status == 400
    assert live.ask("GET", "/store?default&graph=urn%3Aa").status == 400


def test_a_browser_gets_the_form_and_a_program_the_description(live: Served) -> None:
    page = live.ask("GET", "/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status, b"<textarea" in page.body) == (200, True)
    form = {"Accept": "text/html,*/*;q=0.8", "Content-Type": "application/x-www-form-urlencoded"}
    table = live.ask("POST", "/sparql", headers=form, body=b"query=ASK%20%7B%7D")
    assert (table.status, b"<table" in table.body) == (200, True)


def test_what_was_written_is_read_at_once(scratch: Served) -> None:
    for number in range(12):
        text = f"INSERT DATA {{ GRAPH <urn:g{number}> {{ <urn:s{number}> <urn:p> {number} }} }}"
        assert scratch.ask("POST", "/sparql", headers=UPDATE, body=text.encode()).status == 204
        assert json.loads(ask(scratch, f"ASK {{ GRAPH ?g {{ <urn:s{number}> ?p ?o }} }}").body)["boolean"]
    assert ask(scratch, MANY).headers["ETag"] != ask(scratch, MANY + " ").headers["ETag"]


def test_a_change_that_is_stopped_leaves_no_trace_and_the_store_goes_on(scratch: Served) -> None:
    some = " ".join(f"<urn:n{number}> <urn:p> {number} ." for number in range(100))
    assert scratch.ask("PUT", "/store?graph=urn%3Akept", headers=TURTLE, body=some.encode()).status == 201
    product = " ".join(f"GRAPH <urn:kept> {{ ?a{n} ?b{n} ?c{n} }}" for n in range(6))
    endless = f"INSERT {{ <urn:lost> ?b0 ?c1, ?c2, ?c3, ?c4, ?c5 }} WHERE {{ {product} }}"
    stopped = scratch.ask("POST", "/sparql", headers=UPDATE, body=endless.encode())
    assert stopped.status == 503
    assert b"Nothing of it was applied" in stopped.body
    count = json.loads(ask(scratch, "SELECT (COUNT(*) AS ?n) { GRAPH <urn:kept> { ?s ?p ?o } }").body)
    assert count["results"]["bindings"][0]["n"]["value"] == "100"
    assert json.loads(ask(scratch, "ASK { <urn:lost> ?p ?o }").body)["boolean"] is False
    assert scratch.ask("DELETE", "/store?graph=urn%3Akept").status == 204


def test_a_graph_is_patched_by_an_update_that_sees_it_alone(scratch: Served) -> None:
    target = "/store/patched"
    assert scratch.ask("PUT", target, headers=TURTLE, body=b"<urn:a> <urn:b> 1 .").status == 201
    patch = b"DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }"
    assert scratch.ask("PATCH", target, headers=UPDATE, body=patch).status == 204
    assert b"<urn:b> 2" in scratch.ask("GET", target).body
    wide = b"INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:b> 1 } }"
    assert scratch.ask("PATCH", target, headers=UPDATE, body=wide).status == 400
    assert scratch.ask("PATCH", "/store/nothing", headers=UPDATE, body=patch).status == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://example.org"}, 403),
        ({"Host": "example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 204),
    ],
)
def test_pages_of_other_sites_cannot_write_to_this_machine(
    scratch: Served, headers: dict[str, str], status: int
) -> None:
    found = scratch.ask("POST", "/sparql", headers={**UPDATE, **headers}, body=b"CLEAR DEFAULT")
    assert found.status == status


@pytest.mark.parametrize(
    ("update", "status"),
    [
        (b"LOAD <http://127.0.0.1:9/x>", 403),
        (b"LOAD SILENT <file:///etc/passwd>", 403),
        (b"INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
        (b"INSERT DATA {", 400),
        (b"SELECT * {}", 400),
        (b"CREATE GRAPH <urn:twice>; CREATE GRAPH <urn:twice>", 400),
    ],
)
def test_updates_that_reach_out_or_make_no_sense_are_refused(
    scratch: Served, update: bytes, status: int
) -> None:
    assert scratch.ask("POST", "/sparql", headers=UPDATE, body=update).status == status


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/turtle", b"<urn:a> <urn:b>", 400),
        ("text/turtle", b"\xff", 400),
        ("application/n-quads", b"<urn:a> <urn:b> <urn:c> <urn:g> .", 415),
        ("", b"", 415),
        ("text/turtle", b"<<" * 20_000, 400),
        ("application/ld+json", b'{"@context": "http://127.0.0.1:9/", "@id": "urn:a"}', 400),
        ("multipart/form-data; boundary=x", b"--x--", 400),
    ],
)
def test_bodies_that_are_no_graph_are_refused(scratch: Served, kind: str, body: bytes, status: int) -> None:
    found = scratch.ask("PUT", "/store/bad", headers={"Content-Type": kind} if kind else {}, body=body)
    assert found.status == status, found.body
    assert scratch.ask("GET", "/store/bad").status == 404


def test_the_limits_stand_at_a_well_known_address_and_in_the_description(live: Served) -> None:
    told = json.loads(live.ask("GET", "/.well-known/sparql-limits").body)
    assert told["depth"] == {"limit": 64, "of": "nested brackets"}
    assert b"64 nested brackets" in live.ask("GET", "/sparql").body


def test_every_answer_names_its_request(live: Served) -> None:
    assert len(ask(live, "ASK {}").headers["X-Request-Id"]) == 16
    assert ask(live, "ASK {}", X_Request_Id="mine-1").headers["X-Request-Id"] == "mine-1"
    assert ask(live, "ASK {}", X_Request_Id="a b").headers["X-Request-Id"] != "a b"
    assert live.ask("GET", "/questions/").headers["X-Request-Id"]


def test_what_is_answered_is_counted(live: Served) -> None:
    ask(live, "ASK {}")
    told = live.ask("GET", "/metrics").body.decode()
    assert 'crossties_answers_total{route="sparql",status="200"}' in told
    assert 'crossties_queries{state="idle"}' in told
    through_proxy = {"X-Forwarded-For": "192.0.2.1"}
    assert live.ask("GET", "/metrics", headers=through_proxy).status == 200


def test_a_client_that_a_trusted_proxy_names_has_a_budget_and_others_have_their_own(tmp_path: Path) -> None:
    environment = {"CROSSTIES_TRUSTED_PROXIES": "127.0.0.1", "CROSSTIES_CLIENT_ERRORS": "3"}
    with serving(str(WORLD), home=tmp_path, environment=environment) as served:
        statuses = [ask(served, "ASK {", X_Forwarded_For="192.0.2.1").status for _ in range(5)]
        assert statuses == [400, 400, 400, 429, 429]
        refused = ask(served, "ASK {}", X_Forwarded_For="192.0.2.1")
        assert refused.status == 429
        assert int(refused.headers["Retry-After"]) > 0
        assert ask(served, "ASK {}", X_Forwarded_For="192.0.2.2").status == 200
        assert served.ask("GET", "/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status == 403


def test_a_store_with_a_token_is_written_with_it_alone(tmp_path: Path) -> None:
    environment = {"CROSSTIES_TOKEN": "sesame"}
    with serving("--empty", "--writable", home=tmp_path, environment=environment) as served:
        for token, status in (("", 401), ("Bearer wrong", 401), ("Bearer sesame", 204)):
            found = served.ask(
                "POST", "/sparql", headers={**UPDATE, "Authorization": token}, body=b"CLEAR DEFAULT"
            )
            assert found.status == status
