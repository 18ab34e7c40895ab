from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from crossties.errors import NotAcceptableError, QueryStoppedError, QuerySyntaxError
from crossties.quads import Literal, NamedNode, Quad
from crossties.settings import Settings
from crossties.store.engine import Request
from crossties.store.pool import Pool
from crossties.versions import Version

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture
def pool(world_version: Version, settings: Settings) -> Iterator[Pool]:
    opened = Pool(world_version.store, replace(settings, memory_bytes=200 << 20))
    yield opened
    opened.close()


def body(pool: Pool, query: str, accept: str = "") -> bytes:
    return b"".join(pool.answer(Request(query, accept=accept)).body)


def assert_works(pool: Pool) -> None:
    assert b"true" in body(pool, "ASK {}")


def test_a_worker_answers_one_query_after_another(pool: Pool) -> None:
    for _ in range(3):
        assert_works(pool)


def test_the_answer_says_its_format_before_its_body(pool: Pool) -> None:
    answer = pool.answer(Request("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1", accept="text/csv"))
    assert answer.format.media_type == "text/csv"
    assert b"".join(answer.body).startswith(b"s,p,o\r\n")


def test_an_answer_larger_than_a_frame_arrives_whole(pool: Pool) -> None:
    count = int(body(pool, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").split()[1])
    triples = body(pool, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert len(triples) > 100_000
    assert triples.count(b" .\n") == count


def test_a_query_past_its_seconds_of_computing_is_stopped_and_the_next_works(pool: Pool) -> None:
    with pytest.raises(QueryStoppedError, match="time"):
        body(pool, HEAVY)
    assert_works(pool)


def test_a_query_that_takes_too_much_memory_is_stopped_and_the_next_works(
    pool: Pool,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(QueryStoppedError, match="memory"):
        body(pool, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a")
    capfd.readouterr()
    assert_works(pool)


def test_a_query_past_its_time_on_the_clock_is_stopped(world_version: Version, settings: Settings) -> None:
    pool = Pool(world_version.store, replace(settings, cpu_seconds=20.0, wall_seconds=0.5))
    with pytest.raises(QueryStoppedError, match="time"):
        body(pool, HEAVY)
    assert_works(pool)
    pool.close()


def test_an_answer_stopped_half_way_breaks_instead_of_ending(pool: Pool) -> None:
    answer = pool.answer(Request(LONG, accept="text/csv"))
    with pytest.raises(QueryStoppedError):
        for _ in answer.body:
            pass
    assert_works(pool)


def test_a_reader_that_leaves_half_way_frees_the_worker(pool: Pool) -> None:
    answer = pool.answer(Request(LONG))
    next(answer.body)
    answer.body.close()
    answer.body.close()
    assert_works(pool)


def test_a_malformed_query_is_told_with_its_place(pool: Pool) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        body(pool, "SELECT * {")
    assert caught.value.where is not None
    assert caught.value.where.line == 1
    with pytest.raises(NotAcceptableError):
        body(pool, "ASK {}", "image/png")
    assert_works(pool)


def test_a_store_of_more_files_than_are_opened_at_the_start_is_read_whole(
    tmp_path: Path, settings: Settings
) -> None:
    store = ox.Store(str(tmp_path / "store"))
    for batch in range(30):
        store.bulk_extend([Quad(NamedNode(f"urn:{batch}"), NamedNode("urn:is"), Literal(f"number {batch}"))])
    store.flush()
    del store
    assert len(list((tmp_path / "store").glob("*.sst"))) > 40
    pool = Pool(tmp_path / "store", settings)
    rows = body(pool, "SELECT ?o { ?s <urn:is> ?o }", "text/csv").split(b"\r\n")
    assert {f"number {batch}".encode() for batch in range(30)} <= set(rows)
    pool.close()
