"""The curated files in the journal: its first entry, and one more for each newer state of them.

File by file the old state stands against the new one. A graph that contributions changed here too is never
overwritten: it becomes a conflict that a reviewer decides.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from crossties.errors import ConflictError, NotFoundError
from crossties.journal.database import Journal, now
from crossties.journal.entries import Draft, present_digest, write_entry
from crossties.journal.records import Change, Conflict, Entry
from crossties.journal.texts import keep_text
from crossties.quads.canonical import canonical_lines
from crossties.quads.parse import parse_file, read_bytes
from crossties.store.build import Source
from crossties.store.digests import Digests

_CURATOR = "data"


@dataclass(frozen=True)
class _State:
    source: str
    digest: str


def take_in(
    journal: Journal,
    sources: Sequence[Source],
    *,
    digests: Digests | None = None,
    lock: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Entry | None:
    """Enter what the files say where it differs from what they last said; return the entry, if there is one.

    ``digests`` remembers what the files hold, so that not all are read at each start. ``lock`` keeps others
    from changing the graph meanwhile; it is taken only where something is written.

    Raises:
        InputError: a file can't be read or parsed; the journal stays as it was.
    """
    bytes_of = {source.graph: _read_digest(source.path, digests) for source in sources}
    if _is_known(journal, bytes_of):
        return None
    with lock():
        return None if _is_known(journal, bytes_of) else _take(journal, sources, bytes_of)


def _read_digest(path: Path, digests: Digests | None) -> str:
    if digests:
        with suppress(OSError):
            return digests.read(path)
    return hashlib.sha256(read_bytes(path)).hexdigest()


def _is_known(journal: Journal, bytes_of: Mapping[str, str]) -> bool:
    return {graph: state.source for graph, state in _read_known(journal).items()} == bytes_of


def _take(journal: Journal, sources: Sequence[Source], bytes_of: Mapping[str, str]) -> Entry | None:
    known = _read_known(journal)
    changed = [source for source in sources if bytes_of[source.graph] != _source(known, source.graph)]
    texts = {source.graph: _canonical(source) for source in changed}
    with journal.writing() as database:
        return _write(database, known, bytes_of, texts)


def list_conflicts(journal: Journal) -> list[Conflict]:
    """Return the conflicts that wait for a decision."""
    if not journal.exists:
        return []
    sql = "SELECT id, at, graph, here, file, state FROM conflict WHERE state = 'open' ORDER BY id"
    with journal.reading() as database:
        return [Conflict(*row) for row in database.execute(sql)]


def read_ahead(journal: Journal) -> dict[str, str | None]:
    """Return the graphs that say something else here than in the files last looked at, with their digests.

    None is a graph that is gone here and has its file still.
    """
    if not journal.exists:
        return {}
    with journal.reading() as database:
        present = dict(database.execute("SELECT graph, digest FROM present").fetchall())
        curated = dict(database.execute("SELECT graph, digest FROM curated").fetchall())
    graphs = sorted({*present, *curated})
    return {graph: present.get(graph) for graph in graphs if present.get(graph) != curated.get(graph)}


def settle(journal: Journal, number: int, *, take_file: bool, by: str) -> Entry | None:
    """Decide a conflict: take what the file says, or keep what is here; return the entry where one was made.

    Raises:
        NotFoundError: no such conflict is open.
        ConflictError: the graph has changed since.
    """
    with journal.writing() as database:
        sql = "SELECT id, at, graph, here, file, state FROM conflict WHERE id = ? AND state = 'open'"
        row = database.execute(sql, (number,)).fetchone()
        if row is None:
            message = f"There is no open conflict {number}."
            raise NotFoundError(message, mend="“crossties review list” names those that are open.")
        found = Conflict(*row)
        state = "taken" if take_file else "kept"
        database.execute("UPDATE conflict SET state = ? WHERE id = ?", (state, number))
        if not take_file:
            return None
        if present_digest(database, found.graph) != found.here:
            message = f"The graph {found.graph} has changed since the conflict was found."
            raise ConflictError(message, mend="Keep what is here, and send the file as a contribution.")
        draft = Draft("resolution", by, note=f"conflict {number}")
        return write_entry(database, draft, [Change(found.graph, found.here, found.file)])


def _write(
    database: sqlite3.Connection,
    known: Mapping[str, _State],
    bytes_of: Mapping[str, str],
    texts: Mapping[str, bytes],
) -> Entry | None:
    digests = {graph: keep_text(database, text) for graph, text in texts.items()}
    gone = [graph for graph in known if graph not in bytes_of]
    changes = []
    for graph in sorted([*digests, *gone]):
        old, new = _digest(known, graph), digests.get(graph)
        here = present_digest(database, graph)
        if new in {here, old}:
            continue
        if here == old:
            changes.append(Change(graph, here, new))
        else:
            _note_conflict(database, graph, here, new)
    database.executemany("DELETE FROM curated WHERE graph = ?", [(graph,) for graph in gone])
    rows = [(graph, bytes_of[graph], digest) for graph, digest in digests.items()]
    database.executemany("INSERT OR REPLACE INTO curated VALUES (?, ?, ?)", rows)
    return write_entry(database, Draft("data", _CURATOR), changes) if changes else None


def _note_conflict(database: sqlite3.Connection, graph: str, here: str | None, file: str | None) -> None:
    database.execute("UPDATE conflict SET state = 'overtaken' WHERE graph = ? AND state = 'open'", (graph,))
    database.execute(
        "INSERT INTO conflict (at, graph, here, file, state) VALUES (?, ?, ?, ?, 'open')",
        (now(), graph, here, file),
    )


def _read_known(journal: Journal) -> dict[str, _State]:
    if not journal.exists:
        return {}
    with journal.reading() as database:
        rows = database.execute("SELECT graph, source, digest FROM curated").fetchall()
    return {row["graph"]: _State(row["source"], row["digest"]) for row in rows}


def _source(known: Mapping[str, _State], graph: str) -> str | None:
    return known[graph].source if graph in known else None


def _digest(known: Mapping[str, _State], graph: str) -> str | None:
    return known[graph].digest if graph in known else None


def _canonical(source: Source) -> bytes:
    quads = parse_file(source.path, graph=source.graph).quads
    return "".join(f"{line}\n" for line in canonical_lines(quads)).encode()
