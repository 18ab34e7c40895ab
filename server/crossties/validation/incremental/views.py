"""A state of the graph as rules of the whole graph see it: with the derived statements that they read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from crossties.namespaces import CT, RDF
from crossties.quads import Literal, NamedNode, Quad, Term
from crossties.validation.incremental.model import Fact
from crossties.validation.incremental.states import State

_ABOUT, _PROPERTY, _VALUE, _PREFERRED, _STATED, _ANNOUNCED, _DOCUMENT, _PASSAGE, _PARAGRAPH = (
    NamedNode(CT + name)
    for name in (
        *("about", "property", "value", "preferred", "statedIn", "announcedIn"),
        *("document", "Passage", "paragraph"),
    )
)
_TYPE: Final = NamedNode(RDF + "type")
_TRUE: Final = Literal(value=True)
#: Terms of the convenience layer only that a view has.
SEEN_DERIVED: Final = frozenset({_DOCUMENT, _PARAGRAPH})
_CLAIMING: Final = (_ABOUT, _PROPERTY, _VALUE, _PREFERRED)
_NUMBERED: Final = re.compile(r"(?P<document>.+)/p[0-9]+")


class View:
    """Looks up stated triples, values of preferred claims and passages, and keeps all stated ones it saw.

    What is kept is enough to derive the others from. Shapes see what is stated only (``derived`` is false).
    """

    def __init__(self, state: State, *, derived: bool = True) -> None:
        self.state = state
        self._has_derived = derived
        self.facts: set[Fact] = set()
        self.quads: set[Quad] = set()
        self._claimed: dict[Term, list[Fact]] = {}

    def match(
        self, subject: Term | None, predicate: Term | None = None, value: Term | None = None
    ) -> Iterable[Fact]:
        """Return the triples that fit; None stands for any term."""
        found = self.state.match(subject, predicate, value)
        self.facts.update(found)
        if not self._has_derived:
            return found
        derived = [
            fact
            for fact in self._derived(subject, predicate, value)
            if predicate in (None, fact[1]) and value in (None, fact[2])
        ]
        return (*found, *derived) if derived else found

    def match_in_graphs(
        self, subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None
    ) -> Iterable[Quad]:
        """Return the quads of named graphs that fit."""
        found = self.state.match_in_graphs(subject, predicate, value, graph)
        self.quads.update(found)
        return found

    def objects(self, subject: Term, predicate: NamedNode | None) -> Iterator[Term]:
        """Yield the objects of a subject."""
        for fact in self.match(subject, predicate):
            yield fact[2]

    def subjects(self, predicate: NamedNode | None, value: Term) -> Iterator[Term]:
        """Yield the subjects of a value."""
        for fact in self.match(None, predicate, value):
            yield fact[0]

    def derive_near(self, facts: Iterable[Fact]) -> set[Fact]:
        """Return what is derived, in this state, from the claims and citations among some facts."""
        found: set[Fact] = set()
        for subject, predicate, value in facts:
            if predicate in _CLAIMING:
                found.update(self._read_claim(subject))
            elif predicate in (_STATED, _ANNOUNCED):
                found.update(self._read_claim(subject) if predicate == _STATED else ())
                found.update(self._passage(value))
        return found

    def _derived(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        if subject is not None:
            yield from self._claims_about(subject)
            yield from self._passage(subject)
        elif value is not None:
            for claim in self._see(None, _VALUE, value):
                yield from self._read_claim(claim[0])
            if predicate in (None, _DOCUMENT) and isinstance(value, NamedNode):
                for passage in self.state.passages_of(value):
                    yield from self._passage(passage)
        else:
            for claim in self._see(None, _PROPERTY, predicate):
                yield from self._read_claim(claim[0])

    def _claims_about(self, subject: Term) -> list[Fact]:
        known = self._claimed.get(subject)
        if known is None:
            claims = {fact[0] for fact in self._see(None, _ABOUT, subject)}
            known = [fact for claim in claims for fact in self._read_claim(claim) if fact[0] == subject]
            self._claimed[subject] = known
        return known

    def _read_claim(self, claim: Term) -> Iterator[Fact]:
        """Yield what a preferred claim may state plainly; of several values only one will be."""
        if not self._see(claim, _PREFERRED, _TRUE) or not self._see(claim, _STATED, None):
            return
        values = [fact[2] for fact in self._see(claim, _VALUE, None)]
        for about in self._see(claim, _ABOUT, None):
            for name in self._see(claim, _PROPERTY, None):
                if isinstance(about[2], NamedNode) and isinstance(name[2], NamedNode):
                    yield from ((about[2], name[2], value) for value in values)

    def _passage(self, node: Term) -> Iterator[Fact]:
        numbered = _NUMBERED.fullmatch(node.value) if isinstance(node, NamedNode) else None
        if not numbered or not (self._see(None, _STATED, node) or self._see(None, _ANNOUNCED, node)):
            return
        yield node, _TYPE, _PASSAGE
        yield node, _DOCUMENT, NamedNode(numbered["document"])
        yield node, _PARAGRAPH, Literal(1)

    def _see(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterable[Fact]:
        found = self.state.match(subject, predicate, value)
        self.facts.update(found)
        return found
