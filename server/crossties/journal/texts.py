"""Texts of named graphs: canonical N-Quads, kept once by their digest."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib

from crossties.errors import HostError

_FAST = 1


def keep_text(database: sqlite3.Connection, text: bytes) -> str:
    """Keep a canonical text and return its digest."""
    digest = hashlib.sha256(text).hexdigest()
    database.execute(
        "INSERT INTO text VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, zlib.compress(text, _FAST))
    )
    return digest


def read_text(database: sqlite3.Connection, digest: str | None) -> bytes:
    """Return the text of a digest; None has none.

    Raises:
        HostError: it isn't there, or is not what it was.
    """
    if digest is None:
        return b""
    row = database.execute("SELECT packed FROM text WHERE digest = ?", (digest,)).fetchone()
    text = zlib.decompress(row[0]) if row else b""
    if not row or hashlib.sha256(text).hexdigest() != digest:
        message = f"The journal has lost the text {digest[:12]}…"
        raise HostError(message, mend="Put the journal back from a copy.")
    return text
