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
from crossties.quads import NamedNode, Quad, lint
from crossties.quads.lint import Part, Problem
from crossties.wording import say

#: Whose terms only their owners describe.
_TERMS: Final = (RDF, RDFS, OWL, SH, XSD, SKOS, CT, SHAPES)
_ONTOLOGY: Final = GRAPH + "ontology/"

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


def _forbidden(subject: str, graph: str) -> str | None:
    """Return why nothing may be said of a subject: a term of a vocabulary, or a graph that is made here."""
    if subject.startswith(_TERMS) or subject == CT.rstrip("#"):
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
        value=str(quad.object.value) if hasattr(quad.object, "value") else None,
        code=code,
    )
