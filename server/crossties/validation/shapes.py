"""Validate the whole graph against the shapes with pySHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyshacl
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from crossties.namespaces import SHAPES
from crossties.quads import Quad, parse_file
from crossties.validation.rdflib_terms import to_graph, to_text
from crossties.validation.report import Severity

_SEVERITIES: Final[dict[Node, Severity]] = {SH.Warning: "warning", SH.Info: "info"}
_SUFFIXES: Final = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


@dataclass(frozen=True)
class Finding:
    """What a shape or a rule says of one node of the whole graph, whichever file it is in."""

    focus: str | None
    path: str | None
    value: str | None
    severity: Severity
    message: str
    shape: str | None

    @property
    def is_of_a_rule(self) -> bool:
        """Return whether a rule of the whole graph says so, not a shape."""
        return self.shape is not None and self.shape.startswith("rules/")


def find_shape_results(quads: Iterable[Quad], shapes: Path, *, language: str) -> Iterator[Finding]:
    """Yield what the shapes in a folder find in the graph, its messages in the language or in English.

    Raises:
        InputError: a shape file is broken.
    """
    _, results, _ = pyshacl.validate(
        to_graph(quads),
        shacl_graph=_shapes_graph(shapes),
        inference="none",
        inplace=True,
        advanced=False,
        js=False,
        meta_shacl=False,
        do_owl_imports=False,
    )
    report = results.value(predicate=RDF.type, object=SH.ValidationReport)
    for result in results.objects(report, SH.result):
        yield _finding(results, result, language)


def named_terms(shapes: Path) -> set[str]:
    """Return the IRIs that the shapes name."""
    terms = (term for triple in _shapes_graph(shapes) for term in triple)
    return {str(term) for term in terms if isinstance(term, rdflib.URIRef)}


def choose_message(messages: Sequence[tuple[str, str | None]], language: str) -> str:
    """Choose among texts with their language tags: the language asked for, English, no tag, any."""
    for wanted in (language, "en", None):
        for text, tag in messages:
            if tag == wanted:
                return text
    return messages[0][0] if messages else "The shape is broken."


@lru_cache(maxsize=2)
def _shapes_graph(folder: Path) -> rdflib.Graph:
    parsed = (parse_file(path, graph=SHAPES) for path in sorted(folder.glob("*.ttl")))
    return to_graph(quad for one in parsed for quad in one.quads)


def _finding(report: rdflib.Graph, result: Node, language: str) -> Finding:
    messages = sorted(
        (str(text), text.language if isinstance(text, rdflib.Literal) else None)
        for text in report.objects(result, SH.resultMessage)
    )
    severity = report.value(result, SH.resultSeverity)
    path = report.value(result, SH.resultPath)
    return Finding(
        to_text(report.value(result, SH.focusNode)),
        None if path is None else _path_text(report, path),
        to_text(report.value(result, SH.value)),
        _SEVERITIES.get(severity, "violation") if severity else "violation",
        choose_message(messages, language),
        to_text(report.value(result, SH.sourceShape)),
    )


def _path_text(report: rdflib.Graph, path: Node) -> str:
    """Return a property's IRI alone, or a path in the notation of SPARQL."""
    if isinstance(path, rdflib.URIRef):
        return str(path)
    if (path, RDF.first, None) in report:
        return "/".join(_step_text(report, step) for step in Collection(report, path))
    return _step_text(report, path)


def _step_text(report: rdflib.Graph, step: Node) -> str:
    if isinstance(step, rdflib.URIRef):
        return f"<{step}>"
    inverse = report.value(step, SH.inversePath)
    if inverse is not None:
        return "^" + _step_text(report, inverse)
    alternatives = report.value(step, SH.alternativePath)
    if alternatives is not None:
        return "(" + "|".join(_step_text(report, one) for one in Collection(report, alternatives)) + ")"
    for predicate, suffix in _SUFFIXES.items():
        inner = report.value(step, predicate)
        if inner is not None:
            return _step_text(report, inner) + suffix
    return f"({_path_text(report, step)})" if (step, RDF.first, None) in report else "…"
