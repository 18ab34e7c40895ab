"""The label index: an SQLite file beside each store version, with every name of every thing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from crossties.errors import HostError
from crossties.search.fold import fold

_SCHEMA: Final = """
CREATE TABLE name (
  iri TEXT NOT NULL, class TEXT NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL, best INTEGER NOT NULL
);
CREATE TABLE covers (place TEXT NOT NULL, body TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(folded, content='name', tokenize="unicode61");
CREATE VIRTUAL TABLE letters USING fts5(folded, content='name', tokenize="trigram");
"""
_INDICES: Final = """
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_iri ON name (iri);
CREATE INDEX covers_place ON covers (place);
CREATE INDEX covers_body ON covers (body);
INSERT INTO words(words) VALUES('rebuild');
INSERT INTO letters(letters) VALUES('rebuild');
"""


@dataclass(frozen=True)
class Name:
    """One name of one thing; ``best`` marks the label that is shown for it in English."""

    iri: str
    kind: str
    text: str
    best: bool = False


@dataclass(frozen=True)
class Match:
    """A thing that a name may mean: its IRI, class (local name) and best label."""

    iri: str
    kind: str
    label: str


@dataclass(frozen=True)
class Covers:
    """Places and bodies of which it is told anew who acts for whom: as pairs of a place and a body."""

    things: frozenset[str] = frozenset()
    pairs: tuple[tuple[str, str], ...] = ()


def write_index(path: Path, names: Iterable[Name], covers: Iterable[tuple[str, str]]) -> None:
    """Write the index of these names; ``covers`` pairs a place with each body that acts for it.

    Raises:
        HostError: the file can't be written.
    """
    rows = ((one.iri, one.kind, one.text, fold(one.text), one.best) for one in names)
    try:
        with closing(sqlite3.connect(path)) as database, database:
            database.executescript(_SCHEMA)
            database.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", rows)
            database.executemany("INSERT INTO covers VALUES (?, ?)", covers)
            database.executescript(_INDICES)
    except sqlite3.Error as error:
        message = f"The label index {path} can't be written: {error}."
        raise HostError(
            message, mend="Free some space, or set CROSSTIES_HOME to a writable folder."
        ) from error


def amend_index(
    base: Path, path: Path, *, named: Iterable[str], names: Iterable[Name], renewed: Covers
) -> None:
    """Write an index that is ``base`` but for the names of the things ``named`` and what ``renewed`` covers.

    Raises:
        HostError: the base can't be read, or the file can't be written.
    """
    try:
        shutil.copyfile(base, path)
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("PRAGMA journal_mode = MEMORY")
            for iri in named:
                _forget_names(database, iri)
            for one in names:
                _remember_name(database, one)
            database.executemany("DELETE FROM covers WHERE place = ?1 OR body = ?1", zip(renewed.things))
            database.executemany("INSERT INTO covers VALUES (?, ?)", renewed.pairs)
    except (OSError, sqlite3.Error) as error:
        message = f"The label index {path} can't be made of {base}: {error}."
        raise HostError(
            message, mend="Free some space, or set CROSSTIES_HOME to a writable folder."
        ) from error


def _forget_names(database: sqlite3.Connection, iri: str) -> None:
    for row in database.execute("SELECT rowid, folded FROM name WHERE iri = ?", (iri,)).fetchall():
        database.execute("INSERT INTO words (words, rowid, folded) VALUES ('delete', ?, ?)", row)
        database.execute("INSERT INTO letters (letters, rowid, folded) VALUES ('delete', ?, ?)", row)
    database.execute("DELETE FROM name WHERE iri = ?", (iri,))


def _remember_name(database: sqlite3.Connection, one: Name) -> None:
    folded = fold(one.text)
    row = (one.iri, one.kind, one.text, folded, one.best)
    number = database.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?)", row).lastrowid
    database.execute("INSERT INTO words (rowid, folded) VALUES (?, ?)", (number, folded))
    database.execute("INSERT INTO letters (rowid, folded) VALUES (?, ?)", (number, folded))


class Labels:
    """The index of one store version, opened for reading; one connection per use, so threads may share it.

    ``held`` opens it once and keeps it open: for a process that may open nothing later.
    """

    def __init__(self, path: Path, *, held: bool = False) -> None:
        if not path.is_file():
            message = f"The label index {path} is missing."
            raise HostError(message, mend="Run “crossties build” again.")
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._held = sqlite3.connect(self._address, uri=True) if held else None
        if self._held:
            self._held.execute("PRAGMA temp_store = MEMORY")
            self._held.execute("SELECT count(*) FROM words WHERE words MATCH 'a'").fetchall()

    def by_iri(self, iri: str, kinds: Iterable[str] = ()) -> Match | None:
        """Return the thing with this IRI, where it is of one of the kinds."""
        found = self._matches("name.iri = ?", (iri,), kinds)
        return found[0] if found else None

    def by_name(self, name: str, kinds: Iterable[str] = ()) -> list[Match]:
        """Return the things that bear exactly this name, in any spelling, or whose IRI ends in it."""
        exact = self.called(name, kinds)
        return exact or self._matches("name.iri LIKE ? ESCAPE '!'", (f"%/{_escape(name)}",), kinds)

    def called(self, name: str, kinds: Iterable[str] = ()) -> list[Match]:
        """Return the things that bear exactly this name, in any spelling."""
        return self._matches("name.folded = ?", (fold(name),), kinds)

    def starting(self, text: str, kinds: Iterable[str] = (), limit: int = 20) -> list[Match]:
        """Return things with names in which words start as the words of ``text`` do, shortest names first."""
        words = fold(text).split()
        if not words:
            return []
        query = " ".join(f'"{word}"*' for word in words)
        condition = "name.rowid IN (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 500)"
        return self._matches(condition, (query,), kinds)[:limit]

    def near(self, text: str, kinds: Iterable[str] = (), limit: int = 5) -> list[Match]:
        """Return the things with the names most like ``text``, for “did you mean”."""
        wanted = fold(text)
        names = dict(self._near_rows(wanted, tuple(kinds)))
        best = process.extract(wanted, names, scorer=fuzz.WRatio, limit=limit * 3, score_cutoff=55)
        found = dict.fromkeys(iri for _, _, key in best for iri in self._iris(key))
        return [match for iri in found if (match := self.by_iri(iri))][:limit]

    def below(self, prefix: str) -> list[Match]:
        """Return the things whose IRI starts so, such as the members of a code list."""
        return self._matches("name.iri LIKE ? ESCAPE '!'", (f"{_escape(prefix)}%",))

    def names_of(self, iri: str) -> list[str]:
        """Return every name of a thing, as it is written."""
        return [row[0] for row in self._rows("SELECT DISTINCT text FROM name WHERE iri = ?", (iri,))]

    def bodies_of(self, place: str) -> set[str]:
        """Return the bodies that act for a place."""
        return {row[0] for row in self._rows("SELECT body FROM covers WHERE place = ?", (place,))}

    def _near_rows(self, wanted: str, kinds: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        pieces = {wanted[at : at + 3] for at in range(len(wanted) - 2)}
        query = " OR ".join(f'"{piece}"' for piece in sorted(pieces)) or '"   "'
        marks = ",".join("?" for _ in kinds)
        among = f"AND class IN ({marks})" if kinds else ""
        sql = f"""SELECT rowid, folded FROM name WHERE rowid IN
                  (SELECT rowid FROM letters WHERE letters MATCH ? ORDER BY rank LIMIT 2000) {among}"""  # noqa: S608
        return ((int(rowid), folded) for rowid, folded in self._rows(sql, (query, *kinds)))

    def _iris(self, rowid: int) -> list[str]:
        return [row[0] for row in self._rows("SELECT iri FROM name WHERE rowid = ?", (rowid,))]

    def _matches(self, condition: str, values: tuple[str, ...], kinds: Iterable[str] = ()) -> list[Match]:
        chosen = tuple(kinds)
        marks = ",".join("?" for _ in chosen)
        among = f"AND name.class IN ({marks})" if chosen else ""
        sql = f"""SELECT name.iri, name.class, best.text
                  FROM name JOIN name AS best ON best.iri = name.iri AND best.best
                  WHERE {condition} {among} GROUP BY name.iri
                  ORDER BY min(length(name.folded)), best.text, name.iri"""  # noqa: S608
        return [Match(*row) for row in self._rows(sql, (*values, *chosen))]

    def _rows(self, sql: str, values: tuple[str | int, ...]) -> Iterator[tuple[str, ...]]:
        if self._held:
            yield from self._held.execute(sql, values).fetchall()
            return
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            yield from database.execute(sql, values).fetchall()


def _escape(text: str) -> str:
    for special in "!%_":
        text = text.replace(special, "!" + special)
    return text
