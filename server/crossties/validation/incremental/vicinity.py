"""What shapes look at from some nodes, looked up: enough of the graph for the same verdict on these nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rdflib.term import Node

from crossties.quads import Term
from crossties.validation.incremental.affected import SUB_CLASS, TYPE
from crossties.validation.incremental.engine import Asked
from crossties.validation.incremental.model import Fact
from crossties.validation.incremental.paths import Path, Step, reverse, walk
from crossties.validation.incremental.plan import Plan
from crossties.validation.incremental.states import State
from crossties.validation.incremental.views import View

_CLASSES: Final = Step(TYPE)


class Vicinity:
    """Knows where each shape of a plan looks; made once."""

    def __init__(self, plan: Plan) -> None:
        self._looks: dict[Path, dict[Step, set[Node]]] = defaultdict(lambda: defaultdict(set))
        for atom in plan.atoms:
            step = atom.step if atom.kind is None else _CLASSES
            self._looks[reverse(atom.back)][step].add(atom.unit.shape)

    def cut_out(self, asked: Asked, state: State) -> set[Fact]:
        """Return all triples that the verdict of the shapes on their nodes depends on, and perhaps more."""
        view = View(state, derived=False)
        for way, steps in self._looks.items():
            walked: dict[frozenset[Term], set[Term]] = {}
            for step, shapes in steps.items():
                nodes = frozenset(node for shape in shapes for node in asked.get(shape, ()))
                if nodes not in walked:
                    walked[nodes] = walk(way, nodes, view)
                found = walk(step, walked[nodes], view)
                if step == _CLASSES:
                    _see_above(found, view)
        return view.facts


def _see_above(classes: Iterable[Term], view: View) -> None:
    """Look at all that stands above the classes."""
    seen: set[Term] = set()
    edge = list(classes)
    while edge:
        one = edge.pop()
        if one not in seen:
            seen.add(one)
            edge += view.objects(one, SUB_CLASS)
