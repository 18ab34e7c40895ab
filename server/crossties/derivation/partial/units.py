"""A unit of the derivation: some rules or modules, what they read from a subject, and what they derive."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

import pyoxigraph as ox

from crossties.derivation.partial.paths import Path, read_paths, term
from crossties.derivation.partial.sights import After, Fact, Sight, Term, to_quad
from crossties.derivation.partial.walking import Changed, excerpt, reach_back

Make = Callable[[ox.Store], Iterable[ox.Triple]]
Guard = Callable[[Sight, Term], bool]
Triples = set[Fact]
Key = TypeVar("Key", bound=Hashable)

_TYPE: Final = term("type")
_ORGANISATION: Final = term("Organisation")


class NotBoundedError(Exception):
    """What changed may alter anything; the text says why."""


@dataclass(frozen=True)
class Delta:
    """What went and what came, and the graph before and after it, so far as it is derived."""

    after: After
    lost: Changed = field(default_factory=lambda: defaultdict(set))
    gained: Changed = field(default_factory=lambda: defaultdict(set))

    def reach(self, paths: Iterable[Path]) -> set[Term]:
        """Return from where one of the paths led over what went, or leads over what came."""
        found: set[Term] = set()
        for path in paths:
            found |= reach_back(self.after.before, self.lost, path)
            found |= reach_back(self.after, self.gained, path)
        return found

    def let(self, fact: Fact, *, there: bool) -> None:
        """Let a triple be there, or not, and note it where that is new."""
        self.after.let(fact, there=there)
        if there != self.after.before.holds(fact):
            (self.gained if there else self.lost)[fact[1]].add(fact)

    def besides(self, facts: Iterable[Fact]) -> Delta:
        """Return the same as if some triples had gone and come again."""
        lost, gained = (
            defaultdict(set, {name: set(them) for name, them in side.items()})
            for side in (self.lost, self.gained)
        )
        for fact in facts:
            lost[fact[1]].add(fact)
            gained[fact[1]].add(fact)
        return Delta(self.after, lost, gained)

    @property
    def sights(self) -> tuple[Sight, Sight]:
        """Return the graph before and after."""
        return self.after.before, self.after


class Unit(ABC, Generic[Key]):
    """Whose derived triples may be altered, which these are now, and which they are to be."""

    @abstractmethod
    def affected(self, delta: Delta) -> set[Key]:
        """Return the keys whose triples may be altered."""

    @abstractmethod
    def owned(self, delta: Delta, key: Key) -> Triples:
        """Return the triples of a key that are there so far, stated ones among them."""

    @abstractmethod
    def derive(self, delta: Delta, keys: set[Key]) -> Mapping[Key, Triples]:
        """Return the triples that are derived for each key in the graph as it is after the change."""


@dataclass(frozen=True)
class Plain(Unit[Term]):
    """A unit whose keys are subjects and whose reads are paths.

    ``nodes`` lead from a subject to nodes that are its own. ``guard`` tells which subjects
    may have any; ``brief`` keeps only the first triple of each path. The scheme above ``constants`` is
    read too. The outputs ``left`` are another unit's for some subjects.
    """

    makes: tuple[Make, ...]
    outputs: tuple[ox.NamedNode, ...]
    reads: tuple[Path, ...]
    nodes: tuple[ox.NamedNode, ...] = ()
    guard: Guard | None = None
    brief: bool = False
    constants: tuple[Term, ...] = ()
    left: tuple[ox.NamedNode, ...] = ()
    left_to: Guard | None = None

    def affected(self, delta: Delta) -> set[Term]:
        """Follow the reads back from what changed."""
        found = delta.reach(self.reads)
        for changed in (delta.after.stated_more, delta.after.stated_less):
            found |= {fact[0] for fact in changed if fact[1] in self.outputs and _may_be_derived(fact)}
        if self.guard is None:
            return found
        return {one for one in found if any(self.guard(sight, one) for sight in delta.sights)}

    def owned(self, delta: Delta, key: Term) -> Triples:
        """Return the outputs of a subject, and its nodes with all that they have."""
        after = delta.after
        names = self._outputs_of(delta, key)
        found: Triples = {(key, name, value) for name in names for value in after.objects(key, name)}
        for link in self.nodes:
            for node in after.objects(key, link):
                found |= {(key, link, node)} | after.facts_of(node)
        return found

    def derive(self, delta: Delta, keys: set[Term]) -> Mapping[Term, Triples]:
        """Run the rules or modules on what the subjects read."""
        seen: set[Fact] = set()
        if self.brief:
            for key in keys:
                seen |= _first(delta.after, key, self.reads)
        else:
            excerpt(delta.after, keys, self.reads, seen)
            excerpt(delta.after, self.constants, BROADER, seen)
        return self.choose(delta, keys, run(self.makes, seen))

    def choose(self, delta: Delta, keys: set[Term], made: Mapping[Term, Triples]) -> Mapping[Term, Triples]:
        """Return what was made for each key."""
        return {key: self._choose(delta, key, made) for key in keys}

    def _outputs_of(self, delta: Delta, key: Term) -> tuple[ox.NamedNode, ...]:
        if self.left_to is None or not any(self.left_to(sight, key) for sight in delta.sights):
            return self.outputs
        return tuple(name for name in self.outputs if name not in self.left)

    def _choose(self, delta: Delta, key: Term, made: Mapping[Term, Triples]) -> Triples:
        own, names = made.get(key, set()), self._outputs_of(delta, key)
        found = {fact for fact in own if fact[1] in names}
        for fact in own:
            if fact[1] in self.nodes:
                found |= {fact} | made.get(fact[2], set())
        return found


BROADER: Final = read_paths("broader*")


def run(makes: Iterable[Make], facts: Iterable[Fact]) -> Mapping[Term, Triples]:
    """Return what some steps derive from triples, one after the other, by subject."""
    store, made = ox.Store(), ox.Store()
    store.extend(map(to_quad, facts))
    for make in makes:
        quads = [ox.Quad(*triple) for triple in make(store)]
        store.extend(quads)
        made.extend(quads)
    found: dict[Term, Triples] = defaultdict(set)
    # Read back, as a store writes numbers otherwise than a step
    for quad in made:
        found[quad.subject].add((quad.subject, quad.predicate, quad.object))
    return found


def _first(sight: Sight, key: Term, paths: Iterable[Path]) -> Triples:
    for path in paths:
        one: Triples = set()
        excerpt(sight, [key], [path], one)
        if one:
            return {min(one, key=str)}
    return set()


def _may_be_derived(fact: Fact) -> bool:
    return fact[1] != _TYPE or fact[2] == term("Passage")


def is_no_body(sight: Sight, node: Term) -> bool:
    """Tell whether something is no organisation: those take part in nothing by way of their members."""
    return _ORGANISATION not in sight.objects(node, _TYPE)
