from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crossties.errors import InputError
from crossties.namespaces import BASE, CT, GRAPH, RDF
from crossties.quads import NamedNode, Quad, literal
from crossties.resources import Content
from crossties.validation.rules import find_rule_results, load_rules

Write = Callable[[str, str | bytes], Path]
QUADS = [Quad(NamedNode("urn:a"), NamedNode("urn:b"), literal("c"), NamedNode("urn:g"))]
RULE = """#+ message.en = "No b."
#+ message.fi = "Ei b."
SELECT ?focus ?path ?value { ?focus ?path ?value FILTER(?path = <urn:b>) }
"""


def test_every_solution_breaks_the_rule(write_file: Write) -> None:
    shapes = write_file("shapes/rules/no-b.rq", RULE).parent.parent
    [finding] = find_rule_results(QUADS, shapes, language="fi")
    assert (finding.focus, finding.path, finding.value) == ("urn:a", "urn:b", "c")
    assert (finding.message, finding.severity, finding.shape) == ("Ei b.", "violation", "rules/no-b")
    assert finding.is_of_a_rule


def test_a_rule_may_be_a_warning(write_file: Write) -> None:
    shapes = write_file("shapes/rules/no-b.rq", '#+ severity = "Warning"\n' + RULE).parent.parent
    assert [one.severity for one in find_rule_results(QUADS, shapes, language="en")] == ["warning"]


@pytest.mark.parametrize("head", ["", '#+ message.fi = "x"\n', '#+ message.en = "x"\n#+ severity = "bad"\n'])
def test_a_rule_with_a_broken_header_is_told(write_file: Write, head: str) -> None:
    path = write_file("shapes/rules/x.rq", head + "SELECT ?focus {}")
    with pytest.raises(InputError, match=r"x\.rq"):
        load_rules(path.parent)


def test_every_shipped_rule_speaks_four_languages(content: Content) -> None:
    rules = load_rules(content.shapes / "rules")
    assert rules
    assert all(set(rule.messages) == {"en", "fi", "ru", "sv"} for rule in rules)


def test_what_the_build_derives_of_a_thing_among_the_codes_is_not_blamed_too(content: Content) -> None:
    terms = (BASE + "theme/odd", RDF + "type", CT + "Agreement", GRAPH + "odd")
    agreement = Quad(*map(NamedNode, terms))
    signed = Quad(
        agreement.subject, NamedNode(CT + "from"), literal("2019-01-01", "date"), agreement.graph_name
    )
    found = find_rule_results([agreement, signed], content.shapes, language="en")
    blamed = {one.focus for one in found if one.shape == "rules/thing-among-codes"}
    assert blamed == {BASE + "theme/odd"}
