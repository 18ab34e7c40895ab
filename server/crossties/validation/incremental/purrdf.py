"""purrdf in front of pySHACL: it clears the nodes that break nothing, pySHACL says what the others break.

So every finding is pySHACL's own, and no verdict differs as long as purrdf misses nothing that pySHACL finds.
What stands in a query, a component of its own or a shape inside itself is left to pySHACL altogether.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, Final

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from crossties.errors import HostError
from crossties.quads import Literal, Term
from crossties.validation.findings import Finding
from crossties.validation.incremental.engine import Asked, Pyshacl
from crossties.validation.incremental.mirror import Terms, read_node
from crossties.validation.incremental.plan import Plan, read_plan
from crossties.validation.incremental.states import State
from crossties.validation.incremental.vicinity import Vicinity
from crossties.validation.rdflib_terms import to_node

_SHAPE: Final = "urn:crossties:shape:"
_ASKED: Final = "urn:crossties:asked:"
_ASKING: Final = "<urn:crossties:asking>"
_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_FOR_PEOPLE: Final = (SH.message, SH.name, SH.description, RDFS.comment, RDFS.label)
_INNER: Final = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_LISTED: Final = (SH["and"], SH["or"], SH.xone)
#: With more nodes of one shape purrdf starts threads, which a sandboxed process may not.
_AT_ONCE: Final = 1_000
_REMEMBERED: Final = 100_000


class Purrdf:
    """The accelerated engine.

    Raises:
        HostError: purrdf is not installed.
    """

    def __init__(self, shapes: rdflib.Graph) -> None:
        self._reference = Pyshacl(shapes)
        plan = read_plan(shapes)
        self._left = _find_left(plan)
        self._vicinity = Vicinity(plan)
        units = sorted({unit.shape for unit in plan.units} - self._left, key=str)
        named = _Named(shapes, units)
        self._marks = {unit: f"{_ASKED}{number}" for number, unit in enumerate(units)}
        self._inside = named.find_inside(units)
        self._prepared = _load().Shapes(named.write(self._marks)).prepare()
        self._texts: dict[Term, str] = {}

    def find(self, asked: Asked, state: State, terms: Terms, *, language: str) -> frozenset[Finding]:
        """Return what the shapes find at the nodes."""
        suspect = {shape: nodes for shape, nodes in asked.items() if shape in self._left}
        rest = {shape: nodes for shape, nodes in asked.items() if shape not in self._left}
        for some in _share_out(rest):
            for shape, nodes in self._suspect(some, state).items():
                suspect[shape] = [*suspect.get(shape, ()), *nodes]
        return self._reference.find(suspect, state, terms, language=language) if suspect else frozenset()

    def _suspect(self, asked: Asked, state: State) -> Asked:
        """Return the nodes that break something; all of them where purrdf can't say."""
        lines = [self._write(fact) for fact in self._vicinity.cut_out(asked, state)]
        for shape, nodes in asked.items():
            lines += [f"{_ASKING} <{self._marks[shape]}> {self._tell(node)} .\n" for node in nodes]
        try:
            results = self._prepared.validate_nt("".join(lines)).results
        except ValueError:
            return asked
        found: dict[Node, set[Term]] = defaultdict(set)
        for result in results:
            for shape in self._inside.get(result["source_shape"], frozenset(asked)) & asked.keys():
                focus = {node for node in asked[shape] if self._tell(node) == result["focus"]}
                found[shape] |= focus or set(asked[shape])
        return found

    def _write(self, fact: Iterable[Term]) -> str:
        subject, predicate, value = map(self._tell, fact)
        return f"{subject} {predicate} {value} .\n"

    def _tell(self, term: Term) -> str:
        """Return the term in N-Triples, a literal as pySHACL is given it."""
        text = self._texts.get(term)
        if text is None:
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
            text = self._texts[term] = str(read_node(to_node(term)) if isinstance(term, Literal) else term)
        return text


def _load() -> Any:  # noqa: ANN401 - a module that need not be there
    try:
        return import_module("purrdf.shapes")
    except ImportError as error:
        message = "The engine purrdf is not installed."
        mend = "Install crossties[fast] with Python 3.13 or newer, or leave CROSSTIES_ENGINE out."
        raise HostError(message, mend=mend) from error


def _find_left(plan: Plan) -> frozenset[Node]:
    """Return the shapes that are left to pySHACL."""
    asking = {one.unit.shape for one in plan.queries}
    return frozenset(asking | {one.unit.shape for one in plan.unbounded})


def _share_out(asked: Asked) -> Iterator[Asked]:
    """Split what is asked so that no shape has too many nodes at once."""
    waiting = {shape: iter(nodes) for shape, nodes in asked.items()}
    while some := {
        shape: taken for shape, nodes in waiting.items() if (taken := list(islice(nodes, _AT_ONCE)))
    }:
        yield some


class _Named:
    """A shapes graph whose shapes all have names, and aim at nothing but what they are asked."""

    def __init__(self, shapes: rdflib.Graph, units: Iterable[Node]) -> None:
        self._shapes = shapes
        inner = {value for name in _INNER for value in shapes.objects(None, name)}
        inner |= {
            value
            for name in _LISTED
            for listed in shapes.objects(None, name)
            for value in Collection(shapes, listed)
        }
        nameless = sorted(node for node in {*inner, *units} if isinstance(node, rdflib.BNode))
        self._names: dict[Node, Node] = {
            node: rdflib.URIRef(f"{_SHAPE}{number}") for number, node in enumerate(nameless)
        }

    def find_inside(self, units: Iterable[Node]) -> dict[str, frozenset[Node]]:
        """Return for each shape, as purrdf names it, the units whose results may be told as its own."""
        found: dict[str, set[Node]] = defaultdict(set)
        for unit in units:
            for shape in filter(None, (unit, *self._shapes.transitive_objects(unit, SH.property))):
                found[f"<{self._names.get(shape, shape)}>"].add(unit)
        return {shape: frozenset(inside) for shape, inside in found.items()}

    def write(self, marks: dict[Node, str]) -> str:
        """Return the graph in N-Triples; a unit aims at what its mark points to."""
        graph = rdflib.Graph(bind_namespaces="none")
        for subject, predicate, value in self._shapes:
            implicit = predicate == RDF.type and value == RDFS.Class
            if not implicit and predicate not in (*_TARGETS, *_FOR_PEOPLE):
                graph.add((self._names.get(subject, subject), predicate, self._names.get(value, value)))
        for unit, mark in marks.items():
            graph.add((self._names.get(unit, unit), SH.targetObjectsOf, rdflib.URIRef(mark)))
        return graph.serialize(format="nt")
