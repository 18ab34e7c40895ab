from __future__ import annotations

import pytest

from crossties.namespaces import CT, DERIVED_GRAPH, SKOS
from crossties.quads import NamedNode, Quad, literal
from crossties.store.base import hold_published
from crossties.validation.incremental.model import Change
from crossties.validation.incremental.ruling import Ruling
from crossties.validation.incremental.states import Difference
from crossties.validation.rules import Rule

ONE, TWO = NamedNode("urn:g:one"), NamedNode("urn:g:two")
WITHIN, PART_OF = NamedNode(CT + "within"), NamedNode(CT + "partOf")
NOTE = Quad(WITHIN, NamedNode(SKOS + "scopeNote"), literal("Derived at build: all places around."), ONE)
ALDER, BIRCHLAND = NamedNode("urn:alder"), NamedNode("urn:birchland")


def rule(where: str, *, links: str = "") -> Rule:
    query = f"PREFIX ct: <{CT}> SELECT DISTINCT ?focus ?path ?value WHERE {{ {where} }}"
    return Rule("rules/it", "warning", {"en": "Look."}, query, links)


def compare(one: Rule, quad: Quad) -> tuple[set[str | None], list[str]]:
    """Return what a rule newly finds because of a statement, and whether it has to be asked in full."""
    base = hold_published([NOTE])
    difference = Difference(base, Change(TWO.value, frozenset(), frozenset({quad})))
    compared, full = Ruling([one]).compare(difference, language="en")
    return {finding.focus for finding in compared.after - compared.before}, [it.name for it in full]


def test_a_rule_finds_what_a_statement_brings() -> None:
    quad = Quad(ALDER, PART_OF, BIRCHLAND, TWO)
    assert compare(rule("?focus ct:partOf ?value"), quad) == ({"urn:alder"}, [])
    assert compare(rule("?value ct:partOf ?focus"), quad) == ({"urn:birchland"}, [])
    assert compare(rule("?value ct:borders ?focus"), quad) == (set(), [])


def test_a_rule_that_reads_what_only_the_build_derives_is_asked_in_full() -> None:
    quad = Quad(ALDER, PART_OF, BIRCHLAND, TWO)
    assert compare(rule("?focus ct:within ?value"), quad) == (set(), ["rules/it"])


@pytest.mark.parametrize(
    "where",
    [
        "?focus ct:partOf ?place . ?value ct:borders ?other",
        "?focus ct:borders ?place . ?someone ct:partOf ?value",
        "?focus ct:borders ?place . BIND(IRI(CONCAT(STR(?place), 'x')) AS ?far) ?far ct:partOf ?value",
        "?focus ct:borders ?place . { SELECT (COUNT(?any) AS ?value) WHERE { ?any ct:partOf ?around } }",
        "{ SELECT ?focus ?value WHERE { ?focus ct:partOf ?value } LIMIT 1 }",
        "OPTIONAL { ?focus ct:partOf ?place } ?place ct:borders ?value",
        "?focus !ct:borders ?value",
    ],
)
def test_a_rule_whose_nodes_cannot_be_reached_is_asked_in_full(where: str) -> None:
    assert compare(rule(where), Quad(ALDER, PART_OF, BIRCHLAND, TWO)) == (set(), ["rules/it"])


def test_a_link_leads_over_a_computed_name() -> None:
    where = """?focus ct:statedIn ?value . BIND(IRI(REPLACE(STR(?value), "/p[0-9]+$", "")) AS ?document)
        FILTER NOT EXISTS { ?document ct:readOn ?day }"""
    passage, document = NamedNode("urn:news/p1"), NamedNode("urn:news")
    cited = Quad(ALDER, NamedNode(CT + "statedIn"), passage, ONE)
    read = Quad(document, NamedNode(CT + "readOn"), literal("2026-11-22"), TWO)
    difference = Difference(hold_published([cited]), Change(TWO.value, frozenset(), frozenset({read})))
    linked = Ruling([rule(where, links="?value ct:document? ?document .")])
    compared, full = linked.compare(difference, language="en")
    assert ({one.focus for one in compared.before}, compared.after, full) == ({"urn:alder"}, frozenset(), [])
    _, full = Ruling([rule(where)]).compare(difference, language="en")
    assert [one.name for one in full] == ["rules/it"]


def test_a_rule_about_derived_statements_sees_those_of_claims() -> None:
    claim = NamedNode("urn:claim")
    said = {"about": ALDER, "property": PART_OF, "value": BIRCHLAND, "statedIn": NamedNode("urn:news/p1")}
    base = hold_published(Quad(claim, NamedNode(CT + name), term, ONE) for name, term in said.items())
    preferred = Quad(claim, NamedNode(CT + "preferred"), literal("true", "boolean"), TWO)
    difference = Difference(base, Change(TWO.value, frozenset(), frozenset({preferred})))
    where = f"GRAPH <{DERIVED_GRAPH}> {{ ?focus ct:partOf ?value }}"
    compared, full = Ruling([rule(where)]).compare(difference, language="en")
    assert ([one.focus for one in compared.after], compared.before, full) == (["urn:alder"], frozenset(), [])
