from __future__ import annotations

import asyncio
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from crossties.errors import BudgetError, BusyError, CrosstiesError, QueryStoppedError, QuerySyntaxError
from crossties.settings import Settings
from crossties.store.engine import Request
from crossties.store.pool import Pool
from crossties.versions import Version

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"

#: Opens a pool with some settings changed; closes it after the test.
Open = Callable[..., Pool]


@pytest.fixture
def open_pool(world_version: Version, settings: Settings) -> Iterator[Open]:
    pools = []

    def open_one(**changes: float) -> Pool:
        pool = Pool(world_version.store, replace(settings, **{"cpu_seconds": 5.0, **changes}))  # type: ignore[arg-type]
        ask(pool)
        pools.append(pool)
        return pool

    yield open_one
    for pool in pools:
        pool.close()


def ask(pool: Pool, query: str = "ASK {}", *, client: str = "") -> bytes:
    return b"".join(pool.answer(Request(query), client=client).body)


def ask_in_thread(pool: Pool, query: str, *, client: str = "") -> threading.Thread:
    def run() -> None:
        try:
            ask(pool, query, client=client)
        except CrosstiesError as error:
            thread.error = error  # type: ignore[attr-defined]

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_until(found: Callable[[], bool], *, seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def error_of(thread: threading.Thread) -> CrosstiesError:
    thread.join(15)
    error = getattr(thread, "error", None)
    assert isinstance(error, CrosstiesError)
    return error


def test_slow_queries_leave_the_fast_lane_and_are_paused_beyond_the_slow_places(open_pool: Open) -> None:
    pool = open_pool(workers=1, slow_workers=1, cpu_seconds=0.5, slow_after_seconds=0.03)
    slow = [ask_in_thread(pool, HEAVY) for _ in range(3)]
    wait_until(lambda: pool.counts["paused"] == 2)
    assert pool.counts["slow"] == 1
    assert b"true" in ask(pool)
    assert {type(error_of(thread)) for thread in slow} == {QueryStoppedError}
    assert pool.counts | {"idle": 0} == {"fast": 0, "slow": 0, "paused": 0, "waiting": 0, "idle": 0}


def test_slow_queries_beyond_all_places_are_told_to_come_back(open_pool: Open) -> None:
    pool = open_pool(slow_workers=1, slow_queries=1, cpu_seconds=0.5)
    slow = [ask_in_thread(pool, HEAVY) for _ in range(2)]
    kinds = {type(error_of(thread)) for thread in slow}
    assert kinds == {QueryStoppedError, BusyError}
    assert b"true" in ask(pool)


def test_a_reader_that_stalls_frees_its_worker(open_pool: Open) -> None:
    pool = open_pool(stall_seconds=0.2)
    answer = pool.answer(Request(LONG))
    next(answer.body)
    wait_until(lambda: pool._lanes._runs.copy().pop().stop is not None)  # noqa: SLF001
    with pytest.raises(QueryStoppedError, match="read"):
        for _ in answer.body:
            pass
    assert pool.counts["slow"] == 0


def test_a_slow_reader_that_goes_on_reading_gets_everything(open_pool: Open) -> None:
    pool = open_pool(stall_seconds=1.0, wall_seconds=1.0)
    answer = pool.answer(Request("CONSTRUCT WHERE { ?s ?p ?o }", format="ntriples"))
    pieces = []
    for piece in answer.body:
        pieces.append(piece)
        time.sleep(0.1)
    assert b"".join(pieces).endswith(b" .\n")


def test_a_stalled_reader_takes_no_slow_place_from_others(open_pool: Open) -> None:
    pool = open_pool(slow_workers=1)
    stalled = pool.answer(Request(LONG))
    wait_until(lambda: pool.counts["slow"] == 1)
    other = ask_in_thread(pool, HEAVY)
    wait_until(lambda: pool.counts["slow"] == 2)
    stalled.body.close()
    pool.cancel(pool.running()[-1].id)
    error_of(other)


def test_the_operator_sees_a_running_query_and_cancels_it(open_pool: Open) -> None:
    pool, other = open_pool(), open_pool()
    asked = ask_in_thread(pool, HEAVY, client="192.0.2.7")
    wait_until(lambda: bool(other.running()))
    (query,) = other.running()
    assert query.query == HEAVY
    assert query.client == "192.0.2.7"
    assert 0 < query.seconds < 5
    assert other.cancel(query.id)
    assert "cancelled" in error_of(asked).what
    wait_until(lambda: not other.running())
    assert not other.cancel(query.id)
    assert b"true" in ask(pool)


def test_a_full_queue_is_told_at_once(open_pool: Open) -> None:
    pool = open_pool(workers=1, slow_after_seconds=60.0, queue_length=1, queue_seconds=0.5)
    taken = pool.answer(Request(LONG))
    waiting = ask_in_thread(pool, "ASK {}")
    wait_until(lambda: pool.counts["waiting"] == 1)
    started = time.monotonic()
    with pytest.raises(BusyError, match="wait"):
        ask(pool)
    assert time.monotonic() - started < 0.2
    assert isinstance(error_of(waiting), BusyError)
    taken.body.close()
    assert b"true" in ask(pool)


def test_many_clients_at_once_all_get_their_answers(open_pool: Open) -> None:
    pool = open_pool(workers=2)
    with ThreadPoolExecutor(8) as executor:
        answers = list(executor.map(lambda n: ask(pool, f"SELECT ({n} AS ?n) {{}}"), range(200)))
    assert all(f'"{n}"'.encode() in answer for n, answer in enumerate(answers))
    assert pool.counts["fast"] == 0


def test_a_client_with_a_budget_is_refused_when_it_is_spent(open_pool: Open) -> None:
    pool = open_pool(client_errors=2.0)
    for _ in range(2):
        with pytest.raises(QuerySyntaxError):
            ask(pool, "SELECT", client="192.0.2.8")
    with pytest.raises(BudgetError):
        ask(pool, client="192.0.2.8")
    assert b"true" in ask(pool, client="192.0.2.9")
    assert b"true" in ask(pool)


def test_loopback_has_no_budget_unless_one_is_set(open_pool: Open) -> None:
    pool = open_pool()
    for _ in range(40):
        with pytest.raises(QuerySyntaxError):
            ask(pool, "SELECT", client="127.0.0.1")
    assert b"true" in ask(pool, client="127.0.0.1")


def test_a_switch_to_another_store_fails_no_query(open_pool: Open, world_version: Version) -> None:
    pool = open_pool(workers=2)
    other = world_version.store.parent / "." / "store"
    running = pool.answer(Request("CONSTRUCT WHERE { ?s ?p ?o }", format="ntriples"))
    with ThreadPoolExecutor(4) as executor:
        answers = [executor.submit(ask, pool) for _ in range(50)]
        pool.switch(other)
        answers += [executor.submit(ask, pool) for _ in range(50)]
        assert all(b"true" in answer.result() for answer in answers)
    assert b"".join(running.body).endswith(b" .\n")


def test_an_answer_in_an_event_loop_streams_and_is_killed_when_its_client_leaves(open_pool: Open) -> None:
    pool = open_pool()

    async def scenario() -> None:
        answer = await pool.answer_async(Request("SELECT * { ?s ?p ?o }", format="csv"))
        body = b"".join([piece async for piece in answer.body])
        assert answer.format.name == "csv"
        assert body.endswith(b"\r\n")
        with pytest.raises(QuerySyntaxError):
            await pool.answer_async(Request("SELECT"))
        silent = asyncio.create_task(pool.answer_async(Request(HEAVY)))
        await asyncio.sleep(0.2)
        assert pool.counts["slow"] == 1
        silent.cancel()
        with pytest.raises(asyncio.CancelledError):
            await silent
        assert pool.counts["slow"] == 0
        long = await pool.answer_async(Request(LONG))
        await anext(long.body)
        long.body.close()
        assert [piece async for piece in (await pool.answer_async(Request("ASK {}"))).body]

    asyncio.run(scenario())
    assert pool.counts["fast"] == 0


def test_many_tasks_in_an_event_loop_share_the_workers(open_pool: Open) -> None:
    pool = open_pool(workers=2)

    async def one(number: int) -> bytes:
        answer = await pool.answer_async(Request(f"SELECT ({number} AS ?n) {{}}"))
        return b"".join([piece async for piece in answer.body])

    async def all_of_them() -> list[bytes]:
        return await asyncio.gather(*(one(number) for number in range(50)))

    assert all(f'"{n}"'.encode() in body for n, body in enumerate(asyncio.run(all_of_them())))


@pytest.mark.slow
def test_fast_queries_stay_fast_while_slow_ones_run(open_pool: Open) -> None:
    pool = open_pool(workers=2, slow_workers=2, cpu_seconds=3.0)
    slow = [ask_in_thread(pool, HEAVY) for _ in range(6)]
    time.sleep(0.5)
    times = []
    for _ in range(100):
        started = time.perf_counter()
        ask(pool)
        times.append(time.perf_counter() - started)
    for query in pool.running():
        pool.cancel(query.id)
    for thread in slow:
        error_of(thread)
    assert statistics.median(times) < 0.02
