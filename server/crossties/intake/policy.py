"""What a contribution may not say, whatever its syntax: told of every statement, with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from crossties.errors import Location
from crossties.intake.limits import MAX_TOLD
from crossties.intake.model import Remark
from crossties.namespaces import CT, DERIVED_GRAPH, GRAPH, OWL, RDF, RDFS, SH, SHAPES, SKOS, XSD, compact
from crossties.quads import Literal, NamedNode, Quad, lint
from crossties.quads.lint import Part, Problem
from crossties.wording import say

#: Whose terms only their owners describe.
_TERMS: Final = (RDF, RDFS, OWL, SH, XSD, SKOS, CT, SHAPES)
_ONTOLOGY: Final = GRAPH + "ontology/"
#: Properties, and classes, that make a vocabulary or shapes out of what they are said of.
_BUILDING: Final = (OWL, SH, *(RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")))
_BUILT: Final = (OWL, SH, RDFS, RDF)
_SAME: Final = OWL + "sameAs"
_TYPE: Final = RDF + "type"

#: Finds the place of a part of a statement.
Find = Callable[[Quad, Part], Location]


def check_statements(quads: Sequence[Quad], *, graph: str, find: Find, language: str) -> Iterator[Remark]:
    """Yield a remark for each thing in the statements that the graph can't take."""
    is_vocabulary = graph.startswith(_ONTOLOGY)
    nodes: set[str] = set()
    for problem in lint(quads, allow_blank_nodes=is_vocabulary):
        node = str(problem.term) if problem.code == "blank_node" else ""
        if node not in nodes:
            yield _of_lint(problem, find, language)
        if node:
            nodes.add(node)
    if not is_vocabulary:
        yield from _of_subjects(quads, graph, find, language)
        yield from _of_building(quads, find, language)


def is_data(quad: Quad) -> bool:
    """Tell whether a statement is one that data may make: not about a vocabulary, nor the making of one."""
    subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    return not is_foreign(subject) and _building_part(quad) is None


def is_foreign(iri: str) -> bool:
    """Tell whether an IRI is a term that only the owners of its vocabulary describe."""
    return iri.startswith(_TERMS) or iri == CT.rstrip("#")


def may_name(graph: str) -> bool:
    """Tell whether an upload may be that graph: no part of the vocabulary, and nothing derived."""
    return graph != DERIVED_GRAPH and not graph.startswith(_ONTOLOGY)


def shorten(remarks: Iterable[Remark], language: str) -> Iterator[Remark]:
    """Yield the remarks, of each kind only so many, the last with the number of those left out."""
    every = list(remarks)
    counts = Counter(remark.code for remark in every)
    seen: Counter[str | None] = Counter()
    for remark in every:
        seen[remark.code] += 1
        if seen[remark.code] < MAX_TOLD or counts[remark.code] == MAX_TOLD:
            yield remark
        elif seen[remark.code] == MAX_TOLD:
            more = say("intake.and_more", language, count=counts[remark.code] - MAX_TOLD)
            yield replace(remark, message=f"{remark.message} {more}")


def _of_lint(problem: Problem, find: Find, language: str) -> Remark:
    what, mend = problem.tell(language)
    return _remark(problem.quad, what, mend, problem.code, find(problem.quad, problem.part))


def _of_subjects(quads: Sequence[Quad], graph: str, find: Find, language: str) -> Iterator[Remark]:
    told: set[str] = set()
    for quad in quads:
        if not isinstance(quad.subject, NamedNode) or quad.subject.value in told:
            continue
        told.add(quad.subject.value)
        code = _forbidden(quad.subject.value, graph)
        if code:
            values = {"iri": compact(quad.subject.value), "graph": graph}
            what, mend = (say(f"intake.{code}.{part}", language, **values) for part in ("what", "mend"))
            yield _remark(quad, what, mend, code, find(quad, "subject"))


def _of_building(quads: Sequence[Quad], find: Find, language: str) -> Iterator[Remark]:
    for quad in quads:
        part = _building_part(quad)
        if part and not (isinstance(quad.subject, NamedNode) and is_foreign(quad.subject.value)):
            term = quad.predicate if part == "property" else quad.object
            values = {"iri": compact(str(getattr(term, "value", "")))}
            what, mend = (say(f"intake.building.{one}", language, **values) for one in ("what", "mend"))
            yield _remark(quad, what, mend, "building", find(quad, part))


def _building_part(quad: Quad) -> Part | None:
    """Return the part of a statement that makes a vocabulary or shapes."""
    if quad.predicate.value.startswith(_BUILDING) and quad.predicate.value != _SAME:
        return "property"
    kind = quad.object.value if isinstance(quad.object, NamedNode) else ""
    return "object" if quad.predicate.value == _TYPE and kind.startswith(_BUILT) else None


def _forbidden(subject: str, graph: str) -> str | None:
    """Return why nothing may be said of a subject: a term of a vocabulary, or a graph that is made here."""
    if is_foreign(subject):
        return "foreign_term"
    if subject == DERIVED_GRAPH or (subject.startswith(_ONTOLOGY) and subject != graph):
        return "other_graph"
    return None


def _remark(quad: Quad, what: str, mend: str, code: str, where: Location) -> Remark:
    return Remark(
        "violation",
        what,
        where,
        mend,
        source="lint",
        focus=quad.subject.value if isinstance(quad.subject, NamedNode) else None,
        path=quad.predicate.value,
        value=quad.object.value if isinstance(quad.object, NamedNode | Literal) else None,
        code=code,
    )
