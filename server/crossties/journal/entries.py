"""Entries: each changes the graph, is written once and whole, and is chained to all that went before."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crossties.errors import ConflictError, NotFoundError
from crossties.journal.database import Journal, now
from crossties.journal.records import Change, Entry
from crossties.journal.texts import read_text

_COLUMNS = "number, act, at, by, contribution, undoes, note, chain"


@dataclass(frozen=True)
class Draft:
    """An entry that is to be written: what is done, by whom, and why."""

    act: str
    by: str
    contribution: int | None = None
    undoes: int | None = None
    note: str = ""


def write_entry(database: sqlite3.Connection, draft: Draft, changes: Iterable[Change]) -> Entry:
    """Write an entry in the transaction that is open; each change must start from what is there now.

    Raises:
        ConflictError: a graph isn't what its change starts from.
    """
    ordered = sorted(changes, key=lambda one: one.graph)
    for change in ordered:
        _require_present(database, change)
    last = database.execute("SELECT number, chain FROM entry ORDER BY number DESC LIMIT 1").fetchone()
    number, chain = (last["number"] + 1, last["chain"]) if last else (1, "")
    made = Entry(number, draft.act, now(), draft.by, draft.contribution, draft.undoes, draft.note, "")
    entry = Entry(**(vars(made) | {"chain": _chain(chain, made, ordered)}))
    database.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", tuple(vars(entry).values()))
    rows = [(number, change.graph, change.old, change.new) for change in ordered]
    database.executemany("INSERT INTO change VALUES (?, ?, ?, ?)", rows)
    for change in ordered:
        if change.new is None:
            database.execute("DELETE FROM present WHERE graph = ?", (change.graph,))
        else:
            database.execute(
                "INSERT OR REPLACE INTO present VALUES (?, ?, ?)", (change.graph, change.new, number)
            )
    return entry


def last_entry(journal: Journal) -> Entry | None:
    """Return the newest entry, or None where nothing has changed the graph yet."""
    if not journal.exists:
        return None
    with journal.reading() as database:
        return newest(database)


def newest(database: sqlite3.Connection) -> Entry | None:
    """Return the newest entry, or None where there is none."""
    row = database.execute(
        f"SELECT {_COLUMNS} FROM entry ORDER BY number DESC LIMIT 1"  # noqa: S608
    ).fetchone()
    return Entry(*row) if row else None


def list_entries(journal: Journal, *, graph: str = "", after: int = 0) -> list[Entry]:
    """Return the entries in order; of one graph alone where one is named."""
    if not journal.exists:
        return []
    among = "AND number IN (SELECT entry FROM change WHERE graph = ?)" if graph else ""
    sql = f"SELECT {_COLUMNS} FROM entry WHERE number > ? {among} ORDER BY number"  # noqa: S608
    with journal.reading() as database:
        return [Entry(*row) for row in database.execute(sql, (after, graph) if graph else (after,))]


def find_entry(journal: Journal, number: int) -> tuple[Entry, list[Change]]:
    """Return an entry with what it changed.

    Raises:
        NotFoundError: there is none of this number.
    """
    if journal.exists:
        with journal.reading() as database:
            sql = f"SELECT {_COLUMNS} FROM entry WHERE number = ?"  # noqa: S608
            row = database.execute(sql, (number,)).fetchone()
            if row:
                return Entry(*row), read_changes(database, number)
    message = f"There is no entry {number}."
    raise NotFoundError(message, mend="“crossties review entries” lists them.")


def read_changes(database: sqlite3.Connection, number: int) -> list[Change]:
    """Return what an entry changed."""
    sql = "SELECT graph, old, new FROM change WHERE entry = ? ORDER BY graph"
    return [Change(*row) for row in database.execute(sql, (number,))]


def present_digest(database: sqlite3.Connection, graph: str) -> str | None:
    """Return the digest of the text that a graph has now, None where there is no such graph."""
    row = database.execute("SELECT digest FROM present WHERE graph = ?", (graph,)).fetchone()
    return row[0] if row else None


def read_present(journal: Journal) -> dict[str, str]:
    """Return every graph that there is now with the digest of its text."""
    if not journal.exists:
        return {}
    with journal.reading() as database:
        return dict(database.execute("SELECT graph, digest FROM present ORDER BY graph").fetchall())


def read_texts(journal: Journal, digests: Sequence[str | None]) -> list[bytes]:
    """Return the texts of digests, in their order."""
    with journal.reading() as database:
        return [read_text(database, digest) for digest in digests]


def verify(journal: Journal) -> int:
    """Go through the whole journal and return how many entries hold together.

    Raises:
        ConflictError: an entry, its chain or the sum of all isn't what it was when it was written.
    """
    if not journal.exists:
        return 0
    chain, state = "", dict[str, str]()
    with journal.reading() as database:
        entries = [Entry(*row) for row in database.execute(f"SELECT {_COLUMNS} FROM entry ORDER BY number")]  # noqa: S608
        for entry in entries:
            changes = read_changes(database, entry.number)
            chain = _chain(chain, entry, changes)
            if entry.chain != chain or any(state.get(one.graph) != one.old for one in changes):
                raise _damaged(entry.number)
            for change in changes:
                if change.new is None:
                    state.pop(change.graph, None)
                else:
                    state[change.graph] = change.new
        present = dict(database.execute("SELECT graph, digest FROM present").fetchall())
        if present != state:
            raise _damaged(len(entries))
        for digest in set(state.values()):
            read_text(database, digest)
    return len(entries)


def _require_present(database: sqlite3.Connection, change: Change) -> None:
    found = present_digest(database, change.graph)
    if found != change.old:
        message = f"The graph {change.graph} is not what this change starts from."
        mend = "Look at what it says now, and make the change again on top of that."
        raise ConflictError(message, mend=mend)


def _chain(before: str, entry: Entry, changes: Sequence[Change]) -> str:
    """Return the digest of an entry and, through ``before``, of all entries before it."""
    told = (entry.number, entry.act, entry.at, entry.by, entry.contribution, entry.undoes, entry.note)
    moved = [f"{change.graph}\0{change.old}\0{change.new}" for change in changes]
    return hashlib.sha256("\n".join([before, repr(told), *moved]).encode()).hexdigest()


def _damaged(number: int) -> ConflictError:
    message = f"The journal is damaged at entry {number}."
    return ConflictError(message, mend="Put it back from a copy.")
