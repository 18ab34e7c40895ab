"""Choose what is exported and write it, in one text or in one file per named graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from crossties.errors import RequestError
from crossties.export.blocks import make_blocks
from crossties.export.jsonld import to_jsonld
from crossties.namespaces import DERIVED_GRAPH, GRAPH
from crossties.quads import NamedNode, Quad
from crossties.quads.canonical import canonical_lines, name_blank_nodes
from crossties.turtle import Document, write_document
from crossties.turtle.layout import write_graphs
from crossties.turtle.order import rank_iri
from crossties.vocabulary import Vocabulary

_VOCABULARY_GRAPHS: Final = GRAPH + "ontology/"
_STEP: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_Writer = Callable[[Sequence[Quad], Vocabulary], str]


def select_quads(quads: Iterable[Quad], *, derived: bool = False, vocabulary: bool = False) -> list[Quad]:
    """Return the stated quads of the data, and on demand the convenience layer and the vocabulary's graphs.

    Blank nodes, where there are any, get canonical names.
    """
    left_out = () if derived else (DERIVED_GRAPH,)
    prefix_left_out = () if vocabulary else (_VOCABULARY_GRAPHS,)
    return name_blank_nodes(
        quad
        for quad in quads
        if _graph(quad) not in left_out and not _graph(quad).startswith(prefix_left_out)
    )


def export_text(quads: Sequence[Quad], *, form: str, vocabulary: Vocabulary) -> str:
    """Return the quads in a format of ``FORMATS``; the same quads give the same text, in whatever order."""
    return _WRITERS[form](quads, vocabulary)


def export_folder(quads: Sequence[Quad], folder: Path) -> list[Path]:
    """Write each named graph as a Turtle file, laid out like ``data/``; return the files, sorted.

    Raises:
        RequestError: the name of a graph can't be the path of a file.
    """
    written = []
    for graph, own in _by_graph(quads).items():
        path = folder / _path_of(graph)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_document(Document(tuple(make_blocks(own)))), encoding="utf-8")
        written.append(path)
    return sorted(written)


def _turtle(quads: Sequence[Quad], _: Vocabulary) -> str:
    return write_document(Document(tuple(make_blocks(quads))))


def _trig(quads: Sequence[Quad], _: Vocabulary) -> str:
    return write_graphs({graph: make_blocks(own) for graph, own in _by_graph(quads).items()})


def _nquads(quads: Sequence[Quad], _: Vocabulary) -> str:
    return "".join(line + "\n" for line in canonical_lines(quads))


def _ntriples(quads: Sequence[Quad], _: Vocabulary) -> str:
    return _nquads([Quad(quad.subject, quad.predicate, quad.object) for quad in quads], _)


def _jsonld(quads: Sequence[Quad], vocabulary: Vocabulary) -> str:
    return to_jsonld(_by_graph(quads), vocabulary)


_WRITERS: Final[dict[str, _Writer]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "ntriples": _ntriples,
    "jsonld": _jsonld,
}
#: The names of the formats, the default first.
FORMATS: Final = tuple(_WRITERS)


def _by_graph(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(_graph(quad), []).append(quad)
    return dict(sorted(graphs.items(), key=lambda item: rank_iri(item[0])))


def _graph(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def _path_of(graph: str) -> str:
    _, below_authority, path = graph.partition("/graph/")
    steps = path.split("/")
    if not below_authority or not all(_STEP.fullmatch(step) for step in steps):
        message = f"The graph {graph} has no place in a folder."
        raise RequestError(message, mend="Export it as one file, for instance with --format trig.")
    return "/".join(steps) + ".ttl"
