"""The queries of sh:sparql: from a changed triple to the nodes whose answers it can alter."""

from __future__ import annotations

from collections.abc import Iterable

import rdflib
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.errors import ConstraintLoadError, ValidationFailure
from rdflib.term import Node

from crossties.quads import Term
from crossties.validation.engine import prepare
from crossties.validation.incremental.matching import UnboundedError
from crossties.validation.incremental.model import Fact
from crossties.validation.incremental.paths import walk
from crossties.validation.incremental.plan import Asked, Unit
from crossties.validation.incremental.reaching import Reach
from crossties.validation.incremental.sketch import UnreadableError
from crossties.validation.incremental.sketching import read_sketch
from crossties.validation.incremental.states import State
from crossties.validation.incremental.views import View

_ANYTHING = rdflib.URIRef("urn:crossties:this")


class Queries:
    """The queries of all units; ``unbounded`` are the units with one that nobody can bound."""

    def __init__(self, shapes: rdflib.Graph, queries: Iterable[Asked]) -> None:
        self._bounded: list[tuple[Asked, Reach]] = []
        self.unbounded: list[Unit] = []
        for asked in queries:
            try:
                sketch = read_sketch(_read_text(shapes, asked.shape, asked.query))
                self._bounded.append((asked, Reach(sketch, "this")))
            except UnreadableError:
                self.unbounded.append(asked.unit)

    def find(self, facts: Iterable[Fact], state: State) -> tuple[list[tuple[Unit, set[Term]]], list[Unit]]:
        """Return the focus nodes of each unit that the triples can concern, and the units to ask in full."""
        found: list[tuple[Unit, set[Term]]] = []
        full: list[Unit] = []
        view = View(state, derived=False)
        for asked, reach in self._bounded:
            try:
                nodes = reach.find(facts, (), view)
            except UnboundedError:
                full.append(asked.unit)
                continue
            if nodes:
                found.append((asked.unit, walk(asked.back, nodes, state)))
        return found, full


def _read_text(shapes: rdflib.Graph, shape: Node, query: Node) -> str:
    """Return the query with its prefixes, and the path of its shape in the place of $PATH."""
    known = next(one for one in prepare(shapes).shacl_graph.shapes if one.node == shape)
    try:
        helpers = SPARQLBasedConstraint(known).sparql_constraints
        helper = next(one for one in helpers if one.node == query)
        _, text = helper.pre_bind_variables(_ANYTHING)
    except (ConstraintLoadError, ValidationFailure) as error:
        raise UnreadableError from error
    if "shapesGraph" in text or "currentShape" in text:
        raise UnreadableError
    return str(helper.apply_prefixes(text))
