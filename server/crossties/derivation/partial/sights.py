"""The default graph before and after a change: the store, and what a change lays over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from crossties.namespaces import DERIVED_GRAPH

Node = ox.NamedNode | ox.BlankNode
Term = Node | ox.Literal | ox.Triple
Fact = tuple[Term, ox.NamedNode, Term]

_DEFAULT: Final = ox.DefaultGraph()
_DERIVED: Final = ox.NamedNode(DERIVED_GRAPH)


def to_fact(triple: ox.Triple) -> Fact:
    """Return the terms of a triple, which as a tuple are faster to compare."""
    return triple.subject, triple.predicate, triple.object


def to_quad(fact: Fact, graph: ox.NamedNode | ox.DefaultGraph = _DEFAULT) -> ox.Quad:
    """Return the triple as it stands in a graph."""
    return ox.Quad(*fact, graph)  # type: ignore[arg-type]


class Before:
    """A built store; each look-up is done once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._objects: dict[tuple[Term, ox.NamedNode], tuple[Term, ...]] = {}
        self._subjects: dict[tuple[ox.NamedNode, Term], tuple[Term, ...]] = {}

    def objects(self, subject: Term, predicate: ox.NamedNode) -> tuple[Term, ...]:
        """Return the objects of a subject; a literal has none."""
        key = subject, predicate
        found = self._objects.get(key)
        if found is None:
            if isinstance(subject, ox.Literal | ox.Triple):
                return ()
            quads = self._store.quads_for_pattern(subject, predicate, None, _DEFAULT)
            found = self._objects[key] = tuple(quad.object for quad in quads)
        return found

    def subjects(self, predicate: ox.NamedNode, value: Term) -> tuple[Term, ...]:
        """Return the subjects of a value."""
        key = predicate, value
        found = self._subjects.get(key)
        if found is None:
            quads = self._store.quads_for_pattern(None, predicate, value, _DEFAULT)
            found = self._subjects[key] = tuple(quad.subject for quad in quads)
        return found

    def facts_of(self, subject: Term) -> set[Fact]:
        """Return all triples of a subject."""
        if isinstance(subject, ox.Literal | ox.Triple):
            return set()
        quads = self._store.quads_for_pattern(subject, None, None, _DEFAULT)
        return {(quad.subject, quad.predicate, quad.object) for quad in quads}

    def facts_with(self, value: Term) -> list[Fact]:
        """Return all triples with an object."""
        quads = self._store.quads_for_pattern(None, None, value, _DEFAULT)
        return [(quad.subject, quad.predicate, quad.object) for quad in quads]

    def facts_by(self, predicate: ox.NamedNode) -> Iterator[Fact]:
        """Yield all triples with a predicate: how many they are grows with the graph."""
        for quad in self._store.quads_for_pattern(None, predicate, None, _DEFAULT):
            yield quad.subject, quad.predicate, quad.object

    def holds(self, fact: Fact) -> bool:
        """Tell whether a triple is there, stated or derived."""
        return to_quad(fact) in self._store

    def is_derived(self, fact: Fact) -> bool:
        """Tell whether a triple is there and nobody states it."""
        return to_quad(fact, _DERIVED) in self._store

    def is_stated(self, fact: Fact) -> bool:
        """Tell whether anybody states a triple."""
        return self.holds(fact) and not self.is_derived(fact)


class After:
    """The same with some triples more and some less; ``let`` alters it."""

    def __init__(self, before: Before, added: Iterable[Fact], removed: Iterable[Fact]) -> None:
        self.before = before
        self.stated_more, self.stated_less = frozenset(added), frozenset(removed)
        self.more: set[Fact] = set()
        self.less: set[Fact] = set()
        self._by_subject: dict[Term, set[Fact]] = defaultdict(set)
        self._by_object: dict[Term, set[Fact]] = defaultdict(set)
        for fact in self.stated_less:
            self.let(fact, there=False)
        for fact in self.stated_more:
            self.let(fact, there=True)

    def let(self, fact: Fact, *, there: bool) -> None:
        """Let a triple be there, or not."""
        held = self.before.holds(fact)
        if held:
            (self.less.discard if there else self.less.add)(fact)
        elif there:
            self.more.add(fact)
            self._by_subject[fact[0]].add(fact)
            self._by_object[fact[2]].add(fact)
        elif fact in self.more:
            self.more.discard(fact)
            self._by_subject[fact[0]].discard(fact)
            self._by_object[fact[2]].discard(fact)

    def objects(self, subject: Term, predicate: ox.NamedNode) -> Iterable[Term]:
        """Return the objects of a subject."""
        found: Iterable[Term] = self.before.objects(subject, predicate)
        if self.less:
            found = [one for one in found if (subject, predicate, one) not in self.less]
        more = self._by_subject.get(subject)
        return [*found, *(fact[2] for fact in more if fact[1] == predicate)] if more else found

    def subjects(self, predicate: ox.NamedNode, value: Term) -> Iterable[Term]:
        """Return the subjects of a value."""
        found: Iterable[Term] = self.before.subjects(predicate, value)
        if self.less:
            found = [one for one in found if (one, predicate, value) not in self.less]
        more = self._by_object.get(value)
        return [*found, *(fact[0] for fact in more if fact[1] == predicate)] if more else found

    def facts_of(self, subject: Term) -> set[Fact]:
        """Return all triples of a subject."""
        return (self.before.facts_of(subject) - self.less) | self._by_subject.get(subject, set())

    def is_stated(self, fact: Fact) -> bool:
        """Tell whether anybody states a triple now."""
        if fact in self.stated_more:
            return True
        return fact not in self.stated_less and self.before.is_stated(fact)


Sight = Before | After
