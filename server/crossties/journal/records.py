"""What the journal tells: contributions, verdicts, reviews, entries, conflicts, tokens."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Final, Literal

State = Literal["failing", "waiting", "accepted", "rejected", "rolled back"]
Act = Literal["comment", "accept", "reject", "stop", "roll back"]
Scope = Literal["contributor", "reviewer", "operator"]
#: What each scope may do includes what those before it may.
SCOPES: Final[tuple[Scope, ...]] = ("contributor", "reviewer", "operator")


@dataclass(frozen=True)
class Person:
    """Who holds a token: the name that contributions and reviews carry, and what the token is for."""

    holder: str
    scope: Scope
    token: int = 0

    def may(self, scope: Scope) -> bool:
        """Say whether the token is good for what ``scope`` may do."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)

    def is_called(self, name: str) -> bool:
        """Say whether a name is this person's; case and white space don't make another person."""
        return _folded(self.holder) == _folded(name)


@dataclass(frozen=True)
class Offer:
    """What somebody sends, with what was said of it: licence, source document, a comment.

    ``based_on`` is the digest of the text of ``graph`` that it is to replace, None for a new graph.
    """

    name: str
    data: bytes
    graph: str
    by: str
    media_type: str = ""
    licence: str = ""
    source: str = ""
    comment: str = ""
    based_on: str | None = None


@dataclass(frozen=True)
class Contribution:
    """One contribution without its bytes; ``digest`` is that of the text that would be stored."""

    id: int
    at: str
    by: str
    name: str
    media_type: str
    size: int
    sha256: str
    licence: str
    source: str
    comment: str
    graph: str
    based_on: str | None
    digest: str | None
    state: State


@dataclass(frozen=True)
class Verdict:
    """A verdict on top of the entry ``entry``; report and difference as the worker told them, in JSON."""

    at: str
    entry: int
    conforms: bool
    report: dict[str, Any]
    difference: dict[str, Any]


@dataclass(frozen=True)
class Review:
    """What somebody said of a contribution or did with it."""

    at: str
    by: str
    act: Act
    text: str


@dataclass(frozen=True)
class Change:
    """The digests of the old and the new text of one graph; None is no such graph."""

    graph: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Entry:
    """One entry of the journal."""

    number: int
    act: str
    at: str
    by: str
    contribution: int | None
    undoes: int | None
    note: str
    chain: str


@dataclass(frozen=True)
class Conflict:
    """A graph that newer data and contributions changed both: digests of what is here and of the file."""

    id: int
    at: str
    graph: str
    here: str | None
    file: str | None
    state: str


@dataclass(frozen=True)
class Token:
    """A token as it is listed: all but itself."""

    id: int
    holder: str
    scope: Scope
    created: str
    expires: str
    revoked: str | None

    def tell_end(self, at: str) -> str:
        """Say how long it holds, seen at a moment of time (ISO 8601, UTC)."""
        if self.revoked:
            return f"revoked {self.revoked}"
        return f"{'expired' if self.expires <= at else 'until'} {self.expires}"


def read_contribution(row: sqlite3.Row) -> Contribution:
    """Return the contribution of a row of ``COLUMNS``."""
    return Contribution(**dict(row))


def read_verdict(row: sqlite3.Row) -> Verdict:
    """Return the verdict of a row."""
    return Verdict(
        row["at"],
        row["entry"],
        bool(row["conforms"]),
        json.loads(row["report"]),
        json.loads(row["difference"]),
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
