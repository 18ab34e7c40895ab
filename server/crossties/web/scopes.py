"""Read what ASGI tells of a request: headers by name, the path as it was sent."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from crossties.web.exchange import Scope

#: Headers that are kept once they have been read: as many, with as many bytes in all.
_FEW: Final = 16
_SHORT: Final = 1_024
_ASCII_LOWEST: Final = 33
_SAFE: Final = "/:@!$&'()*+,;=~-._%"
_ASCII_HIGHEST: Final = 126


def read_headers(scope: Scope) -> dict[str, str]:
    """Return the headers by their names; of one that is there several times, all values (RFC 9110, 5.3)."""
    listed = scope["headers"]
    if len(listed) <= _FEW and sum([len(value) for _, value in listed]) <= _SHORT:
        return _read_again(tuple(listed))
    return _read(listed)


@lru_cache(maxsize=256)
def _read_again(listed: tuple[tuple[bytes, bytes], ...]) -> dict[str, str]:
    """Read what a client sends with each of its requests once; nobody changes the answer."""
    return _read(listed)


def _read(listed: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in listed:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


@lru_cache(maxsize=256)
def make_address(root: str, raw_path: str) -> str:
    """Return the absolute address of a request, its path percent-encoded as the client sent it."""
    return root + quote(raw_path, safe=_SAFE)


def raw_path(scope: Scope) -> str:
    """Return the path as it was sent."""
    raw = scope.get("raw_path")
    return raw.partition(b"?")[0].decode("latin-1") if raw else _quote(scope["path"])


def _quote(path: str) -> str:
    encoded = path.encode()
    return "".join(
        chr(byte) if _ASCII_LOWEST <= byte <= _ASCII_HIGHEST and byte != ord("%") else f"%{byte:02X}"
        for byte in encoded
    )
