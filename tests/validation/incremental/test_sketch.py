from __future__ import annotations

import pytest

from crossties.namespaces import CT
from crossties.quads import NamedNode
from crossties.resources import Content
from crossties.validation.incremental.paths import Alternative, Repeat, Sequence, Step
from crossties.validation.incremental.sketch import (
    Aside,
    Group,
    Pattern,
    Same,
    Sub,
    Union,
    UnreadableError,
    Values,
)
from crossties.validation.incremental.sketching import read_sketch
from crossties.validation.rules import load_rules

PARTY, UNDER = NamedNode(CT + "party"), NamedNode(CT + "under")


def sketch(where: str, *, select: str = "?focus") -> Group:
    return read_sketch(f"PREFIX ct: <{CT}> SELECT {select} WHERE {{ {where} }}")


def test_a_pattern_keeps_its_variables_by_name() -> None:
    assert sketch("?focus ct:party ?body").parts == (Pattern("focus", Step(PARTY), "body"),)
    assert sketch("?focus ?path ct:party").parts == (Pattern("focus", "path", PARTY),)


def test_a_path_is_read_as_sparql_means_it() -> None:
    [pattern] = sketch("?focus (ct:under+|^ct:party)/ct:under? ?value").parts
    first = Alternative((Repeat(Step(UNDER), 1, many=True), Step(PARTY, inverse=True)))
    assert isinstance(pattern, Pattern)
    assert pattern.predicate == Sequence((first, Repeat(Step(UNDER), 0, many=False)))


@pytest.mark.parametrize(
    "aside",
    [
        "OPTIONAL { ?body ct:under ?whole }",
        "MINUS { ?body ct:under ?whole }",
        "FILTER NOT EXISTS { ?body ct:under ?whole }",
        "FILTER(?body = ct:x || !EXISTS { ?body ct:under ?whole })",
        "BIND(IF(EXISTS { ?body ct:under ?whole }, 1, 0) AS ?number)",
    ],
)
def test_what_binds_nothing_for_others_stands_aside(aside: str) -> None:
    parts = sketch(f"?focus ct:party ?body . {aside}").parts
    assert Aside(Group((Pattern("body", Step(UNDER), "whole"),))) in parts
    assert isinstance(parts[-1], Aside)


def test_branches_values_and_names_are_kept() -> None:
    parts = sketch(
        "VALUES ?path { ct:party ct:under } BIND(?path AS ?way)"
        "{ ?focus ?path ?value } UNION { ?value ?path ?focus }"
    ).parts
    assert Values({"path": frozenset({PARTY, UNDER})}) in parts
    assert Same("way", "path") in parts
    [union] = [part for part in parts if isinstance(part, Union)]
    assert union.groups[1] == Group((Pattern("value", "path", "focus"),))


def test_a_group_by_is_known_by_its_keys() -> None:
    inner = "SELECT ?focus (COUNT(?body) AS ?number) WHERE { ?focus ct:party ?body } GROUP BY ?focus"
    [part] = sketch(f"{{ {inner} }}").parts
    assert isinstance(part, Sub)
    assert part.seen == frozenset({"focus", "number"})
    assert part.keys == frozenset({"focus"})


@pytest.mark.parametrize(
    "where",
    [
        "{ SELECT ?focus WHERE { ?focus ct:party ?body } LIMIT 1 }",
        "{ SELECT ?focus WHERE { ?focus ct:party ?body } GROUP BY ?focus HAVING(COUNT(?body) > 1) }",
        "OPTIONAL { ?focus ct:party ?body } ?body ct:under ?whole",
        "VALUES (?focus ?body) { (ct:x UNDEF) }",
        "SERVICE <https://example.org/> { ?focus ct:party ?body }",
        "?focus !ct:party ?body",
    ],
)
def test_what_is_not_understood_is_told(where: str) -> None:
    with pytest.raises(UnreadableError):
        sketch(where)


def test_only_a_select_is_read() -> None:
    with pytest.raises(UnreadableError):
        read_sketch("ASK { ?focus ?path ?value }")


def test_every_shipped_rule_is_understood(content: Content) -> None:
    for rule in load_rules(content.shapes / "rules"):
        assert read_sketch(rule.query, links=rule.links).parts, rule.name
