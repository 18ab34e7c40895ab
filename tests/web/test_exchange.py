"""One exchange over ASGI with a client that is played here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from crossties.web.exchange import Exchange, open_exchange


@dataclass
class Client:
    """Takes messages while it ``reads``, and is told to be gone once it ``leaves``."""

    reads: bool = True
    leaves: bool = False
    watched: bool = False
    taken: list[dict[str, Any]] = field(default_factory=list)

    async def receive(self) -> dict[str, Any]:
        self.watched = True
        if not self.leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if not self.reads:
            await asyncio.Event().wait()
        self.taken.append(message)

    def exchange(self) -> Exchange:
        return open_exchange({"http_version": "1.1"}, self.receive, self.send, stall_seconds=0.1)


def test_an_answer_that_is_there_at_once_is_sent_without_a_watch() -> None:
    client = Client()

    async def serve() -> None:
        exchange = client.exchange()
        exchange.watch()
        await exchange.answer(200, [(b"a", b"b")], b"body")
        exchange.close()
        await asyncio.sleep(0.1)

    asyncio.run(serve())
    assert [message["type"] for message in client.taken] == ["http.response.start", "http.response.body"]
    assert not client.watched


@pytest.mark.parametrize("piecewise", [True, False])
def test_a_client_that_takes_nothing_is_given_up(*, piecewise: bool) -> None:
    async def serve() -> bool:
        exchange = Client(reads=False).exchange()

        async def answer() -> None:
            exchange.watch()
            if piecewise:
                await exchange.start(200, [])
            else:
                await exchange.answer(200, [], b"body")

        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asyncio.create_task(answer()), 20)
        exchange.close()
        return exchange.gone.is_set()

    assert asyncio.run(serve())


def test_work_for_a_client_that_has_left_is_cancelled() -> None:
    async def serve() -> bool:
        exchange = Client(leaves=True).exchange()

        async def work() -> None:
            exchange.watch()
            await asyncio.Event().wait()

        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asyncio.create_task(work()), 20)
        exchange.close()
        return exchange.gone.is_set()

    assert asyncio.run(serve())
