"""What Flask answers, kept where the version of the data settles it, and compressed where that pays.

HEAD is answered as GET is, the body left out: both tell of the same form of the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Final

from crossties.namespaces import LISTS
from crossties.web.cache import Cache, Headers
from crossties.web.compression import WORTHWHILE, choose_encoding, compress, compress_well
from crossties.web.exchange import Exchange, Scope
from crossties.web.recording import Recorder
from crossties.web.scopes import raw_path
from crossties.web.sending import COMMON
from crossties.web.site import Site

Behind = Callable[[Scope, Exchange], Awaitable[None]]

#: What depends on nothing but the request, the software and the version of the data.
_DOCUMENTS: Final = "|".join(("ns", "shapes", "graph", "query", *LISTS))
_STEADY: Final = re.compile(
    rf"/(?:questions/.+\.(?:csv|json|rq)|(?:data|id|page)/.+|(?:{_DOCUMENTS})(?:[/.].*)?)", re.DOTALL
)
_KEPT_STATUS: Final = frozenset({200, 301, 303})
#: Files, which are offered packed and may be sent in parts.
_FILES: Final = re.compile(r"/(?:dump|release/[^/]+)/.+")
#: Kinds of content that get smaller.
_WORDY: Final = re.compile(rb"text/|application/(?:[\w.+-]*json|[\w.+-]*xml|n-triples|n-quads|trig)")


def is_keepable(scope: Scope) -> bool:
    """Say whether a request is for what may be kept or compressed: no change, no file."""
    return scope["method"] in {"GET", "HEAD"} and not _FILES.fullmatch(scope["path"])


class Keeper:
    """Sends what was answered before, else lets Flask answer."""

    def __init__(self, site: Site, behind: Behind, cache: Cache) -> None:
        self._site = site
        self._behind = behind
        self._cache = cache

    async def answer(self, scope: Scope, headers: dict[str, str], exchange: Exchange) -> None:
        """Answer GET and HEAD; a request that says who asks is answered anew each time."""
        personal = "cookie" in headers or "authorization" in headers
        steady = _STEADY.fullmatch(scope["path"]) is not None and not personal
        etag = self._validator(scope, headers) if steady else ""
        bare = scope["method"] == "HEAD"
        if etag and etag in {tag.strip() for tag in headers.get("if-none-match", "").split(",")}:
            told = ((b"etag", etag.encode()), (b"vary", b"Accept, Accept-Encoding"), *COMMON)
            await exchange.start(304, told)
            await exchange.give(b"")
            return
        key = (etag, choose_encoding(headers.get("accept-encoding", "")))
        if etag and await send_kept(self._site, self._cache, key, exchange, bare=bare):
            return
        recorder = Recorder(exchange)
        await self._behind(scope, recorder.exchange())
        if recorder.whole:
            told, body = _coded(recorder, key[1], etag=etag, bare=bare)
            if etag and not bare and recorder.status in _KEPT_STATUS:
                self._cache.put(key, recorder.status, told, body)
            await exchange.start(recorder.status, told)
            await exchange.give(body)

    def _validator(self, scope: Scope, headers: dict[str, str]) -> str:
        settings = self._site.instance.settings
        parts = (
            self._site.service.version.encode(),
            (settings.public_url or headers.get("host", "")).encode(),
            self._site.authority.encode(),
            raw_path(scope).encode(),
            scope["query_string"],
            headers.get("accept", "").encode(),
        )
        hashed = blake2b(digest_size=15)
        for part in parts:
            hashed.update(b"%d:" % len(part) + part)
        return f'W/"{hashed.hexdigest()}"'


async def send_kept(
    site: Site, cache: Cache, key: tuple[str, str], exchange: Exchange, *, bare: bool = False
) -> bool:
    """Send what is kept under a key, the body left out where it is to be bare; say whether there was any."""
    kept = cache.get(key)
    site.metrics.count_look_up(found=kept is not None)
    if kept is None:
        return False
    await exchange.answer(kept.status, kept.headers, b"" if bare else kept.unpacked())
    return True


def _coded(recorder: Recorder, encoding: str, *, etag: str, bare: bool) -> tuple[Headers, bytes]:
    """Return headers and body as they are sent; a validator of several forms of an answer is a weak one."""
    told, whole = list(recorder.headers), b"".join(recorder.pieces)
    if not _WORDY.match(_value(told, b"content-type")) and recorder.status != _NOT_MODIFIED:
        return recorder.headers, whole
    vary = {part.strip() for part in _value(told, b"vary").split(b",")} - {b""}
    tag = etag.encode() or _value(told, b"etag")
    length, told = _value(told, b"content-length"), [pair for pair in told if pair[0] not in _MADE]
    told.append((b"vary", b", ".join(sorted(vary | {b"Accept-Encoding"}))))
    if tag:
        told.append((b"etag", tag if tag.startswith(b"W/") else b"W/" + tag))
    body = whole
    if encoding and len(whole) > WORTHWHILE and not _value(told, b"content-encoding"):
        body = (compress_well if etag else compress)(whole, encoding)
    if body is not whole:
        told.append((b"content-encoding", encoding.encode()))
    if not bare and recorder.status != _NOT_MODIFIED:
        told.append((b"content-length", str(len(body)).encode()))
    elif length and not encoding:
        told.append((b"content-length", length))
    return tuple(told), body


_NOT_MODIFIED: Final = 304
#: The headers that are made anew here.
_MADE: Final = frozenset({b"vary", b"etag", b"content-length"})


def _value(headers: Headers | list[tuple[bytes, bytes]], name: bytes) -> bytes:
    return next((value for one, value in headers if one == name), b"")
