"""Find terms that no vocabulary here has: misspelt properties and classes, with the nearest known one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from crossties.namespaces import CT, RDF, SHAPES, compact
from crossties.quads import NamedNode, Quad
from crossties.validation.files import File
from crossties.validation.report import Result

_TYPE: Final = RDF + "type"
_ALIKE: Final = 60
_NEARLY_THE_SAME: Final = 85


def find_unknown_terms(files: Sequence[File], shipped: Sequence[File], shapes: set[str]) -> Iterator[Result]:
    """Yield a violation for each unknown term of our own, a warning for a foreign one that looks misspelt.

    ``shapes`` are the IRIs that the shapes name: foreign terms among them are familiar.
    """
    own = {iri for file in (*shipped, *files) for iri in file.subjects if iri.startswith((CT, SHAPES))}
    familiar = shapes | {term for file in shipped for quad in file.quads for term in _terms(quad)}
    for file in files:
        for quad in file.quads:
            for iri in _own_terms(quad):
                if iri not in own:
                    yield _unknown(file, quad, iri, own)
            for iri in _terms(quad):
                near = None if iri in familiar or iri.startswith((CT, SHAPES)) else _misspelt(iri, familiar)
                if near:
                    yield _foreign(file, quad, iri, near)


def _own_terms(quad: Quad) -> list[str]:
    terms = [term.value for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)]
    return [iri for iri in terms if iri.startswith((CT, SHAPES))]


def _terms(quad: Quad) -> Iterator[str]:
    """Yield the property of a triple, and its class where it gives one."""
    yield quad.predicate.value
    if quad.predicate.value == _TYPE and isinstance(quad.object, NamedNode):
        yield quad.object.value


def _unknown(file: File, quad: Quad, iri: str, own: set[str]) -> Result:
    """Suggest classes for classes and properties for properties: their first letters tell them apart."""
    name = iri.partition("#")[2]
    alike = {other: other.partition("#")[2] for other in own if _is_class(other) == _is_class(iri)}
    near = process.extractOne(name, alike, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    mend = f"Did you mean {compact(near[2])}?" if near else "See the vocabulary for the terms that there are."
    return _result(file, quad, "violation", f"The vocabulary has no term {compact(iri)}.", mend)


def _is_class(iri: str) -> bool:
    return iri.partition("#")[2][:1].isupper()


def _misspelt(iri: str, familiar: set[str]) -> str | None:
    """Look for a familiar term of the same namespace whose name is nearly the same."""
    namespace, name = _split(iri)
    alike = {other: _split(other)[1] for other in familiar if _split(other)[0] == namespace}
    near = process.extractOne(name, alike, scorer=fuzz.ratio, score_cutoff=_NEARLY_THE_SAME)
    return str(near[2]) if near else None


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


def _foreign(file: File, quad: Quad, iri: str, near: str) -> Result:
    message = f"{compact(iri)} is used nowhere else here, and looks like {compact(near)}."
    return _result(file, quad, "warning", message, f"Did you mean {compact(near)}?")


def _result(file: File, quad: Quad, severity: str, message: str, suggestion: str) -> Result:
    return Result(
        file.origin,
        "warning" if severity == "warning" else "violation",
        message,
        "term",
        focus=quad.subject.value if isinstance(quad.subject, NamedNode) else None,
        path=quad.predicate.value,
        value=getattr(quad.object, "value", None),
        suggestion=suggestion,
    )
