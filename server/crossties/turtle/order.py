"""The order in which properties, objects and names are written, whatever the class."""

from __future__ import annotations

import re
from typing import Final

from crossties.namespaces import BASE, PREFIXES

#: Prefix → namespace: what is shortened wherever it appears.
KNOWN_PREFIXES: Final[dict[str, str]] = {
    **PREFIXES,
    "bibo": "http://purl.org/ontology/bibo/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "vann": "http://purl.org/vocab/vann/",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
}
#: The languages, in the order in which texts are written.
TEXT_LANGUAGES: Final = ("en", "fi", "ru", "sv")

_NAMES: Final = """
rdf:type ct:kind skos:notation sh:path sh:name
dct:title foaf:name rdfs:label skos:prefLabel skos:altLabel
skos:definition dct:description dct:abstract rdfs:comment sh:description skos:scopeNote skos:example
"""
_VOCABULARY: Final = """
dct:license dct:rights dct:creator dct:contributor dct:publisher prov:wasAttributedTo
dct:language dct:created dct:issued dct:modified ct:reviewed
owl:versionIRI owl:versionInfo vann:preferredNamespacePrefix vann:preferredNamespaceUri
dct:bibliographicCitation dct:identifier bibo:status dct:source dct:subject foaf:logo
schema:includedInDataCatalog
rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range owl:inverseOf owl:disjointWith owl:members
owl:unionOf
skos:inScheme skos:topConceptOf skos:broader skos:hasTopConcept
"""
_SHAPES: Final = """
sh:targetClass sh:targetSubjectsOf sh:targetObjectsOf sh:property sh:closed sh:ignoredProperties
sh:minCount sh:maxCount sh:nodeKind sh:datatype sh:class sh:node sh:in sh:hasValue sh:languageIn
sh:uniqueLang
sh:pattern sh:minLength sh:maxLength sh:minInclusive sh:maxInclusive sh:lessThan sh:lessThanOrEquals
sh:disjoint
sh:not sh:or sh:and sh:xone sh:qualifiedValueShape sh:qualifiedMinCount sh:qualifiedMaxCount sh:severity
sh:message
"""
_THINGS: Final = """
ct:textOf
schema:foundingDate org:postIn ct:subOrganizationOf ct:governs ct:seat ct:serves
ct:partOf ct:borders ct:code ct:scheme ct:version geo:hasDefaultGeometry geo:asWKT
ct:under ct:replaces ct:renews ct:amends ct:continues ct:follows ct:implements
ct:of ct:observes ct:in ct:about ct:lists ct:concerns ct:signs ct:marks ct:before ct:after ct:formerName
ct:party ct:participant ct:represents ct:role ct:holder ct:post ct:signatory ct:inPost ct:onBehalfOf
ct:side ct:status ct:decision ct:reason ct:decidedBy
ct:measure ct:property ct:value ct:unit
ct:funder ct:recipient ct:through ct:amount ct:currency ct:approximate ct:ceiling ct:perYear
ct:sharePart ct:shareWhole ct:shareOf ct:purpose
ct:target ct:preferred ct:because ct:listed ct:asOf
ct:from ct:until ct:ending ct:seenOn ct:notified ct:date ct:notBefore ct:notAfter
ct:number ct:votesFor ct:votesAgainst ct:decides
ct:theme ct:actor ct:beneficiary ct:place ct:occasion ct:mode ct:signature ct:direction ct:stage
ct:condition
schema:url ct:readOn ct:readInPart ct:checksum
"""
_TAIL: Final = """
skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch
ct:inferred ct:inferredFrom ct:announcedIn ct:statedIn
rdfs:seeAlso rdfs:isDefinedBy vs:term_status
"""
#: Properties whose texts are sentences: written one text a line.
_SENTENCES: Final = """
skos:definition dct:description dct:abstract rdfs:comment sh:description skos:scopeNote skos:example
sh:message ct:because
"""


def expand_name(name: str) -> str:
    """Turn a name with a known prefix into an IRI."""
    prefix, _, local = name.partition(":")
    return KNOWN_PREFIXES[prefix] + local


_HEAD: Final = [expand_name(name) for name in (_NAMES + _VOCABULARY + _SHAPES + _THINGS).split()]
_RANKS: Final = {iri: rank for rank, iri in enumerate(_HEAD)} | {
    expand_name(name): len(_HEAD) + 1 + rank for rank, name in enumerate(_TAIL.split())
}
_NUMBER: Final = re.compile(r"[0-9]+")
SENTENCES: Final = frozenset(expand_name(name) for name in _SENTENCES.split())


def rank_property(iri: str) -> tuple[int, str]:
    """Return the place of a property; those that no list names come before the evidence, by their IRI."""
    return (_RANKS.get(iri, len(_HEAD)), iri)


def has_rank(iri: str) -> bool:
    """Tell whether a list gives the property its place."""
    return iri in _RANKS


def rank_language(tag: str | None) -> tuple[int, str]:
    """Return the place of a text by its language: en, fi, ru, sv, then the others."""
    known = TEXT_LANGUAGES.index(tag) if tag in TEXT_LANGUAGES else len(TEXT_LANGUAGES)
    return (known, tag or "")


def rank_iri(iri: str) -> tuple[str, ...]:
    """Return the place of an IRI: a part of a thing follows the thing, and p11 follows p3."""
    return tuple(_NUMBER.sub(_padded, step) for step in iri.removeprefix(BASE).split("/"))


def _padded(match: re.Match[str]) -> str:
    return match[0].rjust(12, "0")
