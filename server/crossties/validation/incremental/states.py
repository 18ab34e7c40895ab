"""The published graph before and after a change, looked up term by term; nothing is copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from crossties.quads import NamedNode, Quad, Term, Triple
from crossties.validation.incremental.model import Base, Change, Fact

_Pattern = tuple[Term | None, Term | None, Term | None]


class Lookups:
    """Asks the base each question once; what it does not know at all is not asked about again."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self._found: dict[_Pattern, tuple[Fact, ...]] = {}
        self._few: dict[_Pattern, tuple[int, tuple[Fact, ...]]] = {}
        self._known: dict[tuple[Term, bool], bool] = {}

    def match(self, pattern: _Pattern) -> tuple[Fact, ...]:
        """Return the stated triples that fit."""
        found = self._found.get(pattern)
        if found is None:
            found = tuple(self.base.match(*pattern)) if self._can_be(pattern) else ()
            self._found[pattern] = found
        return found

    def few(self, pattern: _Pattern, limit: int) -> tuple[Fact, ...]:
        """Return stated triples that fit, all of them where there are no more than ``limit``."""
        if pattern in self._found:
            return self._found[pattern]
        asked, found = self._few.get(pattern, (0, ()))
        if asked < limit and len(found) == asked:
            found = tuple(islice(self.base.match(*pattern), limit)) if self._can_be(pattern) else ()
            self._few[pattern] = limit, found
        return found

    def mentions(self, term: Term) -> bool:
        """Tell whether a term is the subject or object of anything in the base."""
        return self._is_known(term, as_subject=True) or self._is_known(term, as_subject=False)

    def _can_be(self, pattern: _Pattern) -> bool:
        subject, predicate, value = pattern
        if subject is not None:
            return self._is_known(subject, as_subject=True)
        return value is None or predicate is None or self._is_known(value, as_subject=False)

    def _is_known(self, term: Term, *, as_subject: bool) -> bool:
        known = self._known.get((term, as_subject))
        if known is None:
            known = self.base.knows(term, as_subject=as_subject)
            self._known[term, as_subject] = known
        return known


class State:
    """The graph with some triples more and some less."""

    def __init__(
        self,
        lookups: Lookups,
        *,
        more: Iterable[Fact] = (),
        less: Iterable[Fact] = (),
        more_quads: frozenset[Quad] = frozenset(),
        less_quads: frozenset[Quad] = frozenset(),
    ) -> None:
        self._lookups = lookups
        self._more_quads, self._less_quads = more_quads, less_quads
        self._more, self._less = frozenset(more), frozenset(less)
        self._by_subject: dict[Term, list[Fact]] = defaultdict(list)
        self._by_value: dict[Term, list[Fact]] = defaultdict(list)
        self._quads_by_subject: dict[Term, list[Quad]] = defaultdict(list)
        for quad in more_quads:
            self._quads_by_subject[quad.subject].append(quad)
        for fact in self._more:
            self._by_subject[fact[0]].append(fact)
            self._by_value[fact[2]].append(fact)

    def match(
        self, subject: Term | None, predicate: Term | None = None, value: Term | None = None
    ) -> Sequence[Fact]:
        """Return the triples that fit; None stands for any term."""
        found = self._lookups.match((subject, predicate, value))
        if self._less:
            found = tuple(fact for fact in found if fact not in self._less)
        more = tuple(self._more_that_fit(subject, predicate, value))
        return found + more if more else found

    def exists(self, subject: Term | None, predicate: Term | None = None, value: Term | None = None) -> bool:
        """Tell whether any triple fits, without listing them all."""
        if any(self._more_that_fit(subject, predicate, value)):
            return True
        found = self._lookups.few((subject, predicate, value), len(self._less) + 1)
        return any(fact not in self._less for fact in found)

    def objects(self, subject: Term, predicate: NamedNode | None) -> Iterator[Term]:
        """Yield the objects of a subject."""
        for fact in self.match(subject, predicate):
            yield fact[2]

    def subjects(self, predicate: NamedNode | None, value: Term) -> Iterator[Term]:
        """Yield the subjects of a value."""
        for fact in self.match(None, predicate, value):
            yield fact[0]

    def match_in_graphs(
        self, subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None
    ) -> Sequence[Quad]:
        """Return the quads of named graphs that fit."""
        found = self._lookups.base.match_in_graphs(subject, predicate, value, graph)
        wanted = (subject, predicate, value, graph)
        near = self._more_quads if subject is None else self._quads_by_subject.get(subject, ())
        more = (
            quad
            for quad in near
            if all(one in (None, other) for one, other in zip(wanted, _terms(quad), strict=True))
        )
        return [*(quad for quad in found if quad not in self._less_quads), *more]

    def first_of_graph(self, graph: Term) -> Quad | None:
        """Return one quad of a named graph; None where it states nothing."""
        found = self._lookups.base.match_in_graphs(None, None, None, graph)
        kept = (quad for quad in found if quad not in self._less_quads)
        more = (quad for quad in self._more_quads if quad.graph_name == graph)
        return next(chain(more, kept), None)

    def mentions(self, term: Term) -> bool:
        """Tell whether a term stands in any statement or names a graph; what went may still count."""
        if term in self._by_subject or term in self._by_value or self._lookups.mentions(term):
            return True
        return isinstance(term, NamedNode) and self.first_of_graph(term) is not None

    def count(self, predicate: Term | None, end: Term, *, limit: int, inverse: bool) -> int:
        """Count the triples that lead to an end, or away from it if ``inverse``, but not beyond a limit."""
        pattern = (end, predicate, None) if inverse else (None, predicate, end)
        more = sum(1 for _ in self._more_that_fit(*pattern))
        return more + min(len(self._lookups.few(pattern, limit)), limit)

    def passages_of(self, document: Term) -> Iterator[Term]:
        """Yield what may be cited passages of a document: those that are, and those that were or will be."""
        yield from self._lookups.base.passages_of(document)
        start = f"{getattr(document, 'value', '')}/p"
        for fact in self._more:
            if isinstance(fact[2], NamedNode) and fact[2].value.startswith(start):
                yield fact[2]

    def _more_that_fit(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterator[Fact]:
        near: Iterable[Fact] = self._more if value is None else self._by_value.get(value, ())
        if subject is not None:
            near = self._by_subject.get(subject, ())
        for fact in near:
            if predicate in (None, fact[1]) and subject in (None, fact[0]) and value in (None, fact[2]):
                yield fact


class Difference:
    """What a change adds and removes in the graph as a whole, and the graph before and after it."""

    def __init__(self, base: Base, change: Change) -> None:
        self.added_quads, self.removed_quads = change.new - change.old, change.old - change.new
        self.added: frozenset[Fact] = frozenset(
            fact for fact in map(_state, self.added_quads) if not _is_stated(base, fact)
        )
        self.removed: frozenset[Fact] = frozenset(
            fact
            for fact in map(_state, self.removed_quads)
            if not _is_stated(base, fact, besides=change.graph)
        )
        self.lookups = Lookups(base)
        self.before = State(self.lookups)
        self.after = State(
            self.lookups,
            more=self.added,
            less=self.removed,
            more_quads=self.added_quads,
            less_quads=self.removed_quads,
        )


def _state(quad: Quad) -> Fact:
    return quad.subject, quad.predicate, quad.object


def _terms(quad: Quad) -> tuple[Term, Term, Term, object]:
    return quad.subject, quad.predicate, quad.object, quad.graph_name


def _is_stated(base: Base, fact: Fact, *, besides: str | None = None) -> bool:
    triple = Triple(*fact)  # type: ignore[arg-type]
    return any(graph != besides for graph in base.graphs_of(triple))
