"""The published graph as something is checked against it: what its files state, found by the indexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final, TypeGuard, TypeVar

import pyoxigraph as ox

from crossties.namespaces import CT, DERIVED_GRAPH
from crossties.quads import Quad, Term, Triple
from crossties.store.engine import open_store

_DEFAULT: Final = ox.DefaultGraph()
_DERIVED: Final = ox.NamedNode(DERIVED_GRAPH)
_DOCUMENT: Final = ox.NamedNode(CT + "document")
#: What a passage is cited by.
CITING: Final = (ox.NamedNode(CT + "statedIn"), ox.NamedNode(CT + "announcedIn"))
_Found = TypeVar("_Found")
_PASSAGE: Final = re.compile(r"(?P<document>.+)/p[0-9]+")


class Published:
    """The default graph of a store without its convenience layer; the store may be open elsewhere too."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._derivable: dict[object, bool] = {}

    def match(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterator[tuple[Term, Term, Term]]:
        """Yield each stated triple with these terms once; None stands for any term."""
        if not _is_subject(subject) or not _is_name(predicate):
            return
        found = self._store.quads_for_pattern(subject, predicate, value, _DEFAULT)
        if not self._may_be_derived(predicate):
            for quad in found:
                yield quad.subject, quad.predicate, quad.object
            return
        derived = self._store.quads_for_pattern(subject, predicate, value, _DERIVED)
        left_out = {(quad.subject, quad.predicate, quad.object) for quad in derived}
        for quad in found:
            triple = quad.subject, quad.predicate, quad.object
            if triple not in left_out:
                yield triple

    def knows(self, term: Term, *, as_subject: bool) -> bool:
        """Tell whether anything at all, stated or derived, has the term as its subject, or as its object."""
        if not as_subject:
            found = self._store.quads_for_pattern(None, None, term, _DEFAULT)
        elif _is_subject(term):
            found = self._store.quads_for_pattern(term, None, None, _DEFAULT)
        else:
            return False
        return next(found, None) is not None

    def graphs_of(self, triple: Triple) -> Iterator[str]:
        """Yield the names of the graphs that state the triple."""
        found = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        for quad in found:
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name != _DERIVED:
                yield quad.graph_name.value

    def graphs(self) -> Iterator[str]:
        """Yield the name of every graph that states something."""
        for graph in self._store.named_graphs():
            if isinstance(graph, ox.NamedNode) and graph != _DERIVED:
                yield graph.value

    def quads_of(self, graph: str) -> Iterator[Quad]:
        """Yield what a named graph states."""
        return self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def match_in_graphs(
        self, subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None
    ) -> Iterator[Quad]:
        """Yield each stated quad with these terms; None stands for any term or any graph."""
        if not _is_subject(subject) or not _is_name(predicate) or not _is_name(graph) or graph == _DERIVED:
            return
        for quad in self._store.quads_for_pattern(subject, predicate, value, graph):
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name != _DERIVED:
                yield quad

    def passages_of(self, document: Term) -> Iterator[Term]:
        """Yield the passages of a document that something stated cites."""
        for quad in self._store.quads_for_pattern(None, _DOCUMENT, document, _DERIVED):
            yield quad.subject

    def quads(self) -> Iterator[Quad]:
        """Yield everything that is stated, each quad in its named graph: the whole store is read."""
        for graph in self._store.named_graphs():
            if graph != _DERIVED:
                yield from self._store.quads_for_pattern(None, None, None, graph)

    def _may_be_derived(self, predicate: ox.NamedNode | None) -> bool:
        known = self._derivable.get(predicate)
        if known is None:
            found = self._store.quads_for_pattern(None, predicate, None, _DERIVED)
            known = self._derivable[predicate] = next(found, None) is not None
        return known


def open_published(path: Path) -> Published:
    """Open the folder of a built store.

    Raises:
        HostError: it isn't there or can't be opened.
    """
    return Published(open_store(path))


def hold_published(quads: Iterable[Quad]) -> Published:
    """Keep quads in memory as a published graph; of the convenience layer there are only the passages."""
    store = ox.Store()
    held = list(quads)
    store.extend(held)
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in held)
    store.extend(find_passages(held))
    return Published(store)


class Together:
    """Two published graphs as one, so that the larger need not be copied to add a little to it."""

    def __init__(self, large: Published, little: Published) -> None:
        self._both = (large, little)

    def match(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterator[tuple[Term, Term, Term]]:
        """Yield each stated triple with these terms once; None stands for any term."""
        return _once(chain.from_iterable(one.match(subject, predicate, value) for one in self._both))

    def knows(self, term: Term, *, as_subject: bool) -> bool:
        """Tell whether anything at all, stated or derived, has the term as its subject, or as its object."""
        return any(one.knows(term, as_subject=as_subject) for one in self._both)

    def graphs_of(self, triple: Triple) -> Iterator[str]:
        """Yield the names of the graphs that state the triple."""
        return _once(chain.from_iterable(one.graphs_of(triple) for one in self._both))

    def quads_of(self, graph: str) -> Iterator[Quad]:
        """Yield what a named graph states."""
        return _once(chain.from_iterable(one.quads_of(graph) for one in self._both))

    def match_in_graphs(
        self, subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None
    ) -> Iterator[Quad]:
        """Yield each stated quad with these terms; None stands for any term or any graph."""
        found = (one.match_in_graphs(subject, predicate, value, graph) for one in self._both)
        return _once(chain.from_iterable(found))

    def passages_of(self, document: Term) -> Iterator[Term]:
        """Yield the passages of a document that something stated cites."""
        return _once(chain.from_iterable(one.passages_of(document) for one in self._both))

    def quads(self) -> Iterator[Quad]:
        """Yield everything that is stated, each quad in its named graph: both are read whole."""
        return _once(chain.from_iterable(one.quads() for one in self._both))


def _once(found: Iterable[_Found]) -> Iterator[_Found]:
    """Yield each but once."""
    return iter(dict.fromkeys(found))


def find_passages(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield which document each cited passage is of, as the build derives it."""
    for quad in quads:
        if quad.predicate in CITING and isinstance(quad.object, ox.NamedNode):
            numbered = _PASSAGE.fullmatch(quad.object.value)
            if numbered:
                yield Quad(quad.object, _DOCUMENT, ox.NamedNode(numbered["document"]), _DERIVED)


def _is_subject(term: Term | None) -> TypeGuard[ox.NamedNode | ox.BlankNode | None]:
    """Tell whether something can be said of the term: not of a literal."""
    return term is None or isinstance(term, ox.NamedNode | ox.BlankNode)


def _is_name(term: Term | None) -> TypeGuard[ox.NamedNode | None]:
    return term is None or isinstance(term, ox.NamedNode)
