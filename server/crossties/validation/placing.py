"""Make results that know their place in what was sent."""

from __future__ import annotations

from dataclasses import dataclass

from crossties.errors import Location
from crossties.intake import Intake, Severity
from crossties.quads import NamedNode, Quad, Term
from crossties.validation.report import Result
from crossties.validation.texts import choose_message, say_all


@dataclass(frozen=True)
class Kind:
    """One kind of result: the step that finds it, its name for machines, its sentence, how grave it is."""

    source: str
    code: str
    key: str
    severity: Severity = "violation"


def subjects(intake: Intake) -> frozenset[str]:
    """Return the IRIs that an upload describes."""
    return frozenset(quad.subject.value for quad in intake.quads if isinstance(quad.subject, NamedNode))


def about(
    intake: Intake, quad: Quad, kind: Kind, language: str, suggestion: str | None = None, **values: object
) -> Result:
    """Return a result on one statement of an upload; ``values`` are filled into its sentence."""
    texts = say_all(kind.key, **values)
    made = Result(
        intake.origin,
        kind.severity,
        choose_message(texts, language),
        kind.source,
        focus=text_of(quad.subject),
        path=quad.predicate.value,
        value=text_of(quad.object),
        suggestion=suggestion,
        code=kind.code,
        texts=texts,
    )
    return made.at(place_of(intake, quad))


def place_of(intake: Intake, quad: Quad) -> Location | None:
    """Return where a statement stands."""
    return intake.places.statements.get(quad)


def text_of(term: Term) -> str | None:
    """Return an IRI in full or the text of a literal, and None for a node without a name."""
    return (
        term.value
        if isinstance(term, NamedNode)
        else getattr(term, "value", None)
        if _is_literal(term)
        else None
    )


def _is_literal(term: Term) -> bool:
    return hasattr(term, "datatype")
