from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SELECT = "SELECT ?x { VALUES ?x { 1 2 } }"


def test_the_protocol_answers_programs(client: FlaskClient) -> None:
    for answer in (
        client.get("/sparql", query_string={"query": SELECT}),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", data=SELECT, content_type="application/sparql-query"),
        client.post("/sparql/", data={"query": SELECT}),
    ):
        assert answer.status_code == 200
        assert answer.content_type == "application/sparql-results+json"
        assert len(answer.get_json(force=True)["results"]["bindings"]) == 2


def test_a_program_that_sends_no_query_gets_the_service_described(client: FlaskClient) -> None:
    answer = client.get("/sparql")
    assert (answer.status_code, answer.content_type) == (200, "text/turtle; charset=utf-8")
    assert "sparql-service-description#endpoint> <http://localhost/sparql>" in answer.text


def test_a_program_that_sends_an_empty_query_is_told_so(client: FlaskClient) -> None:
    answer = client.get("/sparql?query=")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_a_browser_that_sends_no_query_gets_a_form_with_examples(client: FlaskClient) -> None:
    answer = client.get("/sparql", headers=BROWSER)
    assert answer.status_code == 200
    assert "<textarea" in answer.text
    assert "example=funding/who-funded-whom" in answer.text


def test_an_example_fills_the_form(client: FlaskClient) -> None:
    text = client.get("/sparql?example=funding/who-funded-whom", headers=BROWSER).text
    assert "VALUES ?recipient { UNDEF }" in text


def test_a_browser_gets_a_table_with_local_links(client: FlaskClient) -> None:
    query = "SELECT ?x { VALUES ?x { <https://w3id.org/crossties/id/place/alder> <javascript:alert(1)> } }"
    text = client.get("/sparql", query_string={"query": query}, headers=BROWSER).text
    assert '<a href="/id/place/alder">id/place/alder</a>' in text
    assert 'href="javascript' not in text


def test_a_browser_gets_triples_as_turtle(client: FlaskClient) -> None:
    query = "CONSTRUCT { <urn:a> <urn:b> <urn:c> } {}"
    text = client.get("/sparql", query_string={"query": query}, headers=BROWSER).text
    assert "&lt;urn:a&gt; &lt;urn:b&gt; &lt;urn:c&gt;" in text


def test_the_form_sends_a_browser_the_file_that_was_chosen(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": SELECT, "format": "csv"}, headers=BROWSER)
    assert answer.content_type == "text/csv; charset=utf-8"
    table = client.get("/sparql", query_string={"query": SELECT, "format": "html"})
    assert table.mimetype == "text/html"


def test_a_browser_keeps_its_query_when_it_is_wrong(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?here"}, headers=BROWSER)
    assert answer.status_code == 400
    assert "WHERE { ?here" in answer.text
    assert "Line 2" in answer.text


def test_a_long_table_is_not_cut_silently(client: FlaskClient) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 600"
    text = client.get("/sparql", query_string={"query": query}, headers=BROWSER).text
    assert "The first 500 of 600 rows are drawn" in text


def test_a_body_over_the_limit_is_refused(app_with: Callable[..., Flask]) -> None:
    client = app_with(body_bytes=1000).test_client()
    answer = client.post("/sparql", data="#" * 2000, content_type="application/sparql-query")
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")


def test_a_query_over_the_limit_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sparql", data="#" * 70_000, content_type="application/sparql-query")
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("text/plain", 415),
        ("", 415),
        ("application/sparql-update", 403),
        ("multipart/form-data; boundary=x", 415),
    ],
)
def test_other_bodies_are_refused(client: FlaskClient, content_type: str, status: int) -> None:
    assert client.post("/sparql", data=b"ASK {}", content_type=content_type).status_code == status


def test_head_and_options_answer_without_a_body(client: FlaskClient) -> None:
    head = client.head("/sparql", query_string={"query": SELECT})
    assert (head.status_code, head.data) == (200, b"")
    assert head.content_type == "application/sparql-results+json"
    options = client.options("/sparql")
    assert options.status_code == 204
    assert options.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_another_method_is_refused_with_those_that_are_allowed(client: FlaskClient) -> None:
    answer = client.put("/sparql", data=b"x")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_a_worker_is_free_again_after_every_kind_of_end(client: FlaskClient) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    for _ in range(3):
        with client.post(
            "/sparql", data={"query": endless}, headers={"Accept": "text/csv"}, buffered=False
        ) as cut:
            assert next(cut.iter_encoded())
        client.head("/sparql", query_string={"query": endless})
        assert client.get("/sparql?query=SELECT").status_code == 400
    assert client.get("/sparql?query=ASK%7B%7D").status_code == 200
