"""The IRIs that never change, and the prefixes that every answer uses."""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/crossties/"
ONTOLOGY: Final = BASE + "ns"
CT: Final = BASE + "ns#"
SHAPES: Final = BASE + "shapes#"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"
DERIVED_GRAPH: Final = GRAPH + "derived"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCT: Final = "http://purl.org/dc/terms/"
SCHEMA: Final = "https://schema.org/"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SH: Final = "http://www.w3.org/ns/shacl#"

#: Prefix → namespace, in the order in which serialisations list them.
PREFIXES: Final[dict[str, str]] = {
    "ct": CT,
    "cts": SHAPES,
    "dct": DCT,
    "geo": GEO,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}

#: The code lists, each a concept scheme whose concepts stand below it: ``theme/culture``.
LISTS: Final = (
    "theme",
    "kind",
    "role",
    "status",
    "ending",
    "mode",
    "direction",
    "stage",
    "reason",
    "measure",
)

#: The languages in which every own term and shape speaks, in order of fallback after the one asked for.
LANGUAGES: Final = ("en", "sv", "fi", "ru")

_CODE_LISTS: Final = {"kind", "role", "status", "ending", "mode", "direction", "stage", "reason", "measure"}
_BELOW_BASE: Final = {"id", "theme", "graph", "query", *_CODE_LISTS}


def compact(iri: str) -> str:
    """Shorten an IRI for people: ``ct:party``, ``id/place/kotka``; an unknown one is returned as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(BASE)


def expand(name: str) -> str | None:
    """Turn ``ct:party`` or ``id/place/kotka`` into a full IRI, or return None where it is neither."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    if colon and prefix in {"http", "https", "urn"}:
        return name
    head, slash, _ = name.partition("/")
    if slash and head in {"id", "graph", "query", *LISTS}:
        return BASE + name
    return None
