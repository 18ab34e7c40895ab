"""Tokens: random, shown once, kept as digests, for one scope and for a time."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from crossties.errors import NotFoundError, RequestError
from crossties.journal.database import Journal, now
from crossties.journal.records import SCOPES, Person, Scope, Token

#: What every token begins with, so that one that leaks is found by who looks for such.
PREFIX: Final = "crossties_"
_BYTES: Final = 32
_COLUMNS: Final = "id, holder, scope, created, expires, revoked"


def add_token(journal: Journal, *, holder: str, scope: Scope, days: int = 365) -> str:
    """Make a token and return it; only its digest is kept.

    Raises:
        RequestError: no name, no such scope, or no time.
    """
    if not holder.strip() or scope not in SCOPES or days < 1:
        message = "A token needs a holder, a scope and at least a day."
        raise RequestError(message, mend=f"The scopes are {', '.join(SCOPES)}.")
    token = PREFIX + token_urlsafe(_BYTES)
    expires = (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = (_digest(token), " ".join(holder.split()), scope, now(), expires)
    with journal.writing() as database:
        database.execute(
            "INSERT INTO token (sha256, holder, scope, created, expires) VALUES (?, ?, ?, ?, ?)", values
        )
    return token


def list_tokens(journal: Journal) -> list[Token]:
    """Return every token that was ever made, without itself."""
    if not journal.exists:
        return []
    with journal.reading() as database:
        rows = database.execute(f"SELECT {_COLUMNS} FROM token ORDER BY id").fetchall()  # noqa: S608
    return [Token(**dict(row)) for row in rows]


def revoke_token(journal: Journal, number: int) -> Token:
    """End a token now; one that is revoked stays so.

    Raises:
        NotFoundError: there is none of this number.
    """
    if journal.exists:
        with journal.writing() as database:
            database.execute("UPDATE token SET revoked = ? WHERE id = ? AND revoked IS NULL", (now(), number))
    found = [token for token in list_tokens(journal) if token.id == number]
    if not found:
        message = f"There is no token {number}."
        raise NotFoundError(message, mend="“crossties token list” tells their numbers.")
    return found[0]


def find_person(journal: Journal, token: str) -> Person | None:
    """Return who holds a token, or None where it is unknown, expired or revoked."""
    return _find(journal, "sha256", _digest(token)) if token.startswith(PREFIX) else None


def find_holder(journal: Journal, number: int) -> Person | None:
    """Return who holds the token of this number, or None where it is unknown, expired or revoked."""
    return _find(journal, "id", number)


def read_key(journal: Journal) -> str:
    """Return the key with which this instance signs sessions."""
    with journal.reading() as database:
        return str(database.execute("SELECT value FROM meta WHERE name = 'key'").fetchone()[0])


def _find(journal: Journal, column: str, value: str | int) -> Person | None:
    if not journal.exists:
        return None
    sql = f"""SELECT holder, scope, id FROM token
              WHERE {column} = ? AND revoked IS NULL AND expires > ?"""  # noqa: S608 - one of two names
    with journal.reading() as database:
        row = database.execute(sql, (value, now())).fetchone()
    return Person(*row) if row else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
