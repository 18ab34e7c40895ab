"""The engine behind the verdict: single shapes on single nodes of a graph that is only looked up.

A node is given to each shape that aims at it in the way in which pySHACL itself gives values to inner shapes;
its option ``focus_nodes``, which leaves inner nodes out too, is never used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

import rdflib
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib.term import Node

from crossties.quads import Term
from crossties.validation.engine import Data, Outcome, read_literally
from crossties.validation.findings import Finding, read_findings
from crossties.validation.incremental.mirror import Terms, mirror
from crossties.validation.incremental.states import State
from crossties.validation.incremental.still import keep_still

#: Which nodes each shape is to look at.
Asked = Mapping[Node, Collection[Term]]


class Engine(Protocol):
    """What says which nodes break the shapes in one state of the graph."""

    def find(self, asked: Asked, state: State, terms: Terms, *, language: str) -> frozenset[Finding]:
        """Return what the shapes find at the nodes; ``terms`` may be shared by states."""


class Pyshacl:
    """The reference engine; the shapes are read once."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self._shapes = shapes
        nothing = DataGraph.from_rdflib(rdflib.Graph())
        still = keep_still(read_literally(shapes))
        self._validator = Validator(nothing, shacl_graph=still, options={"inplace": True})
        self._known = {shape.node: shape for shape in self._validator.shacl_graph.shapes}

    def find(self, asked: Asked, state: State, terms: Terms, *, language: str) -> frozenset[Finding]:
        """Return what the shapes find at the nodes."""
        executor = self._validator.make_executor()
        data, results = Data(mirror(state, terms), self._shapes), []
        for shape, nodes in asked.items():
            _, found = self._known[shape].validate(
                executor, data, focus=[terms.to_node(node) for node in nodes]
            )
            results += found
        if not results:
            return frozenset()
        report, _ = Validator.create_validation_report(self._validator.shacl_graph, False, results)  # noqa: FBT003
        return frozenset(read_findings(Outcome(report, data, self._shapes), language=language))
