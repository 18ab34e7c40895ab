from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from crossties.errors import HostError, NotAcceptableError, QuerySyntaxError
from crossties.quads import NamedNode, Quad
from crossties.store.build import Source, build
from crossties.store.engine import Collected, Request, evaluate, open_store

Write = Callable[[str, str | bytes], Path]
A = NamedNode("urn:a")


@pytest.fixture
def store(write_file: Write, tmp_path: Path) -> ox.Store:
    """Build one amount that two files state, and one that a single file states."""
    one = write_file("one.ttl", "<urn:a> <urn:amount> 5 .")
    two = write_file("two.ttl", "<urn:a> <urn:amount> 5 . <urn:b> <urn:amount> 7 .")
    build([Source(one, "urn:g:one"), Source(two, "urn:g:two")], tmp_path / "store")
    return open_store(tmp_path / "store")


def answer(store: ox.Store, query: str, **wanted: str | tuple[str, ...]) -> tuple[str, str]:
    sink = Collected()
    evaluate(store, Request(query, **wanted), sink)  # type: ignore[arg-type]
    return sink.format.name, sink.body.decode()


def test_a_triple_in_two_files_counts_once(store: ox.Store) -> None:
    query = "SELECT (SUM(?n) AS ?sum) { ?s <urn:amount> ?n }"
    assert answer(store, query, format="csv") == ("csv", "sum\r\n12\r\n")


def test_each_file_is_a_named_graph_that_can_be_asked(store: ox.Store) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:g:two> { ?s ?p ?o } }"
    assert answer(store, query, format="csv")[1] == "n\r\n2\r\n"


def test_from_in_the_query_chooses_the_graph(store: ox.Store) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <urn:g:one> { ?s ?p ?o }"
    assert answer(store, query, format="csv")[1] == "n\r\n1\r\n"


def test_the_dataset_of_the_protocol_wins(store: ox.Store) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert answer(store, query, format="csv", default_graphs=("urn:g:two",))[1] == "n\r\n2\r\n"
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert answer(store, named, format="csv", named_graphs=("urn:g:one",))[1] == "g\r\nurn:g:one\r\n"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", "", "json"),
        ("SELECT * { ?s ?p ?o }", "text/csv", "csv"),
        ("SELECT * { ?s ?p ?o }", "application/sparql-results+xml", "xml"),
        ("ASK {}", "*/*", "json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "", "turtle"),
        ("DESCRIBE <urn:a>", "application/ld+json;q=0.5, application/n-triples", "ntriples"),
    ],
)
def test_the_format_follows_the_query_and_what_is_accepted(
    store: ox.Store,
    query: str,
    accept: str,
    expected: str,
) -> None:
    assert answer(store, query, accept=accept)[0] == expected


@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads"])
def test_a_graph_is_written_in_every_format(store: ox.Store, name: str) -> None:
    assert answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", format=name)[1]


def test_a_format_that_the_query_has_not_is_refused(store: ox.Store) -> None:
    with pytest.raises(NotAcceptableError):
        answer(store, "ASK {}", accept="text/turtle")
    with pytest.raises(NotAcceptableError):
        answer(store, "ASK {}", format="turtle")


def test_a_malformed_query_is_told_with_its_place(store: ox.Store) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        answer(store, "SELECT *\n{ ?s ?p }")
    assert caught.value.where is not None
    assert caught.value.where.line == 2


@pytest.mark.parametrize("graph", ["not an iri", "", "a b:c"])
def test_a_dataset_that_is_no_iri_is_told(store: ox.Store, graph: str) -> None:
    with pytest.raises(QuerySyntaxError):
        answer(store, "ASK {}", default_graphs=(graph,))


def test_a_letter_that_is_none_is_told(store: ox.Store) -> None:
    with pytest.raises(QuerySyntaxError):
        answer(store, "SELECT * { ?s ?p '\ud800' }")


def test_updates_are_not_understood(store: ox.Store) -> None:
    with pytest.raises(QuerySyntaxError):
        answer(store, "DROP ALL")


def test_the_store_is_opened_for_reading_only(store: ox.Store) -> None:
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(Quad(A, A, A))


def test_a_missing_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(HostError):
        open_store(tmp_path / "nowhere")
