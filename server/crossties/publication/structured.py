"""Pages in the words of schema.org, as JSON-LD that the server writes into the HTML."""

from __future__ import annotations

import json
from typing import Any, Final

from crossties.namespaces import CT, DCT, SCHEMA, SKOS
from crossties.publication.dataset import DESCRIPTIONS, KEYWORDS, TITLES, dataset_iri
from crossties.publication.descriptions import Description, Statement
from crossties.publication.hosts import LICENSE, MAKER, Host
from crossties.releases import Release

#: Classes of ours, and what schema.org calls their members; anything else is a Thing.
_TYPES: Final = {
    CT + "Place": "Place",
    CT + "Organisation": "Organization",
    CT + "Person": "Person",
    CT + "Event": "Event",
    CT + "Signing": "Event",
    CT + "Project": "Project",
    CT + "Funding": "Grant",
    CT + "Service": "Service",
    CT + "Activity": "Action",
    CT + "ActionPlan": "CreativeWork",
    CT + "Agreement": "CreativeWork",
    CT + "Document": "DigitalDocument",
    SKOS + "Concept": "DefinedTerm",
    SKOS + "ConceptScheme": "DefinedTermSet",
}
_TEXTS: Final = (DCT + "description", SKOS + "definition", SKOS + "scopeNote")
_SAME: Final = (SKOS + "exactMatch",)


def describe_thing(host: Host, thing: Description) -> str:
    """Return the JSON-LD of a page about a thing."""
    kind = next((_TYPES[one] for one in thing.types if one in _TYPES), "Thing")
    entity: dict[str, Any] = {
        "@type": kind,
        "@id": thing.iri,
        "name": thing.label,
        "alternateName": sorted({one.text for one in thing.names if one.text != thing.label}),
        "description": _texts(thing.statements),
        "sameAs": _iris(thing.statements),
        "url": host.locate(thing.iri),
    }
    return _write(host, {"@type": "ItemPage", "name": thing.label, "mainEntity": _filled(entity)}, thing.iri)


def describe_document(host: Host, iri: str, *, name: str, about: str, kind: str = "WebPage") -> str:
    """Return the JSON-LD of a page that is itself what it describes: the vocabulary, a graph, a release."""
    return _write(host, {"@type": kind, "name": name, "description": about}, iri)


def write_structured(told: dict[str, Any]) -> str:
    """Return JSON-LD that can stand in HTML."""
    text = json.dumps({"@context": SCHEMA.rstrip("/")} | told, ensure_ascii=False, sort_keys=True)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _write(host: Host, told: dict[str, Any], iri: str) -> str:
    maker = {"@type": "Organization", "@id": host.iri(MAKER), "name": "crossties contributors"}
    common = {
        "@id": iri,
        "identifier": iri,
        "license": LICENSE,
        "creator": maker,
        "publisher": maker,
        "isPartOf": {"@type": "Dataset", "@id": host.iri("catalog#dataset"), "name": "crossties"},
    }
    return write_structured(common | told)


def _texts(statements: tuple[Statement, ...]) -> str:
    texts = [
        one.text for name in _TEXTS for said in statements if said.property == name for one in said.values
    ]
    return texts[0] if texts else ""


def _iris(statements: tuple[Statement, ...]) -> list[str]:
    return [one.iri for said in statements if said.property in _SAME for one in said.values]


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in ("", [])}


def describe_catalog(host: Host, current: Release) -> str:
    """Return the JSON-LD of the page of the whole dataset: with its files, as dataset searches read it."""
    maker = {"@type": "Organization", "@id": host.iri(MAKER), "name": "crossties contributors"}
    files = [
        {
            "@type": "DataDownload",
            "name": one.name,
            "description": one.about,
            "contentUrl": host.address(f"dump/{one.name}"),
            "encodingFormat": one.media_type,
            "contentSize": f"{one.size} B",
            "sha256": one.sha256,
        }
        for one in current.files
    ]
    told = {
        "@type": "Dataset",
        "@id": dataset_iri(host),
        "identifier": dataset_iri(host),
        "url": host.address("catalog"),
        "name": TITLES["en"],
        "alternateName": [TITLES[tag] for tag in ("fi", "ru", "sv")],
        "description": DESCRIPTIONS["en"],
        "keywords": list(KEYWORDS["en"]),
        "license": LICENSE,
        "isAccessibleForFree": True,
        "conditionsOfAccess": "open to everybody",
        "creator": maker,
        "publisher": maker,
        "dateModified": current.created,
        "datePublished": current.created,
        "inLanguage": ["en", "fi", "ru", "sv"],
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": host.iri("catalog"), "name": "crossties"},
        "distribution": files,
    }
    return write_structured(told)
