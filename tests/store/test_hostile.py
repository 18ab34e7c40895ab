"""Whatever is asked: an honest error or an answer, and the next query works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from crossties.errors import CrosstiesError, QueryStoppedError, QuerySyntaxError, TooLargeError
from crossties.settings import Settings
from crossties.store.engine import Request
from crossties.store.pool import Pool
from crossties.versions import Version

EVERYTHING = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"


@pytest.fixture(scope="module")
def pool(world_version: Version, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    settings = Settings(home=tmp_path_factory.mktemp("home"), cpu_seconds=0.3, memory_bytes=200 << 20)
    opened = Pool(world_version.store, replace(settings, wall_seconds=10.0))
    yield opened
    opened.close()


def read(pool: Pool, query: str) -> bytes:
    answer = pool.answer(Request(query, format="csv"))
    size, last = 0, b""
    for piece in answer.body:
        size, last = size + len(piece), piece
    return last


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("{" * 3_000, QuerySyntaxError),
        ("SELECT (" + "SUBSTR(" * 30 + "'a'" + ",1)" * 30 + " AS ?x) {}", QuerySyntaxError),
        ("SELECT * { " + " UNION ".join(["{?s ?p ?o}"] * 3_500) + " }", QuerySyntaxError),
        (f"SELECT (COUNT(*) AS ?n) {{ {EVERYTHING} }}", QueryStoppedError),
        (f"SELECT * {{ {EVERYTHING} }} ORDER BY ?i ?a", QueryStoppedError),
        (f"SELECT (GROUP_CONCAT(STR(?c)) AS ?x) {{ {EVERYTHING} }}", QueryStoppedError),
        (f"SELECT * {{ {EVERYTHING} }}", QueryStoppedError),
        (f"SELECT DISTINCT * {{ {EVERYTHING} }}", QueryStoppedError),
        (f"ASK {{ {EVERYTHING} FILTER(REGEX(CONCAT(STR(?a), STR(?i)), 'x.*y.*é')) }}", QueryStoppedError),
        ("SELECT * {} " + "#" + "x" * 70_000, TooLargeError),
        ("SELECT * {} SELECT * {}", QuerySyntaxError),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QuerySyntaxError),
        ("LOAD <http://127.0.0.1:1/>", QuerySyntaxError),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", QuerySyntaxError),
        ("SELECT * { ?s ?p '\ud800' }", CrosstiesError),
        ("\x00", QuerySyntaxError),
    ],
)
def test_a_hostile_query_gets_its_error_and_the_next_one_its_answer(
    pool: Pool, query: str, error: type[CrosstiesError]
) -> None:
    with pytest.raises(error):
        read(pool, query)
    assert read(pool, "ASK {}") == b"true"


@pytest.mark.parametrize("graph", ["http://127.0.0.1:1/", "file:///etc/passwd"])
def test_a_dataset_named_by_its_address_is_never_fetched(pool: Pool, graph: str) -> None:
    assert read(pool, f"SELECT ?s FROM <{graph}> {{ ?s ?p ?o }}").strip() == b"s"  # noqa: S608 - not SQL


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "?s ?p ?o . ", "{} ", "[] a [] . ", "OPTIONAL {} ", "FILTER(1) ", "BIND(1 AS ?x) ",
        "MINUS {} ", "GRAPH ?g {} ", "VALUES ?x {1} ", "(1 2) ?p ?o . ", "<urn:a>/", "^", "!", "(",
        "[", "'a' ", "?x ", "<< ", "LATERAL {} ", "FILTER EXISTS {} ", "ct:a+ ", "{ SELECT * {} } ",
        "_:a ", "1 ", "-", "@", "\\", "# \n", "IF(", "COALESCE(",
    ],
)  # fmt: skip
@pytest.mark.parametrize("count", [450, 4_000, 60_000])
def test_no_repetition_stops_the_service(pool: Pool, piece: str, count: int) -> None:
    query = "SELECT * { " + piece * min(count, 60_000 // len(piece)) + " }"
    with suppress(CrosstiesError):
        read(pool, query)
    assert read(pool, "ASK {}") == b"true"
