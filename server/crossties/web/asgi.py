"""The ASGI application: the front for data, and Flask behind it for everything else.

Under WSGI, granian ends a broken answer as if it were whole; under ASGI it doesn't. What a2wsgi and granian
leave open is closed here: coroutines for ``receive`` and ``send``, workers freed when the client leaves.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from threading import Event
from typing import TYPE_CHECKING, Any, Final, cast

from a2wsgi import WSGIMiddleware
from flask import Flask

from crossties.web.exchange import Application, Exchange, Receive, Scope, Send, open_exchange
from crossties.web.front import Front
from crossties.web.site import EXTENSION, Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["Application", "to_asgi"]

#: Requests that Flask answers at the same time; each takes a thread.
THREADS: Final = 16
_GONE: Final = "crossties.gone"
_ASCII: Final = 127


def to_asgi(app: Flask) -> Application:
    """Return the app as an ASGI application; at the end of its life it ends the query workers."""
    carried = cast("Application", WSGIMiddleware(cast("Any", _guard(app.wsgi_app)), workers=THREADS))
    site = cast("Site", app.extensions[EXTENSION])

    async def behind(scope: Scope, exchange: Exchange) -> None:
        given = {**scope, "query_string": _to_ascii(scope["query_string"]), _GONE: exchange.gone}
        await carried(given, exchange.receive, exchange.send)

    front = Front(site, behind)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send, site)
        elif scope["type"] == "http":
            stall = site.instance.settings.stall_seconds
            exchange = open_exchange(scope, receive, send, stall_seconds=stall)
            try:
                await front.answer(scope, exchange)
                await exchange.finish()
            finally:
                exchange.close()

    return application


async def _live(receive: Receive, send: Send, site: Site) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    site.close()
    await send({"type": "lifespan.shutdown.complete"})


def _to_ascii(query_string: bytes) -> bytes:
    """Percent-encode what a careless client left bare; a2wsgi takes ASCII alone."""
    return b"".join(b"%%%02X" % byte if byte > _ASCII else bytes((byte,)) for byte in query_string)


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
