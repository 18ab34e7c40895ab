"""The front: data routes are answered here, before Flask, from the cache where they can be.

``/sparql`` and ``/store`` are answered by the protocol in the event loop; what Flask answers is kept where
nothing but the version of the data settles it. What is known of a request before it is run makes its
validator, so that a client that has the answer already costs no worker.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterable, Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from itertools import count
from secrets import token_hex
from time import perf_counter
from typing import Final

from crossties.errors import CrosstiesError, RequestError, TooLargeError
from crossties.protocol import (
    METHODS,
    AsyncProtocolAnswer,
    Planner,
    ProtocolRequest,
    Reading,
    at_once,
    carry_out,
    plan_graph,
    plan_query,
    to_answer,
)
from crossties.store.budget import name_client
from crossties.web.cache import Cache
from crossties.web.compression import choose_encoding
from crossties.web.exchange import ClientGoneError, Exchange, Scope
from crossties.web.keeping import Keeper, is_keepable, send_kept
from crossties.web.policy import trusted_hosts
from crossties.web.recording import Reread
from crossties.web.scopes import make_address, raw_path, read_headers
from crossties.web.sending import send_pieces, send_whole
from crossties.web.site import Site
from crossties.web.wishes import wants_explanation, wants_page

Behind = Callable[[Scope, Exchange], Awaitable[None]]

_SPARQL: Final = re.compile(r"/sparql(?:/|\.(\w+))?")
_STORE: Final = re.compile(r"/store(?:/(.*))?", re.DOTALL)
_ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_OK: Final = 200
_OWN: Final = re.compile(r"/(?:sparql|store|questions|data|id)(?:[/.]|$)")


class Front:
    """The data routes of one site; everything else goes to who stands ``behind``."""

    def __init__(self, site: Site, behind: Behind) -> None:
        self._site = site
        self._behind = behind
        self._hosts = trusted_hosts(site.instance.settings.public_url)
        self.cache = Cache(site.instance.settings.cache_bytes)
        self._log_json = site.instance.settings.log == "json"
        #: Requests are told apart by this process and their number in it.
        self._name, self._numbers = token_hex(4), count(1)
        self._keeper = Keeper(site, behind, self.cache)

    async def answer(self, scope: Scope, exchange: Exchange) -> None:
        """Answer a request; a client that leaves ends its work."""
        path, headers, started = scope["path"], read_headers(scope), perf_counter()
        given = headers.get("x-request-id", "")
        exchange.id = given if given and _ID.fullmatch(given) else f"{self._name}{next(self._numbers):08x}"
        self._site.look()
        try:
            if path == "/sparql":
                await self._speak(scope, headers, exchange, planner=plan_query)
            elif sparql := _SPARQL.fullmatch(path):
                await self._speak(scope, headers, exchange, planner=plan_query, suffix=sparql[1] or "")
            elif store := _STORE.fullmatch(path):
                await self._speak(scope, headers, exchange, planner=plan_graph, graph=store[1] or "")
            elif is_keepable(scope):
                await self._keeper.answer(scope, headers, exchange)
            else:
                await self._behind(scope, exchange)
        except ClientGoneError:
            return
        except asyncio.CancelledError:
            if not exchange.gone.is_set():
                raise
        finally:
            seconds = perf_counter() - started
            self._site.metrics.count(_name_route(path), exchange.status, seconds)
            if self._log_json:
                self._log(scope, headers, exchange, seconds)

    def _log(self, scope: Scope, headers: dict[str, str], exchange: Exchange, seconds: float) -> None:
        """Write a line for the operator; what was asked is in it by its path alone."""
        told = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "id": exchange.id,
            "client": self._client(scope, headers),
            "method": scope["method"],
            "path": scope["path"],
            "status": exchange.status,
            "seconds": round(seconds, 4),
        }
        sys.stderr.write(json.dumps(told, ensure_ascii=False) + "\n")

    async def _speak(
        self,
        scope: Scope,
        headers: dict[str, str],
        exchange: Exchange,
        *,
        planner: Planner,
        suffix: str = "",
        graph: str = "",
    ) -> None:
        """Answer by the protocol."""
        try:
            self._check(headers)
            body = await self._read_body(headers, exchange) if _has_body(scope, headers) else b""
            request = self._read(scope, headers, body, suffix=suffix, graph=graph)
            if planner is plan_query and (wants_explanation(request) or wants_page(request)):
                await self._show_page(scope, exchange, request.body)
                return
            exchange.watch()
            await self._run(request, headers, exchange, planner=planner, client=self._client(scope, headers))
        except CrosstiesError as error:
            await send_whole(exchange, at_once(to_answer(error)), headers)

    async def _run(
        self,
        request: ProtocolRequest,
        headers: dict[str, str],
        exchange: Exchange,
        *,
        planner: Planner,
        client: str,
    ) -> None:
        site = self._site
        planned = planner(request, site.service)
        key = ("", "")
        if isinstance(planned, Reading) and planned.etag and request.method in METHODS:
            key = (f"{request.method}{planned.etag}", choose_encoding(headers.get("accept-encoding", "")))
            if await send_kept(self._site, self.cache, key, exchange):
                return
        write = site.writer.write if site.writer else None
        run = partial(site.pool.answer_async, client=client)
        answer = await carry_out(planned, run, method=request.method, write=write)
        if isinstance(answer.body, AsyncIterable):
            await self._stream(answer, answer.body, headers, exchange, key=key)
        else:
            sent = await send_whole(exchange, answer, headers)
            if key[0] and answer.status == _OK:
                self.cache.put(key, answer.status, *sent)

    async def _stream(
        self,
        answer: AsyncProtocolAnswer,
        body: AsyncIterable[bytes],
        headers: dict[str, str],
        exchange: Exchange,
        *,
        key: tuple[str, str],
    ) -> None:
        """Send an answer as it comes, and keep it where it is small; a late failure breaks the transfer."""
        pieces = aiter(body)
        try:
            first = await anext(pieces, b"")
            collected = await send_pieces(exchange, answer, first, pieces, headers)
            if key[0] and collected:
                self.cache.put(key, answer.status, *collected)
        except CrosstiesError:
            # The head is out already: only the missing end can tell the client
            exchange.gone.set()
        finally:
            close = getattr(body, "close", None)
            if close:
                close()

    async def _show_page(self, scope: Scope, exchange: Exchange, body: bytes) -> None:
        """Let Flask draw the page; the body was read here, so it is handed on."""
        await self._behind(scope, Reread(exchange, body))

    def _check(self, headers: dict[str, str]) -> None:
        """Answer for the public host alone, where one is set."""
        host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
        if self._hosts and host not in self._hosts:
            message = "This host does not answer for that name."
            raise RequestError(message, mend="Ask at its public address.")

    async def _read_body(self, headers: dict[str, str], exchange: Exchange) -> bytes:
        limit = self._site.instance.settings.body_bytes
        said = headers.get("content-length", "0")
        if said.isdigit() and int(said) > limit:
            message = f"The body is larger than {limit} bytes."
            raise TooLargeError(message, mend="Send less, or in parts.")
        return await exchange.read_body(limit)

    def _read(
        self, scope: Scope, headers: dict[str, str], body: bytes, *, suffix: str, graph: str
    ) -> ProtocolRequest:
        host = headers.get("host", "")
        root = self._site.instance.settings.public_url or f"{scope.get('scheme', 'http')}://{host}"
        return ProtocolRequest(
            method=scope["method"],
            query_string=scope["query_string"].decode("latin-1"),
            content_type=headers.get("content-type", ""),
            accept=headers.get("accept", ""),
            body=body,
            address=make_address(root, raw_path(scope)),
            format=suffix,
            graph_path=graph,
            if_none_match=headers.get("if-none-match", ""),
            authorization=headers.get("authorization", ""),
            host=host,
            origin=headers.get("origin", ""),
        )

    def _client(self, scope: Scope, headers: dict[str, str]) -> str:
        peer = scope["client"][0] if scope.get("client") else ""
        trusted = self._site.instance.settings.trusted_proxies
        return name_client(peer, headers.get("x-forwarded-for", ""), trusted)


def _name_route(path: str) -> str:
    """Return the name under which an answer is counted."""
    if path == "/sparql":
        return "sparql"
    return path.split("/", 2)[1].partition(".")[0] if _OWN.match(path) else "page"


def _has_body(scope: Scope, headers: dict[str, str]) -> bool:
    bare = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    return not (bare and scope["method"] in {"GET", "HEAD", "OPTIONS"})
