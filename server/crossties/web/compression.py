"""Compress answers: zstd or gzip; a frame ends only where the answer ends well."""

from __future__ import annotations

import sys
import zlib
from functools import lru_cache
from typing import Final, Protocol

if sys.version_info >= (3, 14):  # pragma: no cover
    from compression import zstd
else:
    from backports import zstd

#: Below this a body travels as it is: headers and round trips cost more than what is saved.
WORTHWHILE: Final = 4_096
#: What can be had, the best first.
ENCODINGS: Final = ("zstd", "gzip")
_GZIP: Final = 31
_WELL: Final = 9
_KEPT_HEADER: Final = 256


class Compressor(Protocol):
    """What turns pieces of a body into pieces of its compressed form."""

    def add(self, piece: bytes) -> bytes:
        """Return the compressed form of a piece, whole, so that it can be sent at once."""

    def end(self) -> bytes:
        """Return the end of the frame: without it the client's decoder fails."""


class _Zstd:
    def __init__(self) -> None:
        self._compressor = zstd.ZstdCompressor(level=1)

    def add(self, piece: bytes) -> bytes:
        return self._compressor.compress(piece, zstd.ZstdCompressor.FLUSH_BLOCK)

    def end(self) -> bytes:
        return self._compressor.flush(zstd.ZstdCompressor.FLUSH_FRAME)


class _Gzip:
    def __init__(self) -> None:
        self._compressor = zlib.compressobj(level=1, wbits=_GZIP)

    def add(self, piece: bytes) -> bytes:
        return self._compressor.compress(piece) + self._compressor.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._compressor.flush()


def open_compressor(encoding: str) -> Compressor:
    """Return a compressor for one body."""
    return _Zstd() if encoding == "zstd" else _Gzip()


def compress_well(body: bytes, encoding: str) -> bytes:
    """Return a whole body, compressed with more effort: for what is kept, and sent many times."""
    if encoding == "zstd":
        return zstd.compress(body, level=_WELL)
    compressor = zlib.compressobj(level=_WELL, wbits=_GZIP)
    return compressor.compress(body) + compressor.flush()


def compress(body: bytes, encoding: str) -> bytes:
    """Return a whole body, compressed."""
    compressor = open_compressor(encoding)
    return compressor.add(body) + compressor.end()


def pack(body: bytes) -> bytes:
    """Return a body in the form in which it is kept."""
    return zstd.compress(body, level=1)


def unpack(kept: bytes) -> bytes:
    """Return a kept body as it was."""
    return zstd.decompress(kept)


def choose_encoding(accepted: str) -> str:
    """Choose by an Accept-Encoding header (RFC 9110, 12.5.3); "" sends the body as it is."""
    if not accepted:
        return ""
    return _choose(accepted) if len(accepted) <= _KEPT_HEADER else _choose.__wrapped__(accepted)


@lru_cache(maxsize=256)
def _choose(accepted: str) -> str:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    offered = [(weights.get(name, weights.get("*", 0.0)), -rank) for rank, name in enumerate(ENCODINGS)]
    weight, rank = max(offered)
    return ENCODINGS[-rank] if weight > 0 else ""


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
