"""From a changed triple to the focus nodes of a query whose solutions it can add or take away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from crossties.quads import NamedNode, Quad, Term
from crossties.validation.incremental.matching import Known, UnboundedError
from crossties.validation.incremental.model import Fact
from crossties.validation.incremental.paths import HERE, Occurrence, Path, Step, occurrences, reverse, walk
from crossties.validation.incremental.sketch import (
    Aside,
    Group,
    Named,
    Part,
    Pattern,
    Place,
    Sub,
    Union,
    Values,
)
from crossties.validation.incremental.tracing import Tracer
from crossties.validation.incremental.views import View

#: The groups around a pattern, innermost first, each with the part of it that leads inwards.
_Around = tuple[tuple[Group, Part], ...]


@dataclass(frozen=True)
class _Atom:
    """A pattern, one predicate on its path, and the groups around it."""

    pattern: Pattern | Named
    occurrence: Occurrence
    around: _Around

    @cached_property
    def before(self) -> Path:
        """Return the way back from the predicate to the subject of the pattern."""
        return reverse(self.occurrence.before)


class Reach:
    """The atoms of a query by predicate; ``focus`` is the variable that is looked for."""

    def __init__(self, sketch: Group, focus: str) -> None:
        self._focus = focus
        self._by_predicate: dict[Term | None, list[_Atom]] = defaultdict(list)
        self._in_graphs: dict[Term | None, list[_Atom]] = defaultdict(list)
        for pattern, around in _patterns(sketch, ()):
            in_graphs = isinstance(pattern, Named) or pattern.graph is not None
            atoms = self._in_graphs if in_graphs else self._by_predicate
            for occurrence in _occurrences(pattern):
                for predicate in _predicates(pattern, occurrence, around):
                    atoms[predicate].append(_Atom(pattern, occurrence, around))

    @property
    def predicates(self) -> frozenset[Term]:
        """Return the predicates that the patterns name."""
        return frozenset(name for name in self._by_predicate if name is not None)

    def find(self, facts: Iterable[Fact], quads: Iterable[Quad], view: View) -> frozenset[Term]:
        """Return the focus nodes whose solutions the changed triples and quads can concern.

        Raises:
            UnboundedError: one of them concerns the query, and nobody can say which nodes.
        """
        found: set[Term] = set()
        told = [(fact, None) for fact in facts]
        seeds = self._seed(told, self._by_predicate, view)
        changed = [((quad.subject, quad.predicate, quad.object), quad.graph_name) for quad in quads]
        named = [(fact, graph) for fact, graph in changed if isinstance(graph, NamedNode)]
        seeds += self._seed(named, self._in_graphs, view)
        for atom, known in seeds:
            found |= self._follow(atom, known, Tracer(view))
        return frozenset(found)

    def _seed(
        self,
        facts: Iterable[tuple[Fact, NamedNode | None]],
        atoms: dict[Term | None, list[_Atom]],
        view: View,
    ) -> list[tuple[_Atom, Known]]:
        """Return for each atom the terms that the changed triples put into its places."""
        seeds: dict[int, tuple[_Atom, dict[str, set[Term]]]] = {}
        for fact, graph in facts:
            for atom in (*atoms.get(fact[1], ()), *atoms.get(None, ())):
                places = _match(atom, fact, graph, view)
                if places is not None:
                    _, known = seeds.setdefault(id(atom), (atom, defaultdict(set)))
                    for name, terms in places:
                        known[name] |= terms
        return [
            (atom, {name: frozenset(terms) for name, terms in known.items()})
            for atom, known in seeds.values()
        ]

    def _follow(self, atom: _Atom, known: Known, tracer: Tracer) -> frozenset[Term]:
        """Go outwards from the pattern, group by group, with what is known."""
        for group, inner in atom.around:
            if isinstance(inner, Sub):
                seen = inner.seen if inner.keys is None else inner.seen & inner.keys
                known = {name: terms for name, terms in known.items() if name in seen}
            parts = [part for part in group.parts if part is not inner and not isinstance(part, Aside)]
            found = tracer.spread(parts, known, wanted=self._focus)
            if found is None:
                return frozenset()
            known = found
        if self._focus not in known:
            raise UnboundedError
        return known[self._focus]


def _patterns(group: Group, around: _Around) -> Iterator[tuple[Pattern | Named, _Around]]:
    for part in group.parts:
        outwards = ((group, part), *around)
        if isinstance(part, Pattern | Named):
            yield part, outwards
        elif isinstance(part, Aside | Sub):
            yield from _patterns(part.group, outwards)
        elif isinstance(part, Union):
            for one in part.groups:
                yield from _patterns(one, outwards)


def _occurrences(pattern: Pattern | Named) -> Iterable[Occurrence]:
    if isinstance(pattern, Named) or isinstance(pattern.predicate, str):
        return (Occurrence(HERE, Step(None), HERE),)
    return occurrences(pattern.predicate)


def _predicates(pattern: Pattern | Named, occurrence: Occurrence, around: _Around) -> Iterable[Term | None]:
    """Return which predicates an atom is about; None is any."""
    name = getattr(pattern, "predicate", None)
    if isinstance(name, str):
        for part in around[0][0].parts:
            if isinstance(part, Values) and name in part.terms:
                return part.terms[name]
    return (occurrence.step.predicate,)


def _match(
    atom: _Atom, fact: Fact, graph: NamedNode | None, view: View
) -> list[tuple[str, set[Term]]] | None:
    """Return what a triple puts into the places of an atom; None where it does not fit."""
    pattern, occurrence = atom.pattern, atom.occurrence
    if isinstance(pattern, Named):
        return _put([(pattern.graph, {graph} if graph else set())])
    source, target = (fact[2], fact[0]) if occurrence.step.inverse else (fact[0], fact[2])
    places: list[tuple[Place, set[Term]]] = [
        (pattern.subject, walk(atom.before, {source}, view)),
        (pattern.value, walk(occurrence.after, {target}, view)),
    ]
    if isinstance(pattern.predicate, str):
        places.append((pattern.predicate, {fact[1]}))
    if pattern.graph is not None and graph is not None:
        places.append((pattern.graph, {graph}))
    return _put(places)


def _put(places: Iterable[tuple[Place, set[Term]]]) -> list[tuple[str, set[Term]]] | None:
    found: list[tuple[str, set[Term]]] = []
    for place, terms in places:
        if isinstance(place, str):
            found.append((place, terms))
        elif place not in terms:
            return None
    return found if all(terms for _, terms in found) else None
