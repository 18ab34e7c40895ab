"""Parse RDF text strictly with pyoxigraph; say file, line and column where it is wrong."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from crossties.errors import InputError, Location
from crossties.quads.lines import Lines
from crossties.quads.strict import MANY_TRIPLE_TERMS, SYNTAXES, Fault, parse_strictly

#: Suffix of a file → the syntax in which it is read.
RDF_SUFFIXES: Final = {f".{name}": SYNTAXES[name] for name in ("ttl", "nt", "nq", "trig")}


@dataclass(frozen=True)
class Parsed:
    """One file, read: where it came from, its quads in the order of the text, and its prefixes."""

    origin: str
    quads: tuple[ox.Quad, ...]
    prefixes: dict[str, str]


def parse_file(path: Path, *, graph: str) -> Parsed:
    """Read a file whose triples belong to one named graph.

    Raises:
        InputError: the file can't be read, is empty, is not UTF-8, or is not the RDF its suffix promises.
    """
    rdf_format = RDF_SUFFIXES.get(path.suffix.lower())
    if rdf_format is None:
        known = ", ".join(RDF_SUFFIXES)
        message = f"“{path.suffix}” is not a file type that is read here."
        raise InputError(message, where=Location(str(path)), mend=f"Give a file that ends in {known}.")
    return parse_bytes(read_bytes(path), rdf_format=rdf_format, graph=graph, origin=str(path))


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        InputError: there is no such file, it may not be read, or it is empty.
    """
    where = Location(str(path))
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        message = "There is no such file."
        raise InputError(message, where=where, mend="Check the path.") from error
    except IsADirectoryError as error:
        message = "This is a folder, not a file."
        raise InputError(message, where=where, mend="Name the files in it.") from error
    except OSError as error:
        message = f"The file can't be read: {error.strerror or error}."
        raise InputError(message, where=where, mend="Check who may read it.") from error
    if not data.strip():
        message = "The file is empty."
        raise InputError(message, where=where, mend="Check that what you wrote was saved.")
    return data.removeprefix(codecs.BOM_UTF8)


def parse_bytes(data: bytes, *, rdf_format: ox.RdfFormat, graph: str, origin: str) -> Parsed:
    """Parse bytes whose triples belong to one named graph.

    Statements that the text itself puts into another named graph are refused.

    Raises:
        InputError: not UTF-8, not well-formed, no statement at all, or a foreign named graph.
    """
    _require_utf8(data, origin)
    if data.count(b"<<") > MANY_TRIPLE_TERMS:
        raise _triple_term(data, origin)
    strict = parse_strictly(data, rdf_format=rdf_format, most_faults=1)
    if strict.faults:
        raise _syntax_error(strict.faults[0], origin)
    raw = strict.quads
    if not raw:
        message = "The file holds no statement."
        raise InputError(message, where=Location(origin), mend="Put at least one statement into it.")
    if any(isinstance(quad.object, ox.Triple) for quad in raw):
        raise _triple_term(data, origin)
    target = ox.NamedNode(graph)
    return Parsed(origin, tuple(_placed(quad, target, origin) for quad in raw), strict.prefixes)


def _require_utf8(data: bytes, origin: str) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = f"The text is not UTF-8: byte 0x{data[error.start]:02x} makes no character."
        mend = "Save the file as UTF-8."
        raise InputError(
            message, where=Location(origin, *Lines(before).place(len(before))), mend=mend
        ) from error


def _triple_term(data: bytes, origin: str) -> InputError:
    line = data.count(b"\n", 0, data.find(b"<<")) + 1
    message = "Triple terms (<<…>>) are not read here."
    mend = "State who says so with ct:statedIn on a node of its own."
    return InputError(message, where=Location(origin, line), mend=mend)


def _syntax_error(fault: Fault, origin: str) -> InputError:
    where = Location(origin, fault.line, fault.column)
    message = f"The syntax is broken: {fault.reason}."
    return InputError(message, where=where, mend="Look at this place and just before it.")


def _placed(quad: ox.Quad, target: ox.NamedNode, origin: str) -> ox.Quad:
    if isinstance(quad.graph_name, ox.DefaultGraph) or quad.graph_name == target:
        return ox.Quad(quad.subject, quad.predicate, quad.object, target)
    message = f"The file writes into the graph {quad.graph_name}."
    mend = f"Leave the graph out: this file is the graph {target}."
    raise InputError(message, where=Location(origin), mend=mend)
