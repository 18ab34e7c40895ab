"""The engine behind the verdict: single shapes on single nodes of a graph that is only looked up.

A node is given to each shape that aims at it in the way in which pySHACL itself gives values to inner shapes;
its option ``focus_nodes``, which leaves inner nodes out too, is never used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import rdflib
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib.term import Node

from crossties.validation.engine import Outcome
from crossties.validation.findings import Finding, read_findings
from crossties.validation.incremental.still import keep_still


class Engine(Protocol):
    """What says which of the nodes break the shapes: shape → nodes, all of them in ``data``."""

    def find(
        self, asked: Mapping[Node, Iterable[Node]], data: rdflib.Graph, *, language: str
    ) -> frozenset[Finding]:
        """Return what the shapes find at the nodes."""


class Pyshacl:
    """The reference engine; the shapes are read once."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self._shapes = shapes
        nothing = DataGraph.from_rdflib(rdflib.Graph())
        self._validator = Validator(nothing, shacl_graph=keep_still(shapes), options={"inplace": True})
        self._known = {shape.node: shape for shape in self._validator.shacl_graph.shapes}

    def find(
        self, asked: Mapping[Node, Iterable[Node]], data: rdflib.Graph, *, language: str
    ) -> frozenset[Finding]:
        """Return what the shapes find at the nodes."""
        executor = self._validator.make_executor()
        results = []
        for shape, nodes in asked.items():
            _, found = self._known[shape].validate(executor, data, focus=list(nodes))
            results += found
        if not results:
            return frozenset()
        report, _ = Validator.create_validation_report(self._validator.shacl_graph, False, results)  # noqa: FBT003
        return frozenset(read_findings(Outcome(report, data, self._shapes), language=language))
