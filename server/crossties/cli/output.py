"""Write answers to the standard output as the bytes that they are."""

from __future__ import annotations

import sys

import click

from crossties import results
from crossties.questions.proof import Proved
from crossties.questions.proof_forms import to_proof_table, to_proof_text, to_proof_values
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


def write_answer(table: Table, proved: Proved | None, *, face: str, about: dict[str, object]) -> None:
    """Write an answer, with what its rows rest on if that was asked for.

    In CSV and TSV the proof is the table: one row for each fact and passage. An answer without rows says
    which part had none: below the table, in the JSON, and beside CSV and TSV on the standard error.
    """
    if face == "json":
        write(results.to_json(table, about, to_proof_values(proved) if proved else ()))
        return
    plain = face in {"csv", "tsv"}
    write_table(to_proof_table(proved) if proved and plain else table, face=face, about=about)
    if proved and not plain:
        write(to_proof_text(proved))
    if "withoutRows" in about:
        click.echo(str(about["withoutRows"]), err=plain)
