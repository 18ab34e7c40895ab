"""Which nodes a change can alter the verdict on, and by which shapes: before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from rdflib.term import BNode, Node

from crossties.namespaces import RDF, RDFS
from crossties.quads import BlankNode, NamedNode, Term
from crossties.validation.incremental.model import Fact
from crossties.validation.incremental.paths import Path, walk
from crossties.validation.incremental.plan import Atom, Plan, Target, Unit
from crossties.validation.incremental.states import Difference, State

TYPE: Final = NamedNode(RDF + "type")
SUB_CLASS: Final = NamedNode(RDFS + "subClassOf")

#: Shapes that are judged together, under the name by which their results go.
Group = Node


class Kinds:
    """The classes of nodes in one state, with all that stand above them, and so which shapes aim at them."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._above: dict[Term, frozenset[Term]] = {}
        self._aimed: dict[tuple[Node, Term], bool] = {}

    def above(self, kind: Term) -> frozenset[Term]:
        """Return a class and every class above it."""
        known = self._above.get(kind)
        if known is None:
            found, edge = {kind}, [kind]
            while edge:
                new = set(self.state.objects(edge.pop(), SUB_CLASS)) - found
                found |= new
                edge += new
            known = self._above[kind] = frozenset(found)
        return known

    def of(self, node: Term) -> frozenset[Term]:
        """Return all classes of a node."""
        if not isinstance(node, NamedNode | BlankNode):
            return frozenset()
        return frozenset().union(*(self.above(kind) for kind in self.state.objects(node, TYPE)))

    def is_aimed_at(self, node: Term, target: Target) -> bool:
        """Tell whether a shape aims at a node."""
        known = self._aimed.get((target.shape, node))
        if known is None:
            known = self._aimed[target.shape, node] = self._is_aimed_at(node, target)
        return known

    def aimed_at(self, target: Target) -> set[Term]:
        """Return every node that a shape aims at: all of them are listed."""
        found, below, edge = set(target.nodes), set(target.classes), list(target.classes)
        while edge:
            new = set(self.state.subjects(SUB_CLASS, edge.pop())) - below
            below |= new
            edge += new
        for kind in below:
            found.update(self.state.subjects(TYPE, kind))
        for predicate in target.subjects_of:
            found.update(fact[0] for fact in self.state.match(None, predicate))
        for predicate in target.objects_of:
            found.update(fact[2] for fact in self.state.match(None, predicate))
        return found

    def _is_aimed_at(self, node: Term, target: Target) -> bool:
        if node in target.nodes or (target.classes and not target.classes.isdisjoint(self.of(node))):
            return True
        if any(self.state.exists(node, predicate) for predicate in target.subjects_of):
            return True
        return any(self.state.exists(None, predicate, node) for predicate in target.objects_of)


class Radius:
    """Finds how far a change reaches; made of a plan once."""

    def __init__(self, plan: Plan) -> None:
        self._ways: list[Path] = []
        self._atoms: dict[Term | None, dict[tuple[int, bool, Term | None], set[Group]]] = defaultdict(dict)
        for atom in plan.atoms:
            self._add(atom)
        self._by_class, self._by_subject, self._by_object = (
            _index(plan.targets, name) for name in ("classes", "subjects_of", "objects_of")
        )
        self._groups: dict[Group, list[Unit]] = defaultdict(list)
        for unit in plan.units:
            self._groups[name_group(unit)].append(unit)
        self._units: dict[Node, list[Unit]] = defaultdict(list)
        for unit in plan.units:
            self._units[unit.target.shape].append(unit)

    def find(self, difference: Difference, before: Kinds, after: Kinds) -> dict[Group, set[Term]]:
        """Return the nodes that each group of shapes has to look at again."""
        found: dict[Group, set[Term]] = defaultdict(set)
        for facts, kinds in ((difference.removed, before), (difference.added, after)):
            for group, nodes in self._reach(facts, kinds):
                found[group] |= nodes
        for target, node in self._touched({*difference.removed, *difference.added}, before, after):
            for unit in self._units[target.shape]:
                found[name_group(unit)].add(node)
        return found

    def asked(self, groups: dict[Group, set[Term]], kinds: Kinds) -> dict[Node, set[Term]]:
        """Return which shapes have to look at which nodes in one state: those that aim at them there."""
        asked: dict[Node, set[Term]] = defaultdict(set)
        for group, nodes in groups.items():
            for unit in self._groups[group]:
                aimed = {node for node in nodes if kinds.is_aimed_at(node, unit.target)}
                if aimed:
                    asked[unit.shape] |= aimed
        return asked

    def _add(self, atom: Atom) -> None:
        if atom.back not in self._ways:
            self._ways.append(atom.back)
        key = (self._ways.index(atom.back), atom.step.inverse, atom.kind)
        self._atoms[atom.step.predicate].setdefault(key, set()).add(name_group(atom.unit))

    def _reach(self, facts: Iterable[Fact], kinds: Kinds) -> Iterator[tuple[Group, set[Term]]]:
        """Yield the nodes from which a path of a shape leads over one of the triples."""
        starts: dict[tuple[int, Group], set[Term]] = defaultdict(set)
        for subject, predicate, value in facts:
            for near in (self._atoms.get(predicate, {}), self._atoms.get(None, {})):
                for (way, inverse, kind), groups in near.items():
                    if kind is None or kind in kinds.above(value):
                        for group in groups:
                            starts[way, group].add(value if inverse else subject)
        walked: dict[tuple[int, frozenset[Term]], set[Term]] = {}
        for (way, group), nodes in starts.items():
            key = way, frozenset(nodes)
            if key not in walked:
                walked[key] = walk(self._ways[way], nodes, kinds.state)
            yield group, walked[key]

    def _touched(self, facts: set[Fact], before: Kinds, after: Kinds) -> Iterator[tuple[Target, Term]]:
        """Yield the nodes that the change describes, and those that a shape no longer or newly aims at."""
        for subject in {fact[0] for fact in facts}:
            for kinds in (before, after):
                for target in self._targets(subject, kinds):
                    yield target, subject
        for _, predicate, value in facts:
            for target in self._by_object.get(predicate, ()):
                if before.is_aimed_at(value, target) != after.is_aimed_at(value, target):
                    yield target, value

    def _targets(self, node: Term, kinds: Kinds) -> set[Target]:
        found = {target for kind in kinds.of(node) for target in self._by_class.get(kind, ())}
        for predicate, targets in self._by_subject.items():
            if kinds.state.exists(node, predicate):
                found |= targets
        return found


def name_group(unit: Unit) -> Group:
    """Return the name under which a unit's results go: that of its shape, or of the shape around it."""
    return unit.target.shape if isinstance(unit.shape, BNode) else unit.shape


def _index(targets: Iterable[Target], name: str) -> dict[Term, set[Target]]:
    index: dict[Term, set[Target]] = defaultdict(set)
    for target in targets:
        for term in getattr(target, name):
            index[term].add(target)
    return index
