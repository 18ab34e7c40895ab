"""Carry the Flask app over ASGI, so that an answer that fails in the middle breaks its transfer.

Under WSGI, granian ends a broken answer as if it were whole; under ASGI it doesn't. What a2wsgi and granian
leave open is closed here: coroutines for ``receive`` and ``send``, a limit for readers that make no progress,
workers freed when the client leaves, and a length for clients of HTTP/1.0, who can't see a cut otherwise.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from threading import Event
from typing import IO, TYPE_CHECKING, Any, Final, cast

from a2wsgi import WSGIMiddleware
from flask import Flask

from crossties.web.site import EXTENSION, Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Requests that Flask answers at the same time; each takes a thread.
THREADS: Final = 16
#: A client that takes nothing for so long is given up.
STALL_SECONDS: Final = 30.0
_GONE: Final = "crossties.gone"
#: HTTP/1.0, as the servers call it: an answer ends there when the connection does.
_UNFRAMED: Final = frozenset({"1", "1.0"})
_ASCII: Final = 127
_SPOOLED: Final = 1 << 20


def to_asgi(app: Flask) -> Application:
    """Return the app as an ASGI application; at the end of its life it ends the query workers."""
    carried = cast("Application", WSGIMiddleware(cast("Any", _guard(app.wsgi_app)), workers=THREADS))
    site = cast("Site", app.extensions[EXTENSION])

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send, site)
        elif scope["type"] == "http":
            await _carry(carried, scope, receive, send)

    return application


async def _live(receive: Receive, send: Send, site: Site) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    site.close()
    await send({"type": "lifespan.shutdown.complete"})


async def _carry(carried: Application, scope: Scope, receive: Receive, send: Send) -> None:
    exchange = (_Spooled if scope["http_version"] in _UNFRAMED else _Exchange)(receive, send)
    try:
        given = {**scope, "query_string": _to_ascii(scope["query_string"]), _GONE: exchange.gone}
        await carried(given, exchange.receive, exchange.send)
        await exchange.finish()
    finally:
        exchange.close()


def _to_ascii(query_string: bytes) -> bytes:
    """Percent-encode what a careless client left bare; a2wsgi takes ASCII alone."""
    return b"".join(b"%%%02X" % byte if byte > _ASCII else bytes((byte,)) for byte in query_string)


class _Exchange:
    """One request and its answer, as coroutines, with a watch on the client once the answer has begun."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self.gone = Event()
        self._receive = receive
        self._send = send
        self._watch: asyncio.Task[None] | None = None

    async def receive(self) -> Message:
        return await self._receive()

    async def send(self, message: Message) -> None:
        """Send a message; after the client has gone, drop it: the answer is stopped by ``gone``."""
        if self.gone.is_set():
            return
        if self._watch is None and message["type"] == "http.response.body":
            self._watch = asyncio.create_task(self._watch_client())
        try:
            await asyncio.wait_for(self.pass_on(message), STALL_SECONDS)
        except TimeoutError:
            self.gone.set()

    async def pass_on(self, message: Message) -> None:
        await self._send(message)
        await asyncio.sleep(0)

    async def finish(self) -> None:
        """Do what is left after the last message; without that message the server breaks the transfer."""

    def close(self) -> None:
        if self._watch:
            self._watch.cancel()

    async def _watch_client(self) -> None:
        """Wait for the client to leave: its body has been read by now, so that is the next news."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone.set()


class _Spooled(_Exchange):
    """An exchange with a client of HTTP/1.0: the whole answer is kept first, then sent with its length."""

    def __init__(self, receive: Receive, send: Send) -> None:
        super().__init__(receive, send)
        self._start: Message = {}
        self._body: IO[bytes] = SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115

    async def pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._body.write(message.get("body", b""))

    async def finish(self) -> None:
        if self.gone.is_set():
            return
        size = self._body.tell()
        headers = [pair for pair in self._start["headers"] if pair[0].lower() != b"content-length"]
        told = [pair for pair in self._start["headers"] if pair not in headers]
        length = told[0] if told else (b"content-length", str(size).encode())
        await self._send({**self._start, "headers": [*headers, length]})
        self._body.seek(0)
        while piece := self._body.read(_SPOOLED):
            await asyncio.wait_for(
                self._send({"type": "http.response.body", "body": piece, "more_body": True}),
                STALL_SECONDS,
            )
        await self._send({"type": "http.response.body", "body": b""})

    def close(self) -> None:
        super().close()
        self._body.close()


def _guard(app: WSGIApplication) -> WSGIApplication:
    """Let Flask read bodies without a length, log to the standard error, and stop when the client leaves."""

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.input_terminated"] = True
        environ["wsgi.errors"] = sys.stderr
        return _Watched(app(environ, start_response), environ["asgi.scope"][_GONE])

    return guarded


class _Watched:
    def __init__(self, pieces: Iterable[bytes], gone: Event) -> None:
        self._pieces = pieces
        self._gone = gone

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if self._gone.is_set():
                return
            if piece:
                yield piece

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        if close:
            close()
