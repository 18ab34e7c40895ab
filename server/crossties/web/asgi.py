"""The ASGI application: the front for data, and Flask behind it for everything else.

Under WSGI, granian ends a broken answer as if it were whole; under ASGI it doesn't. What a2wsgi and granian
leave open is closed here and in ``behind``: coroutines for ``receive`` and ``send``, workers freed when the
client leaves.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Final

from crossties.instance import Instance
from crossties.web.exchange import Application, Exchange, Receive, Scope, Send, open_exchange
from crossties.web.front import Behind, Front
from crossties.web.renewal import follow
from crossties.web.site import Site, open_site

__all__ = ["Application", "open_asgi", "to_asgi"]

#: So long after the start Flask is loaded even where no page was asked for: the first answers come before.
_LATER_SECONDS: Final = 0.3


def open_asgi(instance: Instance) -> Application:
    """Return the application of the instance; it starts the query workers, and ends them when it ends.

    Raises:
        HostError: the store or the sandbox can't be had.
    """
    site = open_site(instance)
    follow(site)
    return to_asgi(site)


def to_asgi(site: Site) -> Application:
    """Return the application of a site that is open; at the end of its life it closes the site."""
    pages = _Pages(site)
    front = Front(site, pages.answer)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await receive()
            pages.load_later()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            site.close()
            await send({"type": "lifespan.shutdown.complete"})
        elif scope["type"] == "http":
            stall = site.instance.settings.stall_seconds
            exchange = open_exchange(scope, receive, send, stall_seconds=stall)
            try:
                await front.answer(scope, exchange)
                await exchange.finish()
            finally:
                exchange.close()

    return application


class _Pages:
    """Flask, loaded in a thread a little after the start or when the first page is asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._loading: asyncio.Future[Behind] | None = None

    async def answer(self, scope: Scope, exchange: Exchange) -> None:
        behind = await asyncio.shield(self._load())
        await behind(scope, exchange)

    def load_later(self) -> None:
        asyncio.get_running_loop().call_later(_LATER_SECONDS, self._load)

    def _load(self) -> asyncio.Future[Behind]:
        if self._loading is None:
            self._loading = asyncio.get_running_loop().run_in_executor(None, _open, self._site)
        return self._loading


def _open(site: Site) -> Behind:
    behind: Behind = import_module("crossties.web.behind").open_behind(site.instance, site)
    return behind
