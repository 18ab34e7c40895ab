"""Plausible example values for the properties of a template, and the codes that may stand there."""

from __future__ import annotations

from typing import Final

from crossties.namespaces import BASE, CT, RDF, SKOS, XSD
from crossties.quads import Literal, iri, literal
from crossties.turtle.statements import Object
from crossties.vocabulary import OwnProperty, Use, Vocabulary

_REFERENCES: Final = {
    "Organisation": "id/organisation/your-organisation",
    "Place": "id/place/your-place",
    "Cooperation": "id/agreement/your-agreement",
    "Instrument": "id/agreement/your-agreement",
    "Framework": "id/framework/your-framework",
    "Person": "id/person/your-person",
    "Post": "id/post/your-post",
    "Event": "id/event/your-event",
    "Decision": "id/decision/your-decision",
    "StatusChange": "id/status/your-status",
    "Funding": "id/funding/your-total",
    "Code": "id/place/your-place/code/your-scheme-2026",
    "Signature": "id/signing/your-signing/signature/your-signatory",
    "ExpectedOutcome": "id/outcome/your-expected-outcome",
    "Objective": "id/plan/your-plan/objective/your-objective",
    "Provision": "id/outcome/your-expected-outcome",
    "Passage": "id/document/your-document/p1",
}
_LITERALS: Final = {
    "boolean": literal("true", "boolean"),
    "integer": literal("1", "integer"),
    "decimal": literal("1000", "decimal"),
    "date": literal("2026-05-04", "date"),
    "string": literal("your text"),
}
_SPECIAL: Final[dict[str, tuple[Object, ...]]] = {
    CT + "inferred": (iri(CT + "date"),),
    CT + "property": (iri("https://schema.org/foundingDate"),),
    CT + "checksum": (literal("0" * 64),),
    CT + "number": (literal("7/2026"),),
    CT + "unit": (literal("km"),),
    CT + "until": (literal("2027", "gYear"),),
    CT + "shareWhole": (literal("3", "integer"),),
    CT + "notAfter": (literal("2026-06", "gYearMonth"),),
    SKOS + "notation": (literal("12345"),),
    SKOS + "exactMatch": (iri("http://www.wikidata.org/entity/Q1"),),
    "https://schema.org/url": (iri("https://your-organisation.example/"),),
    "https://schema.org/foundingDate": (literal("1996", "gYear"),),
}
_TEXTS: Final = (
    ("Your text", "en"),
    ("Teksti suomeksi", "fi"),
    ("Текст по-русски", "ru"),
    ("Text på svenska", "sv"),
)
_NAMES: Final = {SKOS + "prefLabel", SKOS + "altLabel", "http://purl.org/dc/terms/description"}


class Values:
    """Knows what may stand behind a property."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def codes(self, name: str, use: Use, term: OwnProperty | None) -> list[str]:
        """Return the IRIs of the concepts that a property takes, where they are of a small code list."""
        if not (term and SKOS + "Concept" in term.range) or name == CT + "theme":
            return []
        found = list(use.codes)
        for scheme in use.schemes:
            found += [one.iri for one in self._vocabulary.lists.get(scheme.removeprefix(BASE), ())]
        listed = () if name == CT + "kind" else self._vocabulary.lists.get(name.removeprefix(CT), ())
        return found or [one.iri for one in listed]

    def example(self, name: str, use: Use, term: OwnProperty | None) -> tuple[Object, ...]:
        """Return an example value that the shapes would let pass, once what it names is described."""
        if name in _SPECIAL:
            return _SPECIAL[name]
        if name == CT + "theme":
            return (iri(BASE + "theme/culture"),)
        classes = use.classes or (term.range if term and term.is_object else ())
        reference = next((one for one in classes if one.removeprefix(CT) in _REFERENCES), None)
        codes = self.codes(name, use, term)
        if codes and (not reference or SKOS + "Concept" in classes[:1]):
            return (iri(codes[0]),)
        if classes:
            return (iri(BASE + _REFERENCES[(reference or CT + "Cooperation").removeprefix(CT)]),)
        return self._literals(name, use, term)

    def _literals(self, name: str, use: Use, term: OwnProperty | None) -> tuple[Object, ...]:
        types = use.datatypes or (term.range if term else ())
        if name in _NAMES or types[:1] == (RDF + "langString",) or RDF + "langString" in types:
            return tuple(Literal(text, language=tag) for text, tag in _TEXTS)
        if XSD + "gYear" in types:
            return (literal("2026", "gYear"),)
        for one in types:
            if one.removeprefix(XSD) in _LITERALS:
                return (_LITERALS[one.removeprefix(XSD)],)
        return (literal("your text"),)
