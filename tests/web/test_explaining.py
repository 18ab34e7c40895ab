from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

PREFIXES = (
    "PREFIX ct: <https://w3id.org/crossties/ns#> PREFIX org: <https://w3id.org/crossties/id/organisation/>\n"
)


def explain(client: FlaskClient, query: str) -> Any:  # noqa: ANN401
    answer = client.get("/sparql", query_string={"query": PREFIXES + query, "explain": "empty"})
    assert answer.status_code == 200, answer.data
    return answer.get_json()


def test_the_first_empty_pattern_and_the_nearest_known_thing_are_told(client: FlaskClient) -> None:
    told = explain(
        client, "SELECT * { ?a a ct:Agreement ;\n ct:party org:town-of-aldr ; ct:ending ?e . FILTER(?e) }"
    )
    assert (told["empty"], told["patterns"], told["line"], told["column"]) == (2, 3, 3, 2)
    assert told["pattern"] == "ct:party org:town-of-aldr"
    assert told["unknown"].endswith("town-of-aldr")
    assert told["near"][0]["iri"].endswith("/town-of-alder")


def test_patterns_that_have_solutions_are_not_blamed(client: FlaskClient) -> None:
    told = explain(client, "SELECT * { ?a a ct:Agreement . FILTER(false) }")
    assert "empty" not in told
    assert "FILTER" in told["detail"]


def test_known_terms_that_do_not_meet_have_no_suggestion(client: FlaskClient) -> None:
    told = explain(client, "ASK { ?a a ct:Agreement . ?a ct:governs ?b }")
    assert told["empty"] == 2
    assert "unknown" not in told


def test_a_mistake_is_a_400_as_ever(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": "SELECT * { ?s ?p }", "explain": "empty"})
    assert answer.status_code == 400
    assert client.get("/sparql", query_string={"explain": "empty"}).status_code == 400
