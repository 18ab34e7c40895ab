"""What every answer carries, whoever makes it, and the names of the host that are answered for."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

_POLICY: Final = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def trusted_hosts(public_url: str) -> list[str] | None:
    """Return the names that are answered for, or None for all; loopback stays trusted beside them."""
    host = urlsplit(public_url).hostname
    return [host, "localhost", "127.0.0.1", "[::1]"] if host else None
