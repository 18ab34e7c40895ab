"""Look at statements that were read: name their graph, compare them with what is published."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from crossties.contributions.difference import find_difference
from crossties.contributions.looks import Looked
from crossties.contributions.messages import Sent
from crossties.contributions.naming import name_graph
from crossties.errors import ConflictError, NotFoundError
from crossties.intake import Upload, find_syntax
from crossties.namespaces import DCT
from crossties.quads import RDF_SUFFIXES, NamedNode, Quad, parse_bytes
from crossties.quads.canonical import canonical_lines, digest
from crossties.store.base import Published, open_published
from crossties.versions import Version

_CREATED: Final = NamedNode(DCT + "created")
_N_QUADS: Final = RDF_SUFFIXES[".nq"]


def look(sent: Sent, guessed: str, text: bytes, *, version: Version, graphs: str) -> Looked:
    """Return what statements mean for the published version; ``guessed`` is the graph that they are in.

    Raises:
        RequestError: the graph can't have the name that it gives itself.
        NotFoundError: there is no graph to be replaced.
        ConflictError: the graph isn't what the sender started from, or a new one has the name of an old one.
    """
    base = open_published(version.store)
    old = tuple(base.quads_of(sent.graph)) if sent.graph else ()
    based_on = _require_unchanged(sent, old) if sent.graph else None
    if not text.strip():
        return Looked(sent.graph, based_on, b"", {}, b"")
    quads = read_quads(text, graph=guessed)
    own = NamedNode(guessed) if _is_sheet(sent) else None
    stated = [quad for quad in quads if quad.subject != own]
    inside = "" if own or guessed.startswith(f"{graphs}contributions/") else guessed
    graph = sent.graph or _name(sent, stated, base, graphs, inside)
    placed = [Quad(one.subject, one.predicate, one.object, NamedNode(graph)) for one in quads]
    difference = find_difference(old, placed, graph=graph, labels=version.labels())
    return Looked(graph, based_on, _missing(placed, graph, sent.day), difference, to_canonical(placed))


def read_quads(text: bytes, *, graph: str) -> tuple[Quad, ...]:
    """Return the quads of N-Quads that are all in one graph."""
    if not text:
        return ()
    return parse_bytes(text, rdf_format=_N_QUADS, graph=graph, origin=graph).quads


def to_canonical(quads: Collection[Quad]) -> bytes:
    """Return the text that is hashed and stored."""
    return "".join(f"{line}\n" for line in canonical_lines(quads)).encode()


def _is_sheet(sent: Sent) -> bool:
    """Tell a sheet, which has no name of its own: its reader says when the graph was made that it guessed."""
    return find_syntax(Upload(sent.name, b"", sent.media_type or None)) is None


def _name(sent: Sent, quads: Collection[Quad], base: Published, graphs: str, inside: str) -> str:
    taken = {*sent.taken, *base.graphs()}
    return name_graph(quads, graphs=graphs, file=sent.name, taken=taken, inside=inside)


def _missing(quads: Collection[Quad], graph: str, day: str) -> bytes:
    """Return the statement of when the graph was made, where it isn't there."""
    name = NamedNode(graph)
    if not day or any((quad.subject, quad.predicate) == (name, _CREATED) for quad in quads):
        return b""
    return f'<{graph}> <{_CREATED.value}> "{day}"^^<http://www.w3.org/2001/XMLSchema#date> .\n'.encode()


def _require_unchanged(sent: Sent, old: tuple[Quad, ...]) -> str:
    """Return the digest of what is replaced."""
    if not old:
        message = f"There is no graph {sent.graph} to be replaced."
        raise NotFoundError(message, mend="Leave its name out to send a new one, or see the list at /graph.")
    present = digest(old)
    if sent.based_on and sent.based_on != present:
        message = f"The graph {sent.graph} has changed since you took the text that you changed."
        mend = f"Take its present text, whose SHA-256 is {present}, and make your change in that."
        raise ConflictError(message, mend=mend)
    return present
