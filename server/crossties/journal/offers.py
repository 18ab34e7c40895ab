"""Contributions in the journal: received, judged, spoken of, accepted, rejected, taken back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from crossties.errors import ConflictError, NotFoundError
from crossties.journal.database import Journal, now
from crossties.journal.entries import Draft, newest, read_changes, write_entry
from crossties.journal.records import (
    Act,
    Change,
    Contribution,
    Entry,
    Offer,
    Review,
    State,
    Verdict,
    read_contribution,
    read_verdict,
)
from crossties.journal.texts import keep_text

COLUMNS: Final = """id, at, by, name, media_type, length(upload) AS size, sha256, licence, source, comment,
                    graph, based_on, digest, state"""


@dataclass(frozen=True)
class Judged:
    """What a worker found: the verdict, and where it conforms the canonical text that would be stored."""

    entry: int
    conforms: bool
    report: dict[str, Any]
    difference: dict[str, Any]
    text: bytes = b""


def add_contribution(journal: Journal, offer: Offer, judged: Judged) -> Contribution:
    """Keep what was sent, byte for byte, with its first verdict."""
    with journal.writing() as database:
        digest = keep_text(database, judged.text) if judged.conforms else None
        state: State = "waiting" if judged.conforms else "failing"
        values = (
            *(now(), offer.by, offer.name, offer.media_type, offer.data),
            *(hashlib.sha256(offer.data).hexdigest(), offer.licence, offer.source, offer.comment),
            *(offer.graph, offer.based_on, digest, state),
        )
        marks = ", ".join("?" for _ in values)
        number = database.execute(
            f"""INSERT INTO contribution (at, by, name, media_type, upload, sha256, licence, source, comment,
                graph, based_on, digest, state) VALUES ({marks})""",  # noqa: S608
            values,
        ).lastrowid
        assert number is not None  # noqa: S101 - SQLite has just given it
        _add_verdict(database, number, judged)
        return _find(database, number)


def find_contribution(journal: Journal, number: int) -> Contribution:
    """Return a contribution.

    Raises:
        NotFoundError: there is none of this number.
    """
    if not journal.exists:
        raise _unknown(number)
    with journal.reading() as database:
        return _find(database, number)


def list_contributions(
    journal: Journal, *, state: str = "", by: str = "", graph: str = "", limit: int = 200
) -> list[Contribution]:
    """Return contributions: those that wait with the oldest first, others with the newest first."""
    if not journal.exists:
        return []
    wanted = {"state": state, "by": by, "graph": graph}
    given = {name: value for name, value in wanted.items() if value}
    conditions = "".join(f" AND {name} = :{name}" for name in given)
    order = "ASC" if state == "waiting" else "DESC"
    sql = f"SELECT {COLUMNS} FROM contribution WHERE true{conditions} ORDER BY id {order} LIMIT :limit"  # noqa: S608
    with journal.reading() as database:
        rows = database.execute(sql, given | {"limit": limit}).fetchall()
    return [read_contribution(row) for row in rows]


def count_states(journal: Journal) -> dict[str, int]:
    """Return how many contributions are in each state."""
    if not journal.exists:
        return {}
    with journal.reading() as database:
        return dict(database.execute("SELECT state, count(*) FROM contribution GROUP BY state").fetchall())


def read_upload(journal: Journal, number: int) -> bytes:
    """Return the bytes as they were sent."""
    with journal.reading() as database:
        _find(database, number)
        row = database.execute("SELECT upload FROM contribution WHERE id = ?", (number,)).fetchone()
    return bytes(row[0])


def read_verdicts(journal: Journal, number: int) -> list[Verdict]:
    """Return the verdicts on a contribution, the newest first."""
    sql = (
        "SELECT at, entry, conforms, report, difference FROM verdict WHERE contribution = ? ORDER BY id DESC"
    )
    with journal.reading() as database:
        return [read_verdict(row) for row in database.execute(sql, (number,))]


def read_reviews(journal: Journal, number: int) -> list[Review]:
    """Return what was said of a contribution and done with it, in order."""
    sql = "SELECT at, by, act, text FROM review WHERE contribution = ? ORDER BY id"
    with journal.reading() as database:
        return [Review(*row) for row in database.execute(sql, (number,))]


def add_review(journal: Journal, number: int, *, by: str, act: Act, text: str) -> None:
    """Add a comment, or that it was stopped at acceptance and why."""
    with journal.writing() as database:
        _find(database, number)
        _add_review(database, number, by, act, text)


def add_verdict(journal: Journal, number: int, judged: Judged) -> None:
    """Keep a further verdict on what waits; one that no longer conforms fails from now on."""
    with journal.writing() as database:
        found = _find(database, number)
        _add_verdict(database, number, judged)
        if found.state == "waiting" and not judged.conforms:
            _set_state(database, number, "failing")


def reject(journal: Journal, number: int, *, by: str, reason: str) -> Contribution:
    """Put a contribution aside.

    Raises:
        ConflictError: it was accepted or rejected already.
    """
    with journal.writing() as database:
        found = _find(database, number)
        if found.state not in {"waiting", "failing"}:
            raise _settled(found)
        _set_state(database, number, "rejected")
        _add_review(database, number, by, "reject", reason)
        return _find(database, number)


def merge(journal: Journal, number: int, judged: Judged, *, by: str, note: str = "") -> Entry:
    """Accept a contribution: one entry that is there whole or not at all.

    ``judged`` is the verdict on top of the newest entry; its text is what is stored.

    Raises:
        ConflictError: it doesn't wait any more, its graph has changed, or an entry came between.
    """
    with journal.writing() as database:
        found = _find(database, number)
        if found.state != "waiting":
            raise _settled(found)
        last = newest(database)
        if not judged.conforms or judged.entry != (last.number if last else 0):
            message = "Something was accepted between the check and the acceptance."
            raise ConflictError(message, mend="Accept it again.")
        digest = keep_text(database, judged.text)
        if digest != found.digest:
            message = "What was checked is not what was sent in."
            raise ConflictError(message, mend="Report it: this is a fault of the software.")
        _add_verdict(database, number, judged)
        draft = Draft("merge", by, contribution=number, note=note)
        entry = write_entry(database, draft, [Change(found.graph, found.based_on, digest)])
        _set_state(database, number, "accepted")
        _add_review(database, number, by, "accept", note)
        return entry


def roll_back(journal: Journal, number: int, *, by: str, reason: str, at: int) -> Entry:
    """Take an entry back: what it changed is as it was before, and this is an entry too.

    ``at`` is the newest entry that the caller has looked at.

    Raises:
        NotFoundError: there is no such entry.
        ConflictError: a later entry changed the same graph, it was taken back already, or one came between.
    """
    with journal.writing() as database:
        changes = read_changes(database, number)
        last = newest(database)
        if not changes:
            message = f"There is no entry {number}."
            raise NotFoundError(message, mend="“crossties review entries” lists them.")
        if last is None or last.number != at:
            message = "Something was accepted meanwhile."
            raise ConflictError(message, mend="Do it again.")
        if database.execute("SELECT 1 FROM entry WHERE undoes = ?", (number,)).fetchone():
            message = f"Entry {number} was taken back already."
            raise ConflictError(message, mend="Take back the entry that did so, to have it again.")
        undone = database.execute("SELECT contribution FROM entry WHERE number = ?", (number,)).fetchone()
        draft = Draft("rollback", by, contribution=undone["contribution"], undoes=number, note=reason)
        entry = write_entry(database, draft, [Change(one.graph, one.new, one.old) for one in changes])
        if undone["contribution"]:
            text = _find(database, undone["contribution"]).digest
            state: State = "accepted" if text in {one.old for one in changes} else "rolled back"
            _set_state(database, undone["contribution"], state)
            _add_review(database, undone["contribution"], by, "roll back", reason)
        return entry


def keep_effect(journal: Journal, number: int, *, entry: int, told: Sequence[Any]) -> None:
    """Keep which answers a contribution would change."""
    with journal.writing() as database:
        database.execute(
            "INSERT OR REPLACE INTO effect VALUES (?, ?, ?)",
            (number, entry, json.dumps(told, ensure_ascii=False)),
        )


def read_effect(journal: Journal, number: int) -> tuple[int, list[dict[str, Any]]] | None:
    """Return the entry on top of which the changed answers were found, and these; None: not looked yet."""
    with journal.reading() as database:
        row = database.execute("SELECT entry, told FROM effect WHERE contribution = ?", (number,)).fetchone()
    return (row[0], json.loads(row[1])) if row else None


def _find(database: sqlite3.Connection, number: int) -> Contribution:
    row = database.execute(f"SELECT {COLUMNS} FROM contribution WHERE id = ?", (number,)).fetchone()  # noqa: S608
    if row is None:
        raise _unknown(number)
    return read_contribution(row)


def _add_verdict(database: sqlite3.Connection, number: int, judged: Judged) -> None:
    values = (
        *(number, now(), judged.entry, judged.conforms),
        *(json.dumps(one, ensure_ascii=False) for one in (judged.report, judged.difference)),
    )
    database.execute(
        """INSERT INTO verdict (contribution, at, entry, conforms, report, difference)
           VALUES (?, ?, ?, ?, ?, ?)""",
        values,
    )


def _add_review(database: sqlite3.Connection, number: int, by: str, act: Act, text: str) -> None:
    database.execute(
        "INSERT INTO review (contribution, at, by, act, text) VALUES (?, ?, ?, ?, ?)",
        (number, now(), by, act, text),
    )


def _set_state(database: sqlite3.Connection, number: int, state: State) -> None:
    database.execute("UPDATE contribution SET state = ? WHERE id = ?", (state, number))


def _unknown(number: int) -> NotFoundError:
    return NotFoundError(f"There is no contribution {number}.", mend="The queue lists those that there are.")


def _settled(found: Contribution) -> ConflictError:
    what = f"Contribution {found.id} is not waiting: it is {found.state}."
    return ConflictError(
        what, mend="Look at what was said of it; send a new one where something is to change."
    )
