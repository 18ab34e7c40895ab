"""Open a built store for reading and evaluate one query on it, writing the answer piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, Protocol, cast

import pyoxigraph as ox

from crossties import formats
from crossties.errors import HostError, Location, NotAcceptableError, QuerySyntaxError
from crossties.formats import Format, negotiate
from crossties.namespaces import PREFIXES
from crossties.store.columns import order_columns
from crossties.store.limits import LIMITS, Limits, check_query
from crossties.store.mistakes import explain_function, explain_syntax

_RESULTS: Final = {
    formats.JSON: ox.QueryResultsFormat.JSON,
    formats.XML: ox.QueryResultsFormat.XML,
    formats.CSV: ox.QueryResultsFormat.CSV,
    formats.TSV: ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    formats.TURTLE: ox.RdfFormat.TURTLE,
    formats.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    formats.JSON_LD: ox.RdfFormat.JSON_LD,
    formats.RDF_XML: ox.RdfFormat.RDF_XML,
    formats.TRIG: ox.RdfFormat.TRIG,
    formats.N_QUADS: ox.RdfFormat.N_QUADS,
}


_Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Sink(Protocol):
    """What an answer is written into; ``start`` is told its format before the first byte."""

    def start(self, chosen: Format) -> None:
        """Take notice of the format."""

    def write(self, piece: bytes) -> int:
        """Take a piece of the answer."""

    def flush(self) -> None:
        """Pass on what was kept back; the serialiser calls it at the end."""


@dataclass(frozen=True)
class Request:
    """A query and how its answer is wanted: ``format`` by name, else by the Accept header ``accept``.

    ``default_graphs`` and ``named_graphs`` are the protocol's dataset (SPARQL 1.1 Protocol, 2.1.4); both
    empty means the store's own.
    """

    query: str
    accept: str = ""
    format: str = ""
    default_graphs: tuple[str, ...] = field(default=())
    named_graphs: tuple[str, ...] = field(default=())


class Collected:
    """A sink that keeps the whole answer in memory."""

    def __init__(self) -> None:
        self.format = formats.JSON
        self._pieces = bytearray()

    def start(self, chosen: Format) -> None:
        """Remember the format."""
        self.format = chosen

    def write(self, piece: bytes) -> int:
        """Keep the piece."""
        self._pieces += piece
        return len(piece)

    def flush(self) -> None:
        """Do nothing: all is kept."""

    @property
    def body(self) -> bytes:
        """Return what was written."""
        return bytes(self._pieces)


def open_store(path: Path) -> ox.Store:
    """Open a built store for reading.

    Raises:
        HostError: it isn't there or can't be opened.
    """
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        message = f"The store in {path} can't be opened: {error}."
        raise HostError(message, mend="Run “crossties build” again.") from error


def ask_in_json(store: ox.Store, query: str) -> bytes:
    """Return the result of a SELECT or ASK in SPARQL JSON."""
    sink = Collected()
    evaluate(store, Request(query, format="json"), sink)
    return sink.body


def evaluate(store: ox.Store, request: Request, sink: Sink, *, limits: Limits = LIMITS) -> None:
    """Evaluate the query and write its whole answer into the sink.

    Raises:
        QuerySyntaxError: the query does not parse or breaks a limit.
        NotAcceptableError: its answer can't be had in a format that is accepted.
    """
    check_query(request.query, limits)
    answer = _query(store, request)
    if isinstance(answer, ox.QueryTriples):
        chosen = _choose(request, formats.GRAPHS)
        sink.start(chosen)
        _write_triples(answer, chosen, sink)
    else:
        chosen = _choose(request, formats.RESULTS)
        sink.start(chosen)
        answer.serialize(cast("IO[bytes]", sink), format=_RESULTS[chosen])


def _query(store: ox.Store, request: Request) -> _Answer:
    answer = _run(store, request, request.query)
    if isinstance(answer, ox.QuerySolutions):
        ordered = order_columns(request.query, [variable.value for variable in answer.variables])
        if ordered:
            return _run(store, request, ordered)
    return answer


def _run(store: ox.Store, request: Request, query: str) -> _Answer:
    dataset = bool(request.default_graphs or request.named_graphs)
    try:
        return store.query(
            query,
            default_graph=[ox.NamedNode(graph) for graph in request.default_graphs] if dataset else None,
            named_graphs=[ox.NamedNode(graph) for graph in request.named_graphs] if dataset else None,
        )
    except SyntaxError as error:
        raise explain_syntax(query, str(error.msg)) from error
    except RuntimeError as error:
        unknown = explain_function(query, str(error))
        if unknown is None:
            raise
        raise unknown from error
    except ValueError as error:
        message = f"The query asks for what can't be done: {error}."
        raise QuerySyntaxError(message, where=Location("query")) from error


def _choose(request: Request, choices: tuple[Format, ...]) -> Format:
    if not request.format:
        return negotiate(request.accept, choices)
    chosen = formats.find_format(request.format, choices)
    if chosen is None:
        names = ", ".join(choice.name for choice in choices)
        message = f"This query has no answer in the format “{request.format}”."
        raise NotAcceptableError(message, mend=f"Choose one of: {names}.")
    return chosen


def _write_triples(answer: ox.QueryTriples, chosen: Format, sink: Sink) -> None:
    prefixes = PREFIXES if chosen in {formats.TURTLE, formats.TRIG} else None
    ox.serialize(answer, cast("IO[bytes]", sink), format=_GRAPHS[chosen], prefixes=prefixes)
