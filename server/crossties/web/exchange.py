"""One request and its answer over ASGI: what servers leave open is closed here.

A reader that makes no progress is given up, a client that leaves is noticed, and a client of HTTP/1.0, who
can't see a cut, gets its answer whole with its length, or an error.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, ClassVar, Final
from weakref import WeakKeyDictionary

from crossties.errors import TooLargeError

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

#: HTTP/1.0, as the servers call it: an answer ends there when the connection does.
UNFRAMED: Final = frozenset({"1", "1.0"})
#: A client that waits no longer than this, or twice this, is not watched: most answers are there before.
_UNWATCHED_SECONDS: Final = 0.02
_SPOOLED: Final = 1 << 20


class ClientGoneError(Exception):
    """The client has left, or takes nothing any more: nobody is there to be told."""


class Flag:
    """What is set once and never cleared; threads may look at it."""

    __slots__ = ("_set",)

    def __init__(self) -> None:
        self._set = False

    def set(self) -> None:
        """Set it."""
        self._set = True

    def is_set(self) -> bool:
        """Say whether it is set."""
        return self._set


class Exchange:
    """One request and its answer, as coroutines, with a watch on the client once its body has been read."""

    def __init__(self, receive: Receive, send: Send, *, stall_seconds: float) -> None:
        self.gone = Flag()
        #: What was sent; 499 where nobody waited for it.
        self.status = 499
        #: Names the request in answers and logs.
        self.id = ""
        self._receive = receive
        self._send = send
        self._stall_seconds = stall_seconds
        self._watch: asyncio.Task[None] | None = None
        self._sentry: Sentry | None = None
        self._task: asyncio.Task[Any] | None = None
        self._sending = 0.0

    async def receive(self) -> Message:
        """Receive a message."""
        return await self._receive()

    async def read_body(self, limit: int) -> bytes:
        """Return the whole body.

        Raises:
            TooLargeError: it is longer than the limit, whatever its length was said to be.
            ClientGoneError: the client left before its end.
        """
        pieces, size = [], 0
        while True:
            try:
                async with asyncio.timeout(self._stall_seconds):
                    message = await self._receive()
            except TimeoutError as error:
                raise ClientGoneError from error
            if message["type"] != "http.request":
                raise ClientGoneError
            piece = message.get("body", b"")
            size += len(piece)
            if size > limit:
                told = f"The body is larger than {limit} bytes."
                raise TooLargeError(told, mend="Send less, or in parts.")
            pieces.append(piece)
            if not message.get("more_body"):
                return b"".join(pieces)

    def watch(self) -> None:
        """Cancel this task when the client leaves; its body has been read, so that is the next news."""
        self._task = asyncio.current_task()
        self._sentry = Sentry.of(asyncio.get_running_loop())
        self._sentry.add(self)

    def look(self, now: float) -> None:
        """Watch a client that has waited for some time, and give one up that takes nothing."""
        if self._watch is None:
            self._watch = asyncio.create_task(self._watch_client(self._task))
        if self._sending and now - self._sending > self._stall_seconds:
            self._sending = 0.0
            self.gone.set()
            if self._task:
                self._task.cancel()

    async def send(self, message: Message) -> None:
        """Send a message; after the client has gone, drop it: the answer is stopped by ``gone``."""
        if self.gone.is_set():
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self.id:
                message = {**message, "headers": [*message["headers"], (b"x-request-id", self.id.encode())]}
        if self._watch is None and self._sentry is None and message["type"] == "http.response.body":
            self._watch = asyncio.create_task(self._watch_client(None))
        if self._sentry:
            self._sending = time.monotonic()
            await self.pass_on(message)
            self._sending = 0.0
            return
        try:
            async with asyncio.timeout(self._stall_seconds):
                await self.pass_on(message)
        except TimeoutError:
            self.gone.set()

    async def pass_on(self, message: Message) -> None:
        """Hand a message to the server; granian doesn't yield there, and the watch needs a turn."""
        await self._send(message)
        if message.get("more_body"):
            await asyncio.sleep(0)

    async def start(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Begin the answer."""
        await self.send({"type": "http.response.start", "status": status, "headers": list(headers)})

    async def give(self, body: bytes, *, more: bool = False) -> None:
        """Send a piece of the body.

        Raises:
            ClientGoneError: nobody takes it.
        """
        await self.send({"type": "http.response.body", "body": body, "more_body": more})
        if self.gone.is_set():
            raise ClientGoneError

    async def answer(self, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> None:
        """Send an answer that is there whole; the sentry sees to it that it isn't held up for ever.

        Raises:
            ClientGoneError: nobody takes it.
        """
        if self.gone.is_set():
            raise ClientGoneError
        self.status = status
        listed = [*headers, (b"x-request-id", self.id.encode())] if self.id else list(headers)
        self._sending = time.monotonic()
        await self.pass_on({"type": "http.response.start", "status": status, "headers": listed})
        await self.pass_on({"type": "http.response.body", "body": body, "more_body": False})
        self._sending = 0.0

    async def finish(self) -> None:
        """Do what is left after the last message; without that message the server breaks the transfer."""

    def close(self) -> None:
        """End the watch."""
        if self._sentry:
            self._sentry.discard(self)
        if self._watch:
            self._watch.cancel()

    async def _watch_client(self, task: asyncio.Task[Any] | None) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone.set()
        if task:
            task.cancel()


class Sentry:
    """Looks after the exchanges of a loop that last: one timer for all of them, none while there are none."""

    _by_loop: ClassVar[WeakKeyDictionary[asyncio.AbstractEventLoop, Sentry]] = WeakKeyDictionary()

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._young: set[Exchange] = set()
        self._old: set[Exchange] = set()
        self._ticking = False

    @classmethod
    def of(cls, loop: asyncio.AbstractEventLoop) -> Sentry:
        """Return the sentry of the loop."""
        found = cls._by_loop.get(loop)
        if found is None:
            found = cls._by_loop[loop] = Sentry(loop)
        return found

    def add(self, exchange: Exchange) -> None:
        """Look after an exchange from the second tick on."""
        self._young.add(exchange)
        if not self._ticking:
            self._ticking = True
            self._loop.call_later(_UNWATCHED_SECONDS, self._tick)

    def discard(self, exchange: Exchange) -> None:
        """Look after it no longer."""
        self._young.discard(exchange)
        self._old.discard(exchange)

    def _tick(self) -> None:
        now = time.monotonic()
        for exchange in self._old:
            exchange.look(now)
        self._old |= self._young
        self._young.clear()
        self._ticking = bool(self._old)
        if self._ticking:
            self._loop.call_later(_UNWATCHED_SECONDS, self._tick)


class SpooledExchange(Exchange):
    """An exchange with a client of HTTP/1.0: the whole answer is kept first, then sent with its length."""

    def __init__(self, receive: Receive, send: Send, *, stall_seconds: float) -> None:
        super().__init__(receive, send, stall_seconds=stall_seconds)
        self._start: Message = {}
        self._body: IO[bytes] = SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115

    async def pass_on(self, message: Message) -> None:
        """Keep the message."""
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._body.write(message.get("body", b""))

    async def finish(self) -> None:
        """Send what was kept, now that it is whole."""
        if self.gone.is_set():
            return
        size = self._body.tell()
        headers = [pair for pair in self._start["headers"] if pair[0].lower() != b"content-length"]
        told = [pair for pair in self._start["headers"] if pair not in headers]
        length = told[0] if told else (b"content-length", str(size).encode())
        await self._send({**self._start, "headers": [*headers, length]})
        self._body.seek(0)
        while piece := self._body.read(_SPOOLED):
            async with asyncio.timeout(self._stall_seconds):
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        await self._send({"type": "http.response.body", "body": b""})

    def close(self) -> None:
        """End the watch and forget what was kept."""
        super().close()
        self._body.close()


def open_exchange(scope: Scope, receive: Receive, send: Send, *, stall_seconds: float) -> Exchange:
    """Return the exchange that the client's version of HTTP needs."""
    kind = SpooledExchange if scope["http_version"] in UNFRAMED else Exchange
    return kind(receive, send, stall_seconds=stall_seconds)
