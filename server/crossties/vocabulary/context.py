"""The JSON-LD context: a short name for each class and property, with what its values are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from crossties.namespaces import DCT, GEO, RDF, RDFS, SCHEMA, SKOS, XSD
from crossties.turtle.order import KNOWN_PREFIXES
from crossties.vocabulary.terms import OwnProperty, Vocabulary

THING: Final = "@id"
TEXTS: Final = "@language"
_DATE: Final = XSD + "date"
_ORG: Final = "http://www.w3.org/ns/org#"
#: Reused properties and what their values are: things, texts by language, a datatype, or "" for plain text.
_REUSED: Final = {
    SKOS + "prefLabel": TEXTS,
    SKOS + "altLabel": TEXTS,
    SKOS + "definition": TEXTS,
    SKOS + "scopeNote": TEXTS,
    SKOS + "example": TEXTS,
    SKOS + "notation": "",
    SKOS + "inScheme": THING,
    SKOS + "broader": THING,
    SKOS + "topConceptOf": THING,
    SKOS + "hasTopConcept": THING,
    SKOS + "exactMatch": THING,
    SKOS + "closeMatch": THING,
    DCT + "title": TEXTS,
    DCT + "description": TEXTS,
    DCT + "publisher": THING,
    DCT + "language": "",
    DCT + "created": _DATE,
    DCT + "issued": _DATE,
    SCHEMA + "url": THING,
    SCHEMA + "foundingDate": _DATE,
    GEO + "asWKT": GEO + "wktLiteral",
    GEO + "hasDefaultGeometry": THING,
    _ORG + "postIn": THING,
    RDFS + "label": TEXTS,
}
_REUSED_CLASSES: Final = (SKOS + "Concept", SKOS + "ConceptScheme", GEO + "Geometry")


@dataclass(frozen=True)
class Names:
    """The short names: IRI → name of each class and property, and IRI → what the values of a property are."""

    classes: dict[str, str]
    properties: dict[str, str]
    values: dict[str, str]

    def shorten(self, iri: str) -> str:
        """Return the short name of a property or class, else the IRI with a prefix, else the IRI."""
        return self.properties.get(iri) or self.classes.get(iri) or with_prefix(iri)


def read_names(vocabulary: Vocabulary) -> Names:
    """Return the short names of all own terms, and of the reused ones whose names they leave free."""
    classes = {iri: one.name for iri, one in vocabulary.classes.items()}
    properties = {iri: one.name for iri, one in vocabulary.properties.items()}
    taken = {*classes.values(), *properties.values(), *KNOWN_PREFIXES, "id", "type"}
    for iri in _REUSED_CLASSES:
        classes[iri] = _local(iri)
    for iri in _REUSED:
        if _local(iri) not in taken:
            properties[iri] = _local(iri)
    values = {iri: _values(one) for iri, one in vocabulary.properties.items()}
    return Names(
        classes, properties, values | {iri: kind for iri, kind in _REUSED.items() if iri in properties}
    )


def make_context(vocabulary: Vocabulary) -> dict[str, object]:
    """Return the context as JSON-LD has it (JSON-LD 1.1, 9.15), its keys sorted."""
    names = read_names(vocabulary)
    context: dict[str, object] = {"id": "@id", "type": "@type", **KNOWN_PREFIXES}
    context |= {name: with_prefix(iri) for iri, name in names.classes.items()}
    context |= {name: _definition(iri, names.values[iri]) for iri, name in names.properties.items()}
    return dict(sorted(context.items()))


def write_context(vocabulary: Vocabulary) -> str:
    """Return the context as the text of ``ontology/context.jsonld``."""
    return json.dumps({"@context": make_context(vocabulary)}, ensure_ascii=False, indent=2) + "\n"


def with_prefix(iri: str) -> str:
    """Return an IRI with its prefix, where it has one."""
    for prefix, namespace in KNOWN_PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _values(one: OwnProperty) -> str:
    """Return what the values of a property are; where several types may stand, a date if it may be one."""
    if one.is_object:
        return THING
    if one.range == (RDF + "langString",):
        return TEXTS
    types = [iri for iri in one.range if iri.startswith(XSD) and iri != XSD + "string"]
    return types[0] if len(one.range) == 1 and types else ""


def _definition(iri: str, kind: str) -> dict[str, str] | str:
    if kind == TEXTS:
        return {"@container": TEXTS, "@id": with_prefix(iri)}
    if kind:
        return {"@id": with_prefix(iri), "@type": kind if kind == THING else with_prefix(kind)}
    return with_prefix(iri)


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
