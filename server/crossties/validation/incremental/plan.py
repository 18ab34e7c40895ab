"""What each shape looks at, read from the shapes once: its targets, and every predicate on its paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from crossties.quads import NamedNode, Term
from crossties.validation.incremental.mirror import read_node
from crossties.validation.incremental.paths import (
    HERE,
    Alternative,
    Path,
    Repeat,
    Sequence,
    Step,
    join,
    occurrences,
    reverse,
)

_TYPE: Final = NamedNode(str(RDF.type))
_PARTNERS: Final = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
_INNER: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_INNER_LISTS: Final = (SH["and"], SH["or"], SH.xone)
_REPEATS: Final = {
    SH.zeroOrMorePath: (0, True),
    SH.oneOrMorePath: (1, True),
    SH.zeroOrOnePath: (0, False),
}
_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)


@dataclass(frozen=True, eq=False)
class Target:
    """Which nodes a shape aims at: instances of classes, subjects or objects of predicates, single nodes."""

    shape: Node
    classes: frozenset[Term]
    subjects_of: frozenset[Term]
    objects_of: frozenset[Term]
    nodes: frozenset[Term]


@dataclass(frozen=True, eq=False)
class Unit:
    """A part of a shape that is judged by itself: a property shape of it, or the shape without these."""

    shape: Node
    target: Target


@dataclass(frozen=True)
class Atom:
    """A predicate that the verdict of a unit depends on, and the way back from it to the focus node.

    The step goes on from where ``back`` begins. ``kind`` is the class that is asked for, where the predicate
    is rdf:type and only that class matters.
    """

    unit: Unit
    back: Path
    step: Step
    kind: Term | None = None


@dataclass(frozen=True)
class Unbounded:
    """A unit of which nobody can say on what it depends, and why."""

    unit: Unit
    reason: str


@dataclass(frozen=True)
class Asked:
    """A query of a unit, in whatever shape it stands, and the way back from its $this to the focus node."""

    unit: Unit
    back: Path
    shape: Node
    query: Node


@dataclass(frozen=True)
class Plan:
    """All units of a shapes graph and what they look at."""

    targets: tuple[Target, ...]
    units: tuple[Unit, ...]
    atoms: tuple[Atom, ...]
    queries: tuple[Asked, ...]
    unbounded: tuple[Unbounded, ...]


def read_plan(shapes: rdflib.Graph) -> Plan:
    """Read the shapes graph."""
    reader = _Reader(shapes)
    targets = tuple(reader.targets())
    units = tuple(unit for target in targets for unit in reader.units(target))
    seen = [one for unit in units for one in reader.look(unit)]
    return Plan(
        targets,
        units,
        tuple(dict.fromkeys(one for one in seen if isinstance(one, Atom))),
        tuple(one for one in seen if isinstance(one, Asked)),
        tuple(one for one in seen if isinstance(one, Unbounded)),
    )


_Seen = Atom | Unbounded | Asked


class _Reader:
    def __init__(self, shapes: rdflib.Graph) -> None:
        self._shapes = shapes
        self._custom = {
            path
            for component in shapes.subjects(RDF.type, SH.ConstraintComponent)
            for parameter in shapes.objects(component, SH.parameter)
            for path in shapes.objects(parameter, SH.path)
        }

    def targets(self) -> Iterator[Target]:
        aiming = {shape for name in _TARGETS for shape in self._shapes.subjects(name)}
        classes = {RDFS.Class, *self._shapes.subjects(RDFS.subClassOf, RDFS.Class)}
        implicit = {
            shape
            for kind in (SH.NodeShape, SH.PropertyShape)
            for shape in self._shapes.subjects(RDF.type, kind)
            if classes & set(self._shapes.objects(shape, RDF.type))
        }
        for shape in sorted(aiming | implicit, key=str):
            if not self._is_off(shape):
                own = {shape} if shape in implicit else set()
                yield Target(
                    shape,
                    self._terms(shape, SH.targetClass) | _read_terms(own),
                    self._terms(shape, SH.targetSubjectsOf),
                    self._terms(shape, SH.targetObjectsOf),
                    self._terms(shape, SH.targetNode),
                )

    def units(self, target: Target) -> Iterator[Unit]:
        """Yield the property shapes of a shape, and the shape itself if it asks for anything else."""
        if (target.shape, SH.path, None) not in self._shapes:
            for part in sorted(self._shapes.objects(target.shape, SH.property), key=str):
                yield Unit(part, target)
            if not self._asks_more(target.shape):
                return
        yield Unit(target.shape, target)

    def look(self, unit: Unit) -> Iterator[_Seen]:
        """Yield everything that the verdict of a unit depends on, but whether it aims at a node."""
        yield from self._look(unit, unit.shape, HERE, ())

    def _look(self, unit: Unit, shape: Node, way: Path, around: tuple[Node, ...]) -> Iterator[_Seen]:
        if shape in around:
            yield Unbounded(unit, "the shape refers to itself")
            return
        if self._is_off(shape):
            return
        inside = (*around, shape)
        path = self._shapes.value(shape, SH.path)
        values = way if path is None else join(way, self._path(path))
        if path is not None:
            for one in occurrences(self._path(path)):
                yield Atom(unit, reverse(join(way, one.before)), one.step)
        yield from self._look_here(unit, shape, way, values)
        for inner in self._inner(shape, is_outermost=not around and shape == unit.target.shape):
            yield from self._look(unit, inner, values, inside)

    def _look_here(self, unit: Unit, shape: Node, way: Path, values: Path) -> Iterator[_Seen]:
        for partner in _PARTNERS:
            for predicate in self._terms(shape, partner):
                if isinstance(predicate, NamedNode):
                    yield Atom(unit, reverse(way), Step(predicate))
        for kind in self._terms(shape, SH["class"]):
            yield Atom(unit, reverse(values), Step(_TYPE), kind)
        if rdflib.Literal(True) in self._shapes.objects(shape, SH.closed):  # noqa: FBT003 - a term
            yield Atom(unit, reverse(values), Step(None))
        for query in self._shapes.objects(shape, SH.sparql):
            yield Asked(unit, reverse(way), shape, query)
        if self._custom & set(self._shapes.predicates(shape)):
            yield Unbounded(unit, "it has a constraint component of its own")

    def _inner(self, shape: Node, *, is_outermost: bool) -> Iterator[Node]:
        """Yield the shapes that values are given to; a target's property shapes are units of their own."""
        for parameter in _INNER:
            if not (is_outermost and parameter == SH.property and not self._is_path(shape)):
                yield from self._shapes.objects(shape, parameter)
        for parameter in _INNER_LISTS:
            for listed in self._shapes.objects(shape, parameter):
                yield from Collection(self._shapes, listed)
        if (shape, SH.qualifiedValueShapesDisjoint, None) in self._shapes:
            for parent in self._shapes.subjects(SH.property, shape):
                for sibling in self._shapes.objects(parent, SH.property):
                    yield from self._shapes.objects(sibling, SH.qualifiedValueShape)

    def _is_path(self, shape: Node) -> bool:
        return (shape, SH.path, None) in self._shapes

    def _asks_more(self, shape: Node) -> bool:
        """Tell whether a node shape has a constraint besides its property shapes."""
        quiet = {RDF.type, SH.property, SH.severity, SH.message, SH.name, SH.description, SH.order, SH.group}
        said = set(self._shapes.predicates(shape)) - quiet - set(_TARGETS)
        return any(str(name).startswith(str(SH)) or name in self._custom for name in said)

    def _is_off(self, shape: Node) -> bool:
        return any(str(value) == "true" for value in self._shapes.objects(shape, SH.deactivated))

    def _terms(self, shape: Node, parameter: Node) -> frozenset[Term]:
        return _read_terms(self._shapes.objects(shape, parameter))

    def _path(self, node: Node) -> Path:
        if isinstance(node, rdflib.URIRef):
            return Step(NamedNode(str(node)))
        if (node, RDF.first, None) in self._shapes:
            return Sequence(tuple(self._path(part) for part in Collection(self._shapes, node)))
        inverse = self._shapes.value(node, SH.inversePath)
        if inverse is not None:
            return reverse(self._path(inverse))
        listed = self._shapes.value(node, SH.alternativePath)
        if listed is not None:
            return Alternative(tuple(self._path(part) for part in Collection(self._shapes, listed)))
        for name, (least, many) in _REPEATS.items():
            inner = self._shapes.value(node, name)
            if inner is not None:
                return Repeat(self._path(inner), least, many)
        return Step(None)


def _read_terms(nodes: Iterable[Node]) -> frozenset[Term]:
    return frozenset(term for node in nodes if (term := read_node(node)) is not None)
