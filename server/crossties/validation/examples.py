"""Find what a template gave as an example and nobody replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from crossties.authoring.kinds import YOUR
from crossties.intake import Intake
from crossties.namespaces import compact
from crossties.quads import NamedNode, Quad, Term
from crossties.validation.placing import Kind, about
from crossties.validation.report import Result
from crossties.wording import say

_IRI: Final = re.compile(rf"[/#]{YOUR}")
_TEXT: Final = re.compile(rf"your text|Your [a-z]|.*\b{YOUR}[a-z]")


def find_examples(intakes: Sequence[Intake], language: str) -> Iterator[Result]:
    """Yield a violation for each example address that is left, a warning for each example text."""
    for intake in intakes:
        told: set[str] = set()
        for quad in intake.quads:
            found = next((term for term in (quad.subject, quad.object) if _is_example(term)), None)
            value = getattr(found, "value", "")
            if found is not None and value not in told:
                told.add(value)
                yield _result(intake, quad, found, language)


def is_example(iri: str | None) -> bool:
    """Tell whether an address is one of a template."""
    return iri is not None and bool(_IRI.search(iri))


def _is_example(term: Term) -> bool:
    value = getattr(term, "value", "")
    if isinstance(term, NamedNode):
        return bool(_IRI.search(value))
    return hasattr(term, "datatype") and bool(_TEXT.match(value))


def _result(intake: Intake, quad: Quad, term: Term, language: str) -> Result:
    return about(
        intake,
        quad,
        Kind(
            "example",
            "placeholder",
            "validation.example.what",
            "violation" if isinstance(term, NamedNode) else "warning",
        ),
        language,
        suggestion=say("validation.example.mend", language),
        value=compact(getattr(term, "value", "")),
    )
