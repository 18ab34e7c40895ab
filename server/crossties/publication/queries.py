"""The queries behind a page and the data about a thing.

The convenience layer is for questions, not for readers: of the derived statements only those stay that a
person would miss.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from crossties.namespaces import CT, DCT, DERIVED_GRAPH, RDF, RDFS, SKOS
from crossties.quads import iri, to_text

#: Classes whose members say something about other things, and are told in full where those are described.
FACTS: Final = frozenset(
    CT + name
    for name in (
        *("Change", "Claim", "Code", "Decision", "Funding", "Listing", "Observation", "Participation"),
        *("Signature", "Signing", "StatusChange", "Tenure"),
    )
)
#: Things of each group on a page; the rest stands on the pages after it.
SHOWN: Final = 50
#: Things that point here in one page of data.
SENT: Final = 100
_PREFIXES: Final = f"PREFIX ct: <{CT}>\nPREFIX dct: <{DCT}>\nPREFIX rdfs: <{RDFS}>\nPREFIX skos: <{SKOS}>\n"
_KEPT: Final = f"ct:party, ct:statusNow, ct:document, ct:paragraph, skos:prefLabel, <{RDF}type>"
_PLAIN: Final = f"""FILTER(?property IN ({_KEPT}) || NOT EXISTS {{
    GRAPH <{DERIVED_GRAPH}> {{ ?node ?property ?value }} }})"""
_NAMED: Final = "EXISTS { ?node skos:prefLabel|rdfs:label|dct:title ?name }"
_PARTS: Final = f"""?whole ?link ?node .
    FILTER(STRSTARTS(STR(?node), CONCAT(STR(?whole), "/")) && !{_NAMED})"""
_LABELS: Final = "OPTIONAL {{ ?property {0} ?propertyLabel }} OPTIONAL {{ ?value {0} ?valueLabel }}"


def exists_query(address: str) -> str:
    """Ask whether anything is said of a thing."""
    return f"ASK {{ {_term(address)} ?property ?value }}"


def own_query(address: str, label: str) -> str:
    """Select the statements of a thing and of the unnamed parts that hang below it."""
    this = _term(address)
    return f"""{_PREFIXES}SELECT DISTINCT ?node ?property ?propertyLabel ?value ?valueLabel WHERE {{
  {{ VALUES ?node {{ {this} }} ?node ?property ?value }}
  UNION {{ VALUES ?whole {{ {this} }} {_PARTS} ?node ?property ?value }}
  {_PLAIN} {_LABELS.format(label)}
}}"""


def facts_query(nodes: Iterable[str], label: str) -> str:
    """Select the statements of several facts, and of the parts that hang below them."""
    listed = " ".join(map(_term, nodes))
    return f"""{_PREFIXES}SELECT DISTINCT ?node ?property ?propertyLabel ?value ?valueLabel WHERE {{
  {{ VALUES ?node {{ {listed} }} ?node ?property ?value }}
  UNION {{ VALUES ?whole {{ {listed} }} {_PARTS} ?node ?property ?value }}
  {_PLAIN} {_LABELS.format(label)}
}}"""


def count_query(address: str, label: str) -> str:
    """Select the properties and classes by which things point here, with their counts."""
    return f"""{_PREFIXES}SELECT ?property ?propertyLabel ?kind ?kindLabel
  (COUNT(DISTINCT ?node) AS ?count) WHERE {{
  VALUES ?value {{ {_term(address)} }}
  ?node ?property ?value . FILTER(isIRI(?node)) {_PLAIN}
  OPTIONAL {{ ?node a ?kind OPTIONAL {{ ?kind {label} ?kindLabel }} }}
  OPTIONAL {{ ?property {label} ?propertyLabel }}
}}
GROUP BY ?property ?propertyLabel ?kind ?kindLabel
ORDER BY ?propertyLabel ?property ?kindLabel ?kind"""


def group_query(address: str, label: str, groups: Iterable[tuple[str, str]], *, page: int = 1) -> str:
    """Select the things of each group, which is a property and a class, that stand on a page."""
    this = _term(address)
    arms = [_group_arm(this, label, *group, page=page) for group in groups]
    return f"{_PREFIXES}SELECT ?property ?kind ?node ?nodeLabel WHERE {{\n{' UNION '.join(arms)}\n}}"


def pointing_query(address: str) -> str:
    """Count the things that point to a thing."""
    return f"""{_PREFIXES}SELECT (COUNT(DISTINCT ?node) AS ?count) WHERE {{
  VALUES ?value {{ {_term(address)} }} ?node ?property ?value . FILTER(isIRI(?node)) {_PLAIN} }}"""


def link_query(address: str, property_: str) -> str:
    """Return a query for everything that points to a thing by one property, for people to go on from."""
    return f"""{_PREFIXES}SELECT ?thing ?label WHERE {{
  ?thing {_term(property_)} {_term(address)} ; ct:labelEn ?label .
}} ORDER BY ?label ?thing"""


def construct_query(address: str, *, page: int = 1, told: str = "") -> str:
    """Construct the data about a thing, or those of them that stand on a page.

    The first page has its statements, those of its parts, and the names of everything that it points to;
    each has ``SENT`` of the things that point to it: facts whole, of others the link. ``told`` are more
    statements, as rows of ``VALUES (?node ?property ?value)``.
    """
    this, facts = _term(address), " ".join(map(_term, sorted(FACTS)))
    pointing = f"""{{ SELECT DISTINCT ?node WHERE {{ VALUES ?value {{ {this} }} ?node ?property ?value .
    FILTER(isIRI(?node)) {_PLAIN} }} ORDER BY ?node LIMIT {SENT} OFFSET {(page - 1) * SENT} }}"""
    own = f"""{{ VALUES ?node {{ {this} }} ?node ?property ?value }}
  UNION {{ VALUES ?whole {{ {this} }} {_PARTS} ?node ?property ?value }}
  UNION {{ {this} ?link ?node .
    VALUES ?property {{ skos:prefLabel rdfs:label dct:title }} ?node ?property ?value }}
  UNION"""
    more = f"UNION {{ VALUES (?node ?property ?value) {{ {told} }} }}" if told else ""
    return f"""{_PREFIXES}CONSTRUCT {{ ?node ?property ?value }} WHERE {{
  {own if page == 1 else ""} {{ {pointing} VALUES ?value {{ {this} }} ?node ?property ?value }}
  UNION {{ {pointing} VALUES ?fact {{ {facts} }} ?node a ?fact ; ?property ?value }}
  {more} {_PLAIN}
}} ORDER BY (?node != {this}) ?node ?property ?value"""


def _group_arm(this: str, label: str, property_: str, kind: str, *, page: int) -> str:
    typed = f"?node a {_term(kind)} ." if kind else "FILTER NOT EXISTS { ?node a ?any }"
    bound = f"BIND({_term(kind)} AS ?kind)" if kind else ""
    return f"""{{ SELECT DISTINCT ?property ?kind ?node ?nodeLabel WHERE {{
  VALUES (?property ?value) {{ ({_term(property_)} {this}) }} ?node ?property ?value .
  {typed} {bound} {_PLAIN}
  OPTIONAL {{ ?node {label} ?nodeLabel }}
}} ORDER BY ?nodeLabel ?node LIMIT {SHOWN} OFFSET {(page - 1) * SHOWN} }}"""


def _term(address: str) -> str:
    return to_text(iri(address))
