"""The file of the journal: how it is opened, and how a change of it becomes durable.

Every transaction has a connection of its own, so threads and processes share the file and no reader keeps the
write-ahead log from being folded back.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from secrets import token_hex
from typing import Final

from crossties.errors import HostError

_WAIT_SECONDS: Final = 20.0
_FORMAT: Final = 1
_SCHEMA: Final = files("crossties.journal") / "schema.sql"
#: The mode of the file: it holds what was sent, and digests of tokens.
_PRIVATE: Final = 0o600


@dataclass(frozen=True)
class Journal:
    """The journal in the file ``path``; it comes into being at the first writing."""

    path: Path

    @property
    def exists(self) -> bool:
        """Say whether anything was ever written."""
        return self.path.is_file()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give one consistent view of the journal, which must exist.

        Raises:
            HostError: the file can't be opened or isn't a journal of this software.
        """
        with self._opened() as database:
            database.execute("BEGIN")
            try:
                yield database
            finally:
                database.rollback()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the one transaction that may write: kept whole at the end of the block, or not at all.

        Once the block has ended without an error what it wrote survives the loss of power.

        Raises:
            HostError: the file can't be written.
        """
        if not self.exists:
            self._make()
        with self._opened() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.rollback()
                raise
            database.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(_connect(self.path)) as database:
                yield database
        except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
            if isinstance(error, sqlite3.IntegrityError):
                raise
            message = f"The journal {self.path} can't be used: {error}."
            raise HostError(message, mend="Check the disk and who may write the file.") from error

    def _make(self) -> None:
        """Make the file beside its place: it is there whole or not at all, and never made twice."""
        making = self.path.with_name(f".{self.path.name}.{token_hex(4)}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            making.touch(mode=_PRIVATE)
            with closing(sqlite3.connect(making)) as database:
                database.executescript(_SCHEMA.read_text("utf-8"))
                database.execute("INSERT INTO meta VALUES ('key', ?)", (token_hex(32),))
                database.execute(f"PRAGMA user_version = {_FORMAT}")
                database.commit()
            self.path.hardlink_to(making)
            _sync(self.path.parent)
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, FileExistsError) and self.exists:
                return
            message = f"The journal {self.path} can't be made: {error}."
            raise HostError(message, mend="Set CROSSTIES_HOME to a folder that you may write.") from error
        finally:
            with suppress(OSError):
                making.unlink()


def now() -> str:
    """Return this moment as the journal writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _sync(folder: Path) -> None:
    """Make the name of a new file survive the loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None
    )
    database.row_factory = sqlite3.Row
    # These belong to a connection, not to the file
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    if database.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
        database.close()
        message = "another version of the software wrote it"
        raise sqlite3.DatabaseError(message)
    return database
