"""What a shape or a rule says of one node, read from the report of an engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from crossties.intake import Severity
from crossties.validation.constraints import generate_texts, name_component, name_shape
from crossties.validation.engine import Outcome
from crossties.validation.naming import compact_path
from crossties.validation.paths import write_path
from crossties.validation.rdflib_terms import to_text
from crossties.validation.texts import Texts, choose_message

_SEVERITIES: Final[dict[Node, Severity]] = {SH.Warning: "warning", SH.Info: "info"}
_INNER: Final = {
    "Node": (SH.node, False),
    "And": (SH["and"], True),
    "Or": (SH["or"], True),
    "Xone": (SH.xone, True),
}
_DEEPEST: Final = 3


@dataclass(frozen=True)
class Finding:
    """What a shape or a rule says of one node of the whole graph, whichever file it is in.

    ``component`` is the constraint that is broken, ``details`` the reasons inside it, ``texts`` the message
    in every language that there is one in.
    """

    focus: str | None
    path: str | None
    value: str | None
    severity: Severity
    message: str
    shape: str | None
    component: str | None = None
    details: tuple[str, ...] = ()
    texts: Texts = ()

    @property
    def is_of_a_rule(self) -> bool:
        """Return whether a rule of the whole graph says so, not a shape."""
        return self.shape is not None and self.shape.startswith("rules/")


def read_findings(outcome: Outcome, *, language: str) -> Iterator[Finding]:
    """Yield each result of an engine's report, its message in the language or in English."""
    for result in outcome.results:
        yield _read(outcome, outcome.report, result, language, depth=0)


def _read(outcome: Outcome, report: rdflib.Graph, result: Node, language: str, *, depth: int) -> Finding:
    severity = report.value(result, SH.resultSeverity)
    path = report.value(result, SH.resultPath)
    component = name_component(report.value(result, SH.sourceConstraintComponent))
    texts = _texts(outcome, report, result)
    return Finding(
        to_text(report.value(result, SH.focusNode)),
        None if path is None else write_path(report, path),
        to_text(report.value(result, SH.value)),
        _SEVERITIES.get(severity, "violation") if severity else "violation",
        choose_message(texts, language),
        name_shape(outcome.shapes, report.value(result, SH.sourceShape)),
        component,
        tuple(_details(outcome, report, result, language, component=component, depth=depth)),
        tuple((tag or "", text) for tag, text in texts),
    )


def _texts(outcome: Outcome, report: rdflib.Graph, result: Node) -> list[tuple[str | None, str]]:
    """Return the message of the shape or of its query in every language, else a generated one."""
    shape, constraint = report.value(result, SH.sourceShape), report.value(result, SH.sourceConstraint)
    component = report.value(result, SH.sourceConstraintComponent)
    validators = [
        one
        for name in (SH.validator, SH.nodeValidator, SH.propertyValidator)
        for one in outcome.shapes.objects(component, name)
    ]
    speakers = [shape, constraint, component, *validators]
    if any((one, SH.message, None) in outcome.shapes for one in speakers if one is not None):
        return sorted(
            (
                (text.language if isinstance(text, rdflib.Literal) else None, str(text))
                for text in report.objects(result, SH.resultMessage)
            ),
            key=lambda pair: (pair[0] or "", pair[1]),
        )
    return list(generate_texts(outcome, result, report))


def _details(
    outcome: Outcome, report: rdflib.Graph, result: Node, language: str, *, component: str, depth: int
) -> Iterator[str]:
    """Yield which of the inner constraints failed, and why."""
    if component not in _INNER or depth >= _DEEPEST:
        return
    shape, value = report.value(result, SH.sourceShape), report.value(result, SH.value)
    if shape is None or value is None:
        return
    parameter, listed = _INNER[component]
    for given in outcome.shapes.objects(shape, parameter):
        inner = list(Collection(outcome.shapes, given)) if listed else [given]
        for one in inner:
            yield from _reasons(outcome, one, value, language, depth=depth + 1)


def _reasons(outcome: Outcome, shape: Node, value: Node, language: str, *, depth: int) -> Iterator[str]:
    found = outcome.bench.try_shape(shape, value)
    for result in found or ():
        inner = _read(outcome, outcome.bench.report, result, language, depth=depth)
        path = compact_path(inner.path) if inner.path else ""
        about = f"{path}: " if path and path not in inner.message else ""
        yield from inner.details or (about + inner.message,)
