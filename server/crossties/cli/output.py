"""Write answers to the standard output as the bytes that they are."""

from __future__ import annotations

import sys

from crossties import results
from crossties.results import Table


def write(data: str | bytes) -> None:
    """Write text as UTF-8, or bytes, unchanged."""
    sys.stdout.buffer.write(data.encode() if isinstance(data, str) else data)
    sys.stdout.buffer.flush()


def write_table(table: Table, *, face: str, about: dict[str, object]) -> None:
    """Write a table in the format ``table``, ``csv``, ``tsv`` or ``json``, the last with what it is about."""
    if face == "csv":
        write(results.to_csv(table))
    elif face == "tsv":
        write(results.to_csv(table, delimiter="\t"))
    elif face == "json":
        write(results.to_json(table, about))
    else:
        write(results.to_text(table))
