from __future__ import annotations

import pyoxigraph as ox
import pytest

from crossties.errors import QuerySyntaxError
from crossties.store.engine import Collected, Request, evaluate


def refusal(query: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        evaluate(ox.Store(), Request(query), Collected())
    return caught.value


@pytest.mark.parametrize(
    ("query", "what", "mend", "place"),
    [
        ("SELECT * {\n ?s a ct:Plan }", "“ct:” is not declared", "PREFIX ct: <https://w3id", (2, 7)),
        ("SELECT * { ?s sk:x ?o }", "“sk:” is not declared", "Did you mean “skos:”?", (1, 15)),
        ("PREFIX foo: <urn:> ASK { fo:a ?p ?o }", "“fo:”", "Did you mean “foo:”?", (1, 26)),
        ("SELECT * { ?s ?p ?o", "“{” is never closed", "“}”", (1, 10)),
        ("SELECT (COUNT(*) AS ?n { ?s ?p ?o }", "“(” is never closed", "“)”", (1, 8)),
        ("SELECT * { ?s ?p ?o ) }", "“{” is closed by “)”", "“}”", (1, 21)),
        ("SELECT * { ?s ?p ?o } }", "“}” closes nothing", "Remove", (1, 23)),
        ("SELECT * { ?s ?p 'x }", "does not end", "Close", (1, 18)),
        ("SELECT * { ?s ?p ?o FILTR(?o) }", "“FILTR”", "FILTER", (1, 21)),
        ("SELECT * { ?s ?p ?o } ORDR BY ?s", "“ORDR”", "ORDER", (1, 23)),
        ("SELCT * {}", "start with “SELCT”", "SELECT", (1, 1)),
        ("DELETE WHERE { ?s ?p ?o }", "update", "SELECT", (1, 1)),
        ("LOAD <http://127.0.0.1:1/>", "update", "SELECT", (1, 1)),
        ("SELECT * {} SELECT * {}", "second query", "one", (1, 13)),
        ("ASK {} ASK {}", "second query", "one", (1, 8)),
        ("SELECT * { ?s <rel> ?o }", "relative IRI", "BASE", (1, 15)),
        ("SELECT * { ?s <http://a b> ?o }", "IRI stands in", "<https", (1, 16)),
        ("SELECT ?s { ?s ?p }", "no object", "just before", (1, 19)),
        ("ASK {\n FILTER(<urn:f>(1)) }", "no function <urn:f>", "SPARQL 1.1", (2, 9)),
        ("PREFIX x: <urn:x> ASK { FILTER(x:f(1)) }", "no function <urn:xf>", "casts", (1, 32)),
        (
            "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT (xsd:int3ger('1') AS ?x) {}",
            "no function",
            "xsd:integer",
            (1, 57),
        ),
        ("SELECT ?x ?y { ?s ?p ?o } GROUP BY ?s", "unbound", "", (1, 36)),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_mending(
    query: str, what: str, mend: str, place: tuple[int, int]
) -> None:
    error = refusal(query)
    assert what in error.what
    assert mend in error.mend
    assert error.where is not None
    assert (error.where.line, error.where.column) == place


@pytest.mark.parametrize(
    "query", ["", "{", "SELECT", "ASK {FILTER(?o = )}", "\ufeffASK {", "SELECT * { ?s ?p ?o ?s }"]
)
def test_no_message_shows_what_the_engine_expected(query: str) -> None:
    error = refusal(query)
    assert "expected" not in error.what
    assert len(error.what) < 120


def test_a_query_of_words_without_space_is_not_called_a_mistake() -> None:
    assert "SELECTDISTINCT" not in refusal("SELECTDISTINCT?x{?x ?y}").what
