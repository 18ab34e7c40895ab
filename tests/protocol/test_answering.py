from __future__ import annotations

import csv
import json
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from crossties.errors import QueryStoppedError
from crossties.protocol import PROBLEM_TYPE, ProtocolAnswer, ProtocolRequest, Run, answer

SELECT = 'SELECT ?x ?y { VALUES (?x ?y) { ("ä, \\"ö\\"" 1) (UNDEF <urn:a>) } }'
CONSTRUCT = "CONSTRUCT { <urn:a> <urn:b> <urn:c> } {}"


def ask(run: Run, query: str, accept: str = "", *, method: str = "GET", more: str = "") -> ProtocolAnswer:
    request = ProtocolRequest(method, query_string=f"query={quote(query)}{more}", accept=accept)
    return answer(request, run)


def body_of(given: ProtocolAnswer) -> bytes:
    return b"".join(given.body)


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
    ],
)
def test_a_select_is_answered_in_the_format_that_is_accepted(
    run: Run, accept: str, content_type: str
) -> None:
    given = ask(run, SELECT, accept)
    body_of(given)
    assert (given.status, given.content_type) == (200, content_type)
    assert ("Vary", "Accept") in given.headers


def test_json_csv_tsv_and_xml_hold_the_same_rows(run: Run) -> None:
    bindings = json.loads(body_of(ask(run, SELECT)))["results"]["bindings"]
    assert [row.get("x", {}).get("value") for row in bindings] == ['ä, "ö"', None]
    rows = list(csv.reader(body_of(ask(run, SELECT, "text/csv")).decode().splitlines()))
    assert rows == [["x", "y"], ['ä, "ö"', "1"], ["", "urn:a"]]
    lines = body_of(ask(run, SELECT, "text/tab-separated-values")).decode().splitlines()
    assert lines == ["?x\t?y", '"ä, \\"ö\\""\t1', "\t<urn:a>"]
    root = ET.fromstring(body_of(ask(run, SELECT, "application/sparql-results+xml")))  # noqa: S314 our own
    assert len(root.findall(".//{*}result")) == len(bindings)


def test_an_ask_is_answered_with_a_boolean(run: Run) -> None:
    assert json.loads(body_of(ask(run, "ASK {}")))["boolean"] is True


@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <urn:a>"])
def test_graphs_are_turtle_unless_another_format_is_accepted(run: Run, query: str) -> None:
    assert ask_type(run, query, "") == "text/turtle; charset=utf-8"
    assert ask_type(run, query, "application/n-triples") == "application/n-triples"
    assert ask_type(run, query, "application/ld+json") == "application/ld+json"


def ask_type(run: Run, query: str, accept: str) -> str:
    given = ask(run, query, accept)
    body_of(given)
    return given.content_type


def test_the_format_parameter_wins_over_the_accept_header(run: Run) -> None:
    given = ask(run, SELECT, "application/sparql-results+xml", more="&format=csv")
    assert given.content_type == "text/csv; charset=utf-8"
    body_of(given)


@pytest.mark.parametrize(
    ("query", "accept", "more"),
    [(SELECT, "image/png", ""), (SELECT, "", "&format=turtle"), (CONSTRUCT, "text/csv", "")],
)
def test_a_format_that_cannot_be_had_is_told_with_those_that_can(
    run: Run,
    query: str,
    accept: str,
    more: str,
) -> None:
    given = ask(run, query, accept, more=more)
    told = json.loads(body_of(given))
    assert (given.status, given.content_type) == (406, PROBLEM_TYPE)
    assert "text/" in told["mend"] or "csv" in told["mend"]


def test_a_named_graph_can_be_made_the_default_graph(run: Run) -> None:
    graph = "https://w3id.org/crossties/graph/funding/ferry-centre-2019"
    query = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/crossties/ns#Funding> }"
    whole = json.loads(body_of(ask(run, query)))
    part = json.loads(body_of(ask(run, query, more="&default-graph-uri=" + quote(graph))))
    counts = [int(one["results"]["bindings"][0]["n"]["value"]) for one in (whole, part)]
    assert counts[0] > counts[1] == 3


def test_a_graph_that_is_not_here_is_empty_and_not_fetched(run: Run) -> None:
    given = ask(run, "ASK { ?s ?p ?o }", more="&default-graph-uri=http%3A%2F%2F127.0.0.1%3A9%2Fx")
    assert json.loads(body_of(given))["boolean"] is False


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT {", 400),
        ("CLEAR ALL", 400),
        ("ASK {} ASK {}", 400),
        ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
        ("ASK " + "{" * 3000, 400),
    ],
)
def test_a_query_that_is_not_understood_is_a_problem_with_its_place(
    run: Run, query: str, status: int
) -> None:
    given = ask(run, query)
    told = json.loads(body_of(given))
    assert (given.status, told["status"]) == (status, status)
    assert told["detail"]
    assert told["type"].endswith("malformed-query")


def test_a_syntax_error_says_line_and_column(run: Run) -> None:
    told = json.loads(body_of(ask(run, "SELECT *\nWHERE { ?s ?p }")))
    assert told["line"] == 2
    assert told["column"] > 1


def test_updates_are_refused(run: Run) -> None:
    request = ProtocolRequest("POST", content_type="application/sparql-update", body=b"CLEAR ALL")
    assert answer(request, run).status == 403


def test_head_has_the_headers_of_get_and_no_body(run: Run) -> None:
    head, get = ask(run, SELECT, "text/csv", method="HEAD"), ask(run, SELECT, "text/csv")
    assert (head.status, head.headers, body_of(head)) == (get.status, get.headers, b"")
    assert body_of(get)


def test_options_tells_what_is_allowed_to_anybody(run: Run) -> None:
    given = answer(ProtocolRequest("OPTIONS"), run)
    headers = dict(given.headers)
    assert given.status == 204
    assert headers["Allow"] == headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


def test_any_origin_may_read_answers_and_errors(run: Run) -> None:
    for given in (ask(run, "ASK {}"), ask(run, "ASK {"), answer(ProtocolRequest("PUT"), run)):
        body_of(given)
        assert dict(given.headers)["Access-Control-Allow-Origin"] == "*"


def test_another_method_is_told_with_those_that_are_allowed(run: Run) -> None:
    given = answer(ProtocolRequest("PATCH"), run)
    assert (given.status, dict(given.headers)["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_a_failure_in_the_middle_is_raised_to_who_carries_the_answer(run: Run) -> None:
    given = ask(run, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "text/csv")
    assert given.status == 200
    with pytest.raises(QueryStoppedError):
        body_of(given)


def test_a_query_stopped_before_its_first_row_has_a_proper_status(run: Run) -> None:
    given = ask(run, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert given.status == 503
    assert json.loads(body_of(given))["type"].endswith("query-stopped")


def test_missing_prefixes_are_added_where_the_address_asks_for_them(run: Run) -> None:
    query = "SELECT ?x { ?x a ct:Agreement . ?x skos:prefLabel ?name }"
    assert ask(run, query).status == 400
    found = ask(run, query, "text/csv", more="&prefixes=add")
    assert (found.status, len(body_of(found).splitlines()) > 2) == (200, True)


def test_an_error_keeps_its_column_where_prefixes_were_added(run: Run) -> None:
    query = "SELECT ?x { ?x a ct:Agreement . ?x nope:label ?name }"
    told = json.loads(body_of(ask(run, query, more="&prefixes=add")))
    assert (told["line"], told["column"]) == (1, query.index("nope") + 1)
