"""The reference engine, pySHACL, behind a small interface: two graphs in, a report graph out.

Only graphs are ever given to it: text would be taken for an address and fetched. It imports nothing, runs no
scripts and adds nothing to the data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final, cast

import pyshacl
import rdflib
from pyshacl.graph_abstraction import DataGraph
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from pyshacl.shape import Shape
from pyshacl.validator import Validator
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from crossties.errors import InputError
from crossties.namespaces import SHAPES

# pySHACL refuses a query that names $shapesGraph: here the graph that is asked knows it
SPARQLQueryHelper.bind_sg_regex = re.compile("(?!)")
#: What rdflib's ``Graph.query`` may be given without a name.
_GIVEN: Final = ("processor", "result", "initNs", "initBindings", "use_store_provided")


@dataclass(frozen=True)
class Outcome:
    """What the engine said of ``data`` under ``shapes``: a graph with one sh:ValidationReport."""

    report: rdflib.Graph
    data: rdflib.Graph
    shapes: rdflib.Graph

    @property
    def results(self) -> list[Node]:
        """Return the nodes of the results of the report itself, not of those below them."""
        node = self.report.value(predicate=RDF.type, object=SH.ValidationReport)
        return list(self.report.objects(node, SH.result))

    @cached_property
    def bench(self) -> Bench:
        """Return what tries single shapes on single nodes."""
        return Bench(self.data, self.shapes)


def run_engine(data: rdflib.Graph, shapes: rdflib.Graph) -> Outcome:
    """Validate the data against the shapes; what ontology there is belongs among the data.

    Raises:
        InputError: the shapes ask for what can't be evaluated, such as a query that SHACL forbids.
    """
    _, report, _ = pyshacl.validate(
        Data(data, shapes),
        shacl_graph=read_literally(shapes),
        inference="none",
        inplace=True,
        advanced=False,
        js=False,
        meta_shacl=False,
        do_owl_imports=False,
    )
    if not isinstance(report, rdflib.Graph):
        message = f"The shapes can't be evaluated: {getattr(report, 'message', report)}."
        raise InputError(message, mend="Correct the shape that this tells of.")
    return Outcome(report, data, shapes)


class _Both(rdflib.Dataset):
    """A dataset that rdflib's own queries may ask for its default graph without being warned of it."""

    default_context = rdflib.Dataset.default_graph


class Data(rdflib.Graph):
    """A data graph whose queries can see the shapes, apart from it, as GRAPH $shapesGraph."""

    def __init__(self, data: rdflib.Graph, shapes: rdflib.Graph) -> None:
        super().__init__(data.store, data.identifier, bind_namespaces="none")
        self._shapes = shapes

    def query(self, query_object: Any, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - rdflib's
        """Answer a query; only for one that names $shapesGraph both graphs are copied."""
        if "shapesGraph" not in str(query_object):
            return super().query(query_object, *given, **more)
        told = dict(zip(_GIVEN, given, strict=False)) | more
        bound = {**(told.pop("initBindings", None) or {}), "shapesGraph": rdflib.URIRef(SHAPES)}
        return self._both.query(query_object, **told, initBindings=bound)

    @cached_property
    def _both(self) -> rdflib.Dataset:
        both = _Both()
        for graph, copy in ((self, both.default_graph), (self._shapes, both.graph(rdflib.URIRef(SHAPES)))):
            for triple in graph:
                copy.add(triple)
        return both


def read_literally(shapes: rdflib.Graph) -> rdflib.Graph:
    """Leave out sh:uniqueLang "1": SHACL asks for the literal true, and pySHACL takes every true value."""
    odd = [
        triple
        for triple in shapes.triples((None, SH.uniqueLang, None))
        if str(triple[2]) not in {"true", "false"}
    ]
    if not odd:
        return shapes
    copy = rdflib.Graph(bind_namespaces="none")
    copy += shapes
    for triple in odd:
        copy.remove(triple)
    return copy


@lru_cache(maxsize=2)
def prepare(shapes: rdflib.Graph) -> Validator:
    """Read a shapes graph, which must not be altered any more, for many runs on single nodes."""
    return Validator(DataGraph.from_rdflib(rdflib.Graph()), shacl_graph=shapes, options={"inplace": True})


class Bench:
    """Tries single shapes on single nodes, to tell why a node is not what is asked for."""

    def __init__(self, data: rdflib.Graph, shapes: rdflib.Graph) -> None:
        self._data = DataGraph.from_rdflib(data)
        self._validator = prepare(shapes)
        self._known = {shape.node: shape for shape in self._validator.shacl_graph.shapes}
        self._tried: dict[tuple[Node, Node], list[Node] | None] = {}

    def try_shape(self, shape: Node, node: Node) -> list[Node] | None:
        """Return the results of a shape on a node, which ``report`` holds, or None where it conforms."""
        if (shape, node) not in self._tried:
            self._tried[shape, node] = self._try(shape, node)
        return self._tried[shape, node]

    def _try(self, shape: Node, node: Node) -> list[Node] | None:
        known = self._shape(shape)
        conforms, found = known.validate(self._validator.make_executor(), self._data, focus=cast("Any", node))
        if conforms and not found:
            return None
        graph, _ = Validator.create_validation_report(self._validator.shacl_graph, False, found)  # noqa: FBT003
        self.report += graph
        return [result for _, result, _ in found]

    @cached_property
    def report(self) -> rdflib.Graph:
        """Return the graph that holds every result of ``try_shape``."""
        return rdflib.Graph(bind_namespaces="none")

    def count_values(self, shape: Node, focus: Node) -> int:
        """Return how many values the path of a property shape leads to."""
        found = self._shape(shape).value_nodes(self._data, [focus])
        return sum(len(values) for values in found.values())

    def values(self, shape: Node, focus: Node) -> list[Node]:
        """Return the values that the path of a property shape leads to."""
        found = self._shape(shape).value_nodes(self._data, [focus])
        return [value for values in found.values() for value in values]

    def _shape(self, node: Node) -> Shape:
        return self._validator.shacl_graph.lookup_shape_from_node(node)
