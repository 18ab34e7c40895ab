"""Read what ASGI tells of a request: headers by name, the path as it was sent."""

from __future__ import annotations

from typing import Final

from crossties.web.exchange import Scope

_ASCII_LOWEST: Final = 33
_ASCII_HIGHEST: Final = 126


def read_headers(scope: Scope) -> dict[str, str]:
    """Return the headers by their names; of one that is there several times, all values (RFC 9110, 5.3)."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


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
