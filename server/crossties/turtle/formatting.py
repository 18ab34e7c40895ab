"""Bring a Turtle file into its one form without changing what it says."""

from __future__ import annotations

from typing import Final

from crossties.errors import CrosstiesError, Location
from crossties.quads import RDF_SUFFIXES, parse_bytes
from crossties.quads.canonical import canonical_lines
from crossties.turtle.layout import write_document
from crossties.turtle.statements import read_document

_GRAPH: Final = "urn:crossties:formatted"
_TURTLE: Final = RDF_SUFFIXES[".ttl"]


def format_turtle(data: bytes, *, origin: str) -> str:
    """Return the canonical text of a Turtle file.

    The result is parsed again and compared with what was there: a formatter may never change a statement.

    Raises:
        InputError: the bytes are not well-formed Turtle.
        CrosstiesError: the text would say something else afterwards; a fault of ours.
    """
    before = _meaning(data, origin)
    text = write_document(read_document(data.decode("utf-8-sig"), origin=origin))
    if _meaning(text.encode(), origin) != before:
        message = "Formatting would change what the file says, so it was left alone."
        raise CrosstiesError(message, where=Location(origin), mend="Report it, with the file.")
    return text


def _meaning(data: bytes, origin: str) -> list[str]:
    return canonical_lines(parse_bytes(data, rdf_format=_TURTLE, graph=_GRAPH, origin=origin).quads)
