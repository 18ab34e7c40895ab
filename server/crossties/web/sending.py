"""Send answers of the protocol over ASGI: whole with their length, or piece by piece."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable
from functools import lru_cache
from typing import Final

from crossties.protocol import AsyncProtocolAnswer
from crossties.web.cache import LONGEST, Headers
from crossties.web.compression import WORTHWHILE, choose_encoding, compress, open_compressor
from crossties.web.exchange import Exchange
from crossties.web.policy import HEADERS

#: What every answer carries.
COMMON: Final = tuple((name.lower().encode(), value.encode()) for name, value in HEADERS.items())
_NO_CONTENT: Final = frozenset({204, 304})


async def send_whole(
    exchange: Exchange, answer: AsyncProtocolAnswer, headers: dict[str, str]
) -> tuple[Headers, bytes]:
    """Send an answer that is there already, with its length; return what was sent."""
    assert not isinstance(answer.body, AsyncIterable)  # noqa: S101 - who calls has made sure
    body = b"".join(answer.body)
    told = _common(answer.headers)
    encoding = choose_encoding(headers.get("accept-encoding", ""))
    coded = code(body, encoding, told)
    if coded is not body:
        told = (*told, (b"content-encoding", encoding.encode()))
    if answer.status not in _NO_CONTENT and (body or answer.status != 200):  # noqa: PLR2004
        told = (*told, (b"content-length", str(len(coded)).encode()))
    await exchange.answer(answer.status, told, coded)
    return told, coded


async def send_pieces(
    exchange: Exchange,
    answer: AsyncProtocolAnswer,
    first: bytes,
    pieces: AsyncIterator[bytes],
    headers: dict[str, str],
) -> tuple[Headers, bytes] | None:
    """Send an answer piece by piece; return what was sent where it is small enough to be kept."""
    encoding = choose_encoding(headers.get("accept-encoding", ""))
    compressor = open_compressor(encoding) if encoding else None
    told = _common(answer.headers)
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


def _common(headers: tuple[tuple[str, str], ...]) -> Headers:
    """Return the headers with those that every answer carries; most say the same, but for their tag."""
    for at, (name, tag) in enumerate(headers):
        if name == "ETag":
            rest = headers[:at] + headers[at + 1 :]
            return (*_encode(rest), (b"etag", tag.encode("latin-1", "replace")))
    return _encode(headers)


@lru_cache(maxsize=128)
def _encode(headers: tuple[tuple[str, str], ...]) -> Headers:
    own = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in headers]
    named = {name for name, _ in own}
    told = [(name, b"Accept, Accept-Encoding") if name == b"vary" else (name, value) for name, value in own]
    return (*told, *(pair for pair in COMMON if pair[0] not in named))


def code(body: bytes, encoding: str, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return a body compressed, or the very same where that would not pay."""
    coded_already = any(name == b"content-encoding" for name, _ in headers)
    return compress(body, encoding) if encoding and len(body) > WORTHWHILE and not coded_already else body
