"""What is checked, against what, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from crossties.quads import Quad, Term, Triple
from crossties.validation.findings import Finding

#: Subject, predicate and object; cheaper than the term of the same name.
Fact = tuple[Term, Term, Term]


class Base(Protocol):
    """The published graph, what its files state and nothing derived; ``crossties.store.base`` has one."""

    def match(self, subject: Term | None, predicate: Term | None, value: Term | None, /) -> Iterator[Fact]:
        """Yield each stated triple with these terms once, by an index; None stands for any term."""

    def knows(self, term: Term, /, *, as_subject: bool) -> bool:
        """Tell whether anything at all, stated or derived, has the term as its subject, or as its object."""

    def graphs_of(self, triple: Triple, /) -> Iterator[str]:
        """Yield the names of the graphs that state the triple."""

    def quads_of(self, graph: str, /) -> Iterator[Quad]:
        """Yield what a named graph states."""

    def match_in_graphs(
        self, subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None, /
    ) -> Iterator[Quad]:
        """Yield each stated quad with these terms, by an index; None stands for any term or any graph."""

    def passages_of(self, document: Term, /) -> Iterator[Term]:
        """Yield the passages of a document that something stated cites."""

    def quads(self) -> Iterator[Quad]:
        """Yield everything that is stated, each quad in its named graph."""


@dataclass(frozen=True)
class Change:
    """One named graph before and after: ``old`` is its whole text now, ``new`` the whole text that it gets.

    A graph that is not there yet has no old text; one that goes has no new text.
    """

    graph: str
    old: frozenset[Quad]
    new: frozenset[Quad]


@dataclass(frozen=True)
class Verdict:
    """What shapes and rules find differently because of a change.

    ``already_there`` is what stood before and stands still at the nodes that the change concerns; what is
    found elsewhere is as it was. ``affected`` counts those nodes, literals included. ``in_full`` names the
    shapes and rules that could not be bounded and were asked of the whole graph.
    """

    introduced: frozenset[Finding]
    fixed: frozenset[Finding]
    already_there: frozenset[Finding]
    affected: int
    in_full: tuple[str, ...]

    @property
    def is_acceptable(self) -> bool:
        """Return whether no violation is introduced."""
        return not any(finding.severity == "violation" for finding in self.introduced)
