"""Organisations and places in the terms of SEMIC's Core Public Organisation and Core Location vocabularies.

The stated data speak our vocabulary, whose classes are narrower than those of others; this view says the same
in theirs, made anew from the data each time (docs/decisions/0019). Code lists are our own, and stand in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from crossties.formats import TURTLE
from crossties.namespaces import GRAPH
from crossties.quads import RDF_SUFFIXES, Quad, parse_bytes
from crossties.quads.writing import write_quads

#: The name of its file.
CORE: Final = "core-vocabularies.ttl"
#: The profiles that the view keeps.
PROFILES: Final = (
    "https://semiceu.github.io/CPOV/releases/2.1.2",
    "https://semiceu.github.io/Core-Location-Vocabulary/releases/2.1.0",
)
_PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "ct": "https://w3id.org/crossties/ns#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "kind": "https://w3id.org/crossties/kind/",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_GRAPH: Final = GRAPH + "core"
_HEAD: Final = "".join(f"PREFIX {name}: <{space}>\n" for name, space in _PREFIXES.items())
#: A body that holds public power: by its kind, because it governs a place, or as an organ of one that does.
_PUBLIC: Final = """?body a ct:Organisation ; ct:subOrganizationOf* ?whole .
    { ?whole ct:kind/skos:broader* kind:public-body } UNION { ?whole ct:governs ?governed }"""
_CRS: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_VIEWS: Final = (
    # Bodies: all are organisations, those with public power public ones
    "CONSTRUCT { ?body a org:Organization } WHERE { ?body a ct:Organisation }",
    f"CONSTRUCT {{ ?body a cv:PublicOrganisation }} WHERE {{ {_PUBLIC} }}",
    "CONSTRUCT { ?body skos:prefLabel ?name } WHERE { ?body a ct:Organisation ; skos:prefLabel ?name }",
    # CPOV has one other name for a language
    """CONSTRUCT { ?body skos:altLabel ?name } WHERE {
  { SELECT ?body (MIN(?other) AS ?name) WHERE { ?body a ct:Organisation ; skos:altLabel ?other }
    GROUP BY ?body (LANG(?other)) } }""",
    "CONSTRUCT { ?body dct:description ?text } WHERE { ?body a ct:Organisation ; dct:description ?text }",
    "CONSTRUCT { ?body org:classification ?kind } WHERE { ?body a ct:Organisation ; ct:kind ?kind }",
    "CONSTRUCT { ?body dct:spatial ?place } WHERE { ?body a ct:Organisation ; ct:governs|ct:serves ?place }",
    """CONSTRUCT { ?body org:subOrganizationOf ?whole . ?whole org:hasSubOrganization ?body } WHERE {
  ?body a ct:Organisation ; ct:subOrganizationOf ?whole . ?whole a ct:Organisation }""",
    # Changes by which public bodies became others
    f"""CONSTRUCT {{ ?change a org:ChangeEvent ; org:originalOrganization ?body .
  ?body org:changedBy ?change }} WHERE {{ ?change a ct:Change ; ct:before ?body . {_PUBLIC} }}""",
    f"""CONSTRUCT {{ ?change a org:ChangeEvent ; org:resultingOrganization ?body .
  ?body org:resultedFrom ?change }} WHERE {{ ?change a ct:Change ; ct:after ?body . {_PUBLIC} }}""",
    # Places: all are locations, those that are governed administrative units
    """CONSTRUCT { ?place a dct:Location ; locn:geographicName ?name } WHERE {
  ?place a ct:Place ; skos:prefLabel ?name }""",
    """CONSTRUCT { ?place rdfs:seeAlso ?address } WHERE {
  ?place a ct:Place ; skos:exactMatch ?same . BIND(STRDT(STR(?same), xsd:anyURI) AS ?address) }""",
    """CONSTRUCT { ?place a cv:AdminUnit ; rdfs:label ?name ; cv:level ?kind } WHERE {
  ?place a ct:Place ; ct:kind ?kind ; skos:prefLabel ?name .
  { ?kind skos:broader* kind:region } UNION { VALUES ?kind { kind:country kind:municipality } } }""",
    f"""CONSTRUCT {{ ?place locn:geometry ?point . ?point a locn:Geometry ; geo:asWKT ?text ;
  cv:coordinates ?pair ; cv:longitude ?longitude ; cv:latitude ?latitude ; cv:crs "{_CRS}"^^xsd:anyURI }}
WHERE {{ ?place a ct:Place ; geo:hasDefaultGeometry ?point . ?point geo:asWKT ?text .
  BIND(REPLACE(STR(?text), "^POINT *[(](.*)[)]$", "$1") AS ?pair)
  BIND(STRBEFORE(?pair, " ") AS ?longitude) BIND(STRAFTER(?pair, " ") AS ?latitude) }}""",
    # Codes of bodies are identifiers
    """CONSTRUCT { ?body adms:identifier ?code . ?code a adms:Identifier ; skos:notation ?notation } WHERE {
  ?body a ct:Organisation ; ct:code ?code . ?code skos:notation ?notation }""",
    # The code lists that are used, so that nothing has to be fetched
    """CONSTRUCT { ?concept a skos:Concept ; skos:prefLabel ?name ; skos:inScheme ?list ;
  skos:broader ?wider } WHERE { { SELECT DISTINCT ?concept WHERE {
    { ?thing a ct:Organisation } UNION { ?thing a ct:Place } ?thing ct:kind/skos:broader* ?concept } }
  ?concept skos:prefLabel ?name ; skos:inScheme ?list . OPTIONAL { ?concept skos:broader ?wider } }""",
)


def write_core(construct: Callable[[str], bytes]) -> bytes:
    """Return the view in Turtle; ``construct`` runs a query and returns its triples in N-Triples."""
    quads: set[Quad] = set()
    for view in _VIEWS:
        told = construct(_HEAD + view)
        if told:
            parsed = parse_bytes(told, rdf_format=RDF_SUFFIXES[".nt"], graph=_GRAPH, origin="the view")
            quads |= set(parsed.quads)
    return write_quads(sorted(quads, key=str), TURTLE, prefixes=_PREFIXES)
