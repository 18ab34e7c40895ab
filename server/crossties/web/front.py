"""The front: data routes are answered here, before Flask, from the cache where they can be.

``/sparql`` and ``/store`` are answered by the protocol in the event loop; the answers of ``/questions``,
``/data`` and ``/id`` that Flask makes are kept. What is known of a request before it is run makes its
validator, so that a client that has the answer already costs no worker.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
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
from crossties.web.app import HEADERS, trusted_hosts
from crossties.web.cache import LONGEST, Cache, Headers
from crossties.web.carrying import make_address
from crossties.web.compression import WORTHWHILE, choose_encoding, compress, open_compressor
from crossties.web.exchange import ClientGoneError, Exchange, Message, Scope
from crossties.web.site import Site
from crossties.web.sparql import wants_page

Behind = Callable[[Scope, Exchange], Awaitable[None]]

_SPARQL: Final = re.compile(r"/sparql(?:/|\.(\w+))?")
_STORE: Final = re.compile(r"/store(?:/(.*))?", re.DOTALL)
_KEPT: Final = re.compile(r"/(?:questions/.+\.(?:csv|json|rq)|data/.+|id/.+)")
_ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_OWN: Final = re.compile(r"/(?:sparql|store|questions|data|id)(?:[/.]|$)")
_ASCII_LOWEST: Final = 33
_ASCII_HIGHEST: Final = 126
_COMMON: Final = tuple((name.lower().encode(), value.encode()) for name, value in HEADERS.items())
_NO_CONTENT: Final = frozenset({204, 304})


class Front:
    """The data routes of one site; everything else goes to who stands ``behind``."""

    def __init__(self, site: Site, behind: Behind) -> None:
        self._site = site
        self._behind = behind
        self._hosts = trusted_hosts(site.instance.settings.public_url)
        self.cache = Cache(site.instance.settings.cache_bytes)

    async def answer(self, scope: Scope, exchange: Exchange) -> None:
        """Answer a request; a client that leaves ends its work."""
        path, headers, started = scope["path"], _read_headers(scope), perf_counter()
        route = path.split("/", 2)[1].partition(".")[0] if _OWN.match(path) else "page"
        given = headers.get("x-request-id", "")
        exchange.id = given if _ID.fullmatch(given) else token_hex(8)
        try:
            if sparql := _SPARQL.fullmatch(path):
                await self._speak(scope, headers, exchange, planner=plan_query, suffix=sparql[1] or "")
            elif store := _STORE.fullmatch(path):
                await self._speak(scope, headers, exchange, planner=plan_graph, graph=store[1] or "")
            elif _KEPT.fullmatch(path) and scope["method"] == "GET":
                await self._keep(scope, headers, exchange)
            else:
                await self._behind(scope, exchange)
        except ClientGoneError:
            return
        except asyncio.CancelledError:
            if not exchange.gone.is_set():
                raise
        finally:
            seconds = perf_counter() - started
            self._site.metrics.count(route, exchange.status, seconds)
            if self._site.instance.settings.log == "json":
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
            request = self._read(scope, headers, await self._read_body(scope, headers, exchange))
            request = replace(request, format=suffix, graph_path=graph)
            if planner is plan_query and wants_page(request):
                await self._show_page(scope, exchange, request.body)
                return
            exchange.watch()
            await self._run(request, headers, exchange, planner=planner, client=self._client(scope, headers))
        except CrosstiesError as error:
            await _send_whole(exchange, at_once(to_answer(error)), headers)

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
            if await self._send_kept(key, exchange):
                return
        write = site.writer.write if site.writer else None
        run = partial(site.pool.answer_async, client=client)
        answer = await carry_out(planned, run, method=request.method, write=write)
        if isinstance(answer.body, AsyncIterable):
            await self._stream(answer, answer.body, headers, exchange, key=key)
        else:
            await _send_whole(exchange, answer, headers)

    async def _send_kept(self, key: tuple[str, str], exchange: Exchange) -> bool:
        kept = self.cache.get(key)
        self._site.metrics.count_look_up(found=kept is not None)
        if kept is None:
            return False
        body = kept.unpacked()
        rest = [pair for pair in kept.headers if pair[0] != b"content-length"]
        await exchange.start(kept.status, [*rest, (b"content-length", str(len(body)).encode())])
        await exchange.give(body)
        return True

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
            if _is_whole(body):
                small = replace(answer, body=(first,))
                sent = await _send_whole(exchange, small, headers)
                if key[0]:
                    self.cache.put(key, answer.status, *sent)
                return
            collected = await _send_pieces(exchange, answer, first, pieces, headers)
            if key[0] and collected:
                self.cache.put(key, answer.status, *collected)
        except CrosstiesError:
            # The head is out already: only the missing end can tell the client
            exchange.gone.set()
        finally:
            close = getattr(body, "close", None)
            if close:
                close()

    async def _keep(self, scope: Scope, headers: dict[str, str], exchange: Exchange) -> None:
        """Answer from what Flask answered before; the state of the store makes it known to be the same."""
        etag = self._validator(scope, headers)
        if etag in {tag.strip() for tag in headers.get("if-none-match", "").split(",")}:
            await exchange.start(
                304, [(b"etag", etag.encode()), (b"vary", b"Accept, Accept-Encoding"), *_COMMON]
            )
            await exchange.give(b"")
            return
        key = (etag, choose_encoding(headers.get("accept-encoding", "")))
        if await self._send_kept(key, exchange):
            return
        recorder = _Recorder(exchange)
        await self._behind(scope, recorder.exchange())
        if not recorder.whole:
            return
        told = recorder.headers
        body, coded = b"".join(recorder.pieces), _code(b"".join(recorder.pieces), key[1], told)
        if coded is not body:
            told = (*told, (b"content-encoding", key[1].encode()))
        told = (*told, (b"etag", etag.encode()), (b"content-length", str(len(coded)).encode()))
        if recorder.status in {200, 303}:
            self.cache.put(key, recorder.status, told, coded)
        await exchange.start(recorder.status, told)
        await exchange.give(coded)

    def _validator(self, scope: Scope, headers: dict[str, str]) -> str:
        parts = (
            self._site.service.version.encode(),
            _raw_path(scope).encode(),
            scope["query_string"],
            headers.get("accept", "").encode(),
        )
        hashed = blake2b(digest_size=15)
        for part in parts:
            hashed.update(b"%d:" % len(part) + part)
        return f'W/"{hashed.hexdigest()}"'

    async def _show_page(self, scope: Scope, exchange: Exchange, body: bytes) -> None:
        """Let Flask draw the page; the body was read here, so it is handed on."""
        await self._behind(scope, _Reread(exchange, body))

    def _check(self, headers: dict[str, str]) -> None:
        """Answer for the public host alone, where one is set."""
        host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
        if self._hosts and host not in self._hosts:
            message = "This host does not answer for that name."
            raise RequestError(message, mend="Ask at its public address.")

    async def _read_body(self, scope: Scope, headers: dict[str, str], exchange: Exchange) -> bytes:
        limit = self._site.instance.settings.body_bytes
        said = headers.get("content-length", "0")
        if said.isdigit() and int(said) > limit:
            message = f"The body is larger than {limit} bytes."
            raise TooLargeError(message, mend="Send less, or in parts.")
        if (
            scope["method"] in {"GET", "HEAD", "OPTIONS"}
            and said == "0"
            and "transfer-encoding" not in headers
        ):
            return b""
        return await exchange.read_body(limit)

    def _read(self, scope: Scope, headers: dict[str, str], body: bytes) -> ProtocolRequest:
        host = headers.get("host", "")
        root = self._site.instance.settings.public_url or f"{scope.get('scheme', 'http')}://{host}"
        return ProtocolRequest(
            method=scope["method"],
            query_string=scope["query_string"].decode("latin-1"),
            content_type=headers.get("content-type", ""),
            accept=headers.get("accept", ""),
            body=body,
            address=make_address(root, _raw_path(scope)),
            if_none_match=headers.get("if-none-match", ""),
            authorization=headers.get("authorization", ""),
            host=host,
            origin=headers.get("origin", ""),
        )

    def _client(self, scope: Scope, headers: dict[str, str]) -> str:
        peer = scope["client"][0] if scope.get("client") else ""
        trusted = self._site.instance.settings.trusted_proxies
        return name_client(peer, headers.get("x-forwarded-for", ""), trusted)


class _Recorder:
    """Take down what Flask answers, up to the longest that is kept; a longer answer goes on to the client."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._start: Message | None = None
        self._passing = False
        self.pieces: list[bytes] = []
        self.whole = False

    @property
    def status(self) -> int:
        return int(self._start["status"]) if self._start else 500

    @property
    def headers(self) -> Headers:
        listed = self._start["headers"] if self._start else []
        kept = [(name.lower(), value) for name, value in listed if name.lower() != b"content-length"]
        vary = {part.strip() for name, value in kept if name == b"vary" for part in value.split(b",")}
        rest = [pair for pair in kept if pair[0] not in {b"vary", b"etag"}]
        return (*rest, (b"vary", b", ".join(sorted(vary | {b"Accept", b"Accept-Encoding"}))))

    def exchange(self) -> Exchange:
        recording = _Recording(self._exchange, self)
        recording.gone = self._exchange.gone
        return recording

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if not self._passing:
            self.pieces.append(message.get("body", b""))
            if sum(map(len, self.pieces)) > LONGEST and self._start:
                self._passing = True
                await self._exchange.send(self._start)
                message = {**message, "body": b"".join(self.pieces)}
            elif not message.get("more_body"):
                self.whole = True
        if self._passing:
            await self._exchange.send(message)


class _Recording(Exchange):
    def __init__(self, exchange: Exchange, recorder: _Recorder) -> None:
        super().__init__(exchange.receive, exchange.send, stall_seconds=0)
        self._recorder = recorder

    async def send(self, message: Message) -> None:
        await self._recorder.take(message)


class _Reread(Exchange):
    """An exchange whose body has been read already."""

    def __init__(self, exchange: Exchange, body: bytes) -> None:
        super().__init__(exchange.receive, exchange.send, stall_seconds=0)
        self.gone = exchange.gone
        self._outer = exchange
        self._body: bytes | None = body

    async def receive(self) -> Message:
        if self._body is None:
            return await self._outer.receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Message) -> None:
        await self._outer.send(message)


async def _send_whole(
    exchange: Exchange, answer: AsyncProtocolAnswer, headers: dict[str, str]
) -> tuple[Headers, bytes]:
    """Send an answer that is there already, with its length; return what was sent."""
    assert not isinstance(answer.body, AsyncIterable)  # noqa: S101 - who calls has made sure
    body = b"".join(answer.body)
    told = _common(answer)
    encoding = choose_encoding(headers.get("accept-encoding", ""))
    coded = _code(body, encoding, told)
    if coded is not body:
        told = (*told, (b"content-encoding", encoding.encode()))
    if answer.status not in _NO_CONTENT and (body or answer.status != 200):  # noqa: PLR2004
        told = (*told, (b"content-length", str(len(coded)).encode()))
    await exchange.start(answer.status, told)
    await exchange.give(coded)
    return told, coded


async def _send_pieces(
    exchange: Exchange,
    answer: AsyncProtocolAnswer,
    first: bytes,
    pieces: AsyncIterator[bytes],
    headers: dict[str, str],
) -> tuple[Headers, bytes] | None:
    """Send an answer piece by piece; return what was sent where it is small enough to be kept."""
    encoding = choose_encoding(headers.get("accept-encoding", ""))
    compressor = open_compressor(encoding) if encoding else None
    told = _common(answer)
    if compressor:
        told = (*told, (b"content-encoding", encoding.encode()))
    await exchange.start(answer.status, told)
    collected, size = [], 0
    piece = first
    while piece:
        coded = compressor.add(piece) if compressor else piece
        await exchange.give(coded, more=True)
        size += len(coded)
        if size <= LONGEST:
            collected.append(coded)
        piece = await anext(pieces, b"")
    last = compressor.end() if compressor else b""
    await exchange.give(last)
    return (told, b"".join([*collected, last])) if size <= LONGEST else None


def _common(answer: AsyncProtocolAnswer) -> Headers:
    own = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in answer.headers]
    named = {name for name, _ in own}
    told = [(name, b"Accept, Accept-Encoding") if name == b"vary" else (name, value) for name, value in own]
    return (*told, *(pair for pair in _COMMON if pair[0] not in named))


def _code(body: bytes, encoding: str, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    coded_already = any(name == b"content-encoding" for name, _ in headers)
    return compress(body, encoding) if encoding and len(body) > WORTHWHILE and not coded_already else body


def _is_whole(body: AsyncIterable[bytes]) -> bool:
    """Say whether an answer has come to its good end with the piece that was taken last."""
    run = getattr(body, "_run", None)
    return run is not None and run.ended_well and not run.pieces and run.error is None


def _read_headers(scope: Scope) -> dict[str, str]:
    """Return the headers by their names; of one that is there several times, all values (RFC 9110, 5.3)."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _raw_path(scope: Scope) -> str:
    """Return the path as it was sent."""
    raw = scope.get("raw_path")
    return raw.partition(b"?")[0].decode("latin-1") if raw else _quote(scope["path"])


def _quote(path: str) -> str:
    encoded = path.encode()
    return "".join(
        chr(byte) if _ASCII_LOWEST <= byte <= _ASCII_HIGHEST and byte != ord("%") else f"%{byte:02X}"
        for byte in encoded
    )
