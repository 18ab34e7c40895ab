"""Flask behind the front: pages and everything that the front doesn't answer itself.

It takes half of a second to load, so this module is imported once the first answers may be out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from a2wsgi import WSGIMiddleware

from crossties.instance import Instance
from crossties.web.app import create_app
from crossties.web.exchange import Application, Exchange, Flag, Scope
from crossties.web.front import Behind
from crossties.web.site import Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Requests that Flask answers at the same time; each takes a thread.
THREADS: Final = 16
_GONE: Final = "crossties.gone"
_ASCII: Final = 127


def open_behind(instance: Instance, site: Site) -> Behind:
    """Return what answers a request by Flask."""
    app = create_app(instance, site=site)
    carried = cast("Application", WSGIMiddleware(cast("Any", _guard(app.wsgi_app)), workers=THREADS))

    async def behind(scope: Scope, exchange: Exchange) -> None:
        given = {**scope, "query_string": _to_ascii(scope["query_string"]), _GONE: exchange.gone}
        await carried(given, exchange.receive, exchange.send)

    return behind


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
    def __init__(self, pieces: Iterable[bytes], gone: Flag) -> None:
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
