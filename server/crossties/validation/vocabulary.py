"""Find terms that no vocabulary here has: misspelt properties and classes, with the nearest known one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from crossties.intake import Intake
from crossties.namespaces import CT, SHAPES, compact
from crossties.quads import NamedNode, Quad
from crossties.validation.placing import Kind, about, subjects
from crossties.validation.report import Result
from crossties.validation.surroundings import TYPE, Surroundings, terms_of
from crossties.wording import say

_ALIKE: Final = 70
_NEARLY_THE_SAME: Final = 85


def find_unknown_terms(intakes: Sequence[Intake], around: Surroundings, language: str) -> Iterator[Result]:
    """Yield a violation for each unknown term of our own, a warning for a foreign one that looks misspelt."""
    described = {iri for intake in intakes for iri in subjects(intake)}
    unknown = {
        iri
        for iri in {iri for intake in intakes for quad in intake.quads for iri in _own_terms(quad)}
        if iri not in described and not around.is_described(iri)
    }
    own = around.own_terms() | described if unknown else set()
    odd = _misspelt(intakes, around)
    for intake in intakes:
        for quad in intake.quads:
            for iri in _own_terms(quad):
                if iri in unknown:
                    yield _unknown(intake, quad, iri, own, language)
            for iri in terms_of(quad):
                if iri in odd:
                    yield _foreign(intake, quad, iri, odd[iri], language)


def _own_terms(quad: Quad) -> list[str]:
    terms = [term.value for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)]
    return [iri for iri in terms if iri.startswith((CT, SHAPES))]


def _unknown(intake: Intake, quad: Quad, iri: str, own: set[str], language: str) -> Result:
    """Suggest classes for classes and properties for properties: their first letters tell them apart."""
    alike = {other: _local(other) for other in own if _is_class(other) == _is_class(iri) and "#" in other}
    near = process.extractOne(_local(iri), alike, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    mend = (
        say("validation.term.near", language, near=compact(near[2]))
        if near
        else say("validation.term.see", language)
    )
    return about(
        intake,
        quad,
        Kind("term", "unknown-term", "validation.term.unknown"),
        language,
        suggestion=mend,
        term=compact(iri),
    )


def _foreign(intake: Intake, quad: Quad, iri: str, near: str, language: str) -> Result:
    return about(
        intake,
        quad,
        Kind("term", "unfamiliar-term", "validation.term.foreign", "warning"),
        language,
        suggestion=say("validation.term.near", language, near=compact(near)),
        term=compact(iri),
        near=compact(near),
    )


def _misspelt(intakes: Sequence[Intake], around: Surroundings) -> dict[str, str]:
    """Return each foreign term that nobody uses, with the familiar one that it is nearly the same as."""
    used = {term for intake in intakes for quad in intake.quads for term in terms_of(quad)}
    foreign = {iri for iri in used - around.familiar if not iri.startswith((CT, SHAPES))}
    alike = {iri: near for iri in foreign if (near := _nearest(iri, around.familiar))}
    return {iri: near for iri, near in alike.items() if not _is_used(iri, around)}


def _is_used(iri: str, around: Surroundings) -> bool:
    node = NamedNode(iri)
    return around.is_stated(None, node, None) or around.is_stated(None, TYPE, node)


def _nearest(iri: str, familiar: Iterable[str]) -> str | None:
    """Look for a familiar term of the same namespace whose name is nearly the same."""
    namespace, name = _split(iri)
    alike = {other: _split(other)[1] for other in familiar if _split(other)[0] == namespace}
    near = process.extractOne(name, alike, scorer=fuzz.ratio, score_cutoff=_NEARLY_THE_SAME)
    return str(near[2]) if near else None


def _is_class(iri: str) -> bool:
    return _local(iri)[:1].isupper()


def _local(iri: str) -> str:
    return iri.partition("#")[2]


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]
