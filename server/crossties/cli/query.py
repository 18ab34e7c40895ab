"""``crossties query``: any SPARQL, in this process, on the read-only store."""

from __future__ import annotations

import signal
import sys
from dataclasses import replace
from pathlib import Path

import click

from crossties import formats, results
from crossties.cli.opening import open_here
from crossties.cli.output import write
from crossties.errors import InputError, Location, QuerySyntaxError
from crossties.formats import Format
from crossties.quads import read_bytes
from crossties.store.engine import Collected, Request, evaluate, open_store

_SUFFIXES = (".rq", ".sparql")


@click.command()
@click.argument("text", metavar="TEXT|FILE.rq|-")
@click.option(
    "--format",
    "face",
    type=click.Choice(["table", *formats.ANY]),
    default="table",
    show_default=True,
    help="How to write the answer; a graph has no table and is written as Turtle.",
)
def query(text: str, face: str) -> None:
    """Run any SPARQL query.

    The query is given as it is, as a file, or on the standard input (-). Ctrl-C ends it at once.

    \b
    crossties query 'SELECT * { ?s a <https://w3id.org/crossties/ns#Agreement> }'
    crossties query my-question.rq --format csv
    """  # noqa: D301
    source, origin = _read(text)
    instance = open_here()
    store = open_store(instance.version.store)
    # The engine looks at signals only when a query has ended
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sink = Collected() if face == "table" else _Stdout()
    try:
        evaluate(store, Request(source, format="" if face == "table" else face), sink)
    except QuerySyntaxError as error:
        raise _in_file(error, origin) from error
    if isinstance(sink, Collected):
        is_table = sink.format is formats.JSON
        write(results.to_text(results.read_table(sink.body)) if is_table else sink.body)


class _Stdout:
    def start(self, chosen: Format) -> None:
        """Take notice of the format."""

    def write(self, piece: bytes) -> int:
        """Pass the piece on."""
        return sys.stdout.buffer.write(piece)

    def flush(self) -> None:
        """Pass on what is kept back."""
        sys.stdout.buffer.flush()


def _read(text: str) -> tuple[str, str]:
    """Return the query and where it is from."""
    if text == "-":
        return _decode(sys.stdin.buffer.read(), "standard input")
    if text.lower().endswith(_SUFFIXES) or ("{" not in text and Path(text[:255]).is_file()):
        return _decode(read_bytes(Path(text)), text)
    return _decode(text.encode("utf-8", "surrogateescape"), "query")


def _decode(data: bytes, origin: str) -> tuple[str, str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = "The query is not UTF-8."
        raise InputError(message, where=Location(origin, line), mend="Save it as UTF-8.") from error
    if not text.strip():
        message = "The query is empty."
        mend = "Write one, such as SELECT * { ?s ?p ?o } LIMIT 10"
        raise InputError(message, where=Location(origin), mend=mend)
    return text, origin


def _in_file(error: QuerySyntaxError, origin: str) -> QuerySyntaxError:
    where = replace(error.where, file=origin) if error.where else Location(origin)
    return QuerySyntaxError(error.what, mend=error.mend, where=where)
