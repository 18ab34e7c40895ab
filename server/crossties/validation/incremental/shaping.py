"""What the shapes find differently because of a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import rdflib
from rdflib.term import Node

from crossties.quads import Literal, NamedNode, Term
from crossties.settings import EngineName
from crossties.validation.findings import Finding
from crossties.validation.incremental.affected import Group, Kinds, Radius, name_group
from crossties.validation.incremental.engine import Engine, Pyshacl
from crossties.validation.incremental.mirror import Terms
from crossties.validation.incremental.plan import Unit, read_plan
from crossties.validation.incremental.purrdf import Purrdf
from crossties.validation.incremental.queries import Queries
from crossties.validation.incremental.states import Difference

_REMEMBERED: Final = 100_000


@dataclass(frozen=True)
class Compared:
    """What was found at the affected nodes before and after a change, and what had to be asked in full."""

    before: frozenset[Finding]
    after: frozenset[Finding]
    nodes: frozenset[Term]
    in_full: tuple[str, ...] = ()


class Shaping:
    """The shapes of a graph, ready to judge changes."""

    def __init__(self, shapes: rdflib.Graph, engine: EngineName = "pyshacl") -> None:
        self._engine: Engine = Purrdf(shapes) if engine == "purrdf" else Pyshacl(shapes)
        plan = read_plan(shapes)
        self._radius, self._queries = Radius(plan), Queries(shapes, plan.queries)
        looking = {atom.unit for atom in plan.atoms} | {asked.unit for asked in plan.queries}
        looking |= {one.unit for one in plan.unbounded}
        self._values_only = {unit.shape for unit in plan.units} - {unit.shape for unit in looking}
        self._conforming: set[tuple[Node, Term]] = set()
        self._unbounded = [one.unit for one in plan.unbounded] + self._queries.unbounded

    @property
    def unbounded(self) -> tuple[str, ...]:
        """Return the shapes that are asked of all their nodes at every change."""
        return tuple(sorted({str(name_group(unit)) for unit in self._unbounded}))

    def compare(self, difference: Difference, *, language: str) -> Compared:
        """Judge the affected nodes before and after the change."""
        terms = Terms()
        before, after = Kinds(difference.before), Kinds(difference.after)
        groups = self._radius.find(difference, before, after)
        full = self._ask_queries(groups, difference) + self._unbounded
        for unit in full:
            for kinds in (before, after):
                groups[name_group(unit)] |= kinds.aimed_at(unit.target)
        found = [self._judge(groups, kinds, terms, language) for kinds in (before, after)]
        nodes = frozenset(node for nodes in groups.values() for node in nodes)
        return Compared(found[0], found[1], nodes, tuple(sorted({str(name_group(unit)) for unit in full})))

    def _ask_queries(self, groups: dict[Group, set[Term]], difference: Difference) -> list[Unit]:
        """Add the nodes that the queries of shapes lead to, and return the units that can't be bounded."""
        full: list[Unit] = []
        for facts, state in (
            (difference.removed, difference.before),
            (difference.added, difference.after),
        ):
            found, unbounded = self._queries.find(facts, state)
            full += unbounded
            for unit, nodes in found:
                groups[name_group(unit)] |= nodes
        return full

    def _judge(
        self, groups: dict[Group, set[Term]], kinds: Kinds, terms: Terms, language: str
    ) -> frozenset[Finding]:
        """Judge what depends on nothing but the node itself, such as how a date is written, once."""
        asked = {
            shape: {node for node in nodes if (shape, node) not in self._conforming}
            for shape, nodes in self._radius.asked(groups, kinds).items()
        }
        asked = {shape: nodes for shape, nodes in asked.items() if nodes}
        if not asked:
            return frozenset()
        found = self._engine.find(asked, kinds.state, terms, language=language)
        if len(self._conforming) < _REMEMBERED:
            told = {finding.focus for finding in found}
            self._conforming.update(
                (shape, node)
                for shape in asked.keys() & self._values_only
                for node in asked[shape]
                if isinstance(node, NamedNode | Literal) and node.value not in told
            )
        return found
