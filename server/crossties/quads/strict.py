"""Parse once, strictly, and go on behind each fault: everything that is wrong is told at once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

#: The syntaxes that are read, by their short names.
SYNTAXES: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
#: Deep nesting of ``<<`` overflows the parser's stack and ends the process; a few in texts do no harm.
MANY_TRIPLE_TERMS: Final = 100
_POSITION: Final = re.compile(r"^Parser error (?:at|between) line \d+(?:[^:]|:(?! ))*: ")
_LINE: Final = re.compile(r" \(line \d+\)$")


@dataclass(frozen=True)
class Fault:
    """One thing that the parser can't read: its reason, and from where to where, counted from 1."""

    reason: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None


@dataclass(frozen=True)
class Strict:
    """What the parser read: where there are faults, not everything.

    ``is_complete`` tells whether it came to the end of the text or to one of the limits.
    """

    quads: tuple[ox.Quad, ...]
    faults: tuple[Fault, ...]
    prefixes: dict[str, str]
    is_complete: bool


def parse_strictly(
    data: bytes, *, rdf_format: ox.RdfFormat, most_quads: int = sys.maxsize, most_faults: int = 100
) -> Strict:
    """Parse text of one of ``SYNTAXES``; graphs are left as the text names them. Nothing is fetched."""
    parser = ox.parse(data, format=rdf_format)
    quads: list[ox.Quad] = []
    faults: list[Fault] = []
    while len(quads) <= most_quads and len(faults) < most_faults:
        try:
            quads.append(next(parser))
        except StopIteration:
            return Strict(tuple(quads), tuple(faults), dict(parser.prefixes), is_complete=True)
        except SyntaxError as error:
            faults.append(_fault(error))
    return Strict(tuple(quads), tuple(faults), dict(parser.prefixes), is_complete=False)


def find_graphs(quads: Iterable[ox.Quad]) -> dict[str, ox.Quad]:
    """Return the names of the graphs that quads are in, each with its first quad; no name is ""."""
    found: dict[str, ox.Quad] = {}
    for quad in quads:
        name = quad.graph_name
        found.setdefault("" if isinstance(name, ox.DefaultGraph) else getattr(name, "value", str(name)), quad)
    return found


def into_graph(quads: Iterable[ox.Quad], graph: str) -> tuple[ox.Quad, ...]:
    """Return the same statements as quads of one named graph."""
    target = ox.NamedNode(graph)
    return tuple(ox.Quad(quad.subject, quad.predicate, quad.object, target) for quad in quads)


def _fault(error: SyntaxError) -> Fault:
    reason = _LINE.sub("", _POSITION.sub("", str(error.msg))).strip().rstrip(".")
    return Fault(reason, error.lineno, error.offset, error.end_lineno, error.end_offset)
