from __future__ import annotations

import pyoxigraph as ox
import pytest

from crossties.store.columns import order_columns
from crossties.store.engine import Collected, Request, evaluate


def columns(query: str) -> list[str]:
    sink = Collected()
    evaluate(ox.Store(), Request(query, format="csv"), sink)
    return sink.body.decode().strip().split(",")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?z ?y ?x }", ["z", "y", "x"]),
        ("SELECT*{ ?z ?y ?x }", ["z", "y", "x"]),
        ("SELECT DISTINCT * { ?z $y ?x }", ["z", "y", "x"]),
        ("PREFIX a: <urn:#*> # SELECT * ?a\nselect reduced * { ?z a:y ?x }", ["z", "x"]),
        ("SELECT * { ?z ?y 'SELECT * ?a' MINUS { ?b ?a ?z } FILTER(?c) }", ["z", "y"]),
        ("SELECT * { { SELECT ?z ?a { ?z ?y ?a } } ?b ?c ?a }", ["z", "a", "b", "c"]),
        ("SELECT ?x ?a { ?a ?b ?x }", ["x", "a"]),
        ("SELECT (2 * 3 AS ?x) ?a { ?a ?b ?c }", ["x", "a"]),
    ],
)
def test_a_star_lists_its_columns_as_they_appear(query: str, expected: list[str]) -> None:
    assert columns(query) == expected


def test_a_star_that_is_in_order_already_costs_no_second_reading() -> None:
    assert order_columns("SELECT * { ?a ?b ?c }", ["a", "b", "c"]) is None


def test_a_star_inside_another_query_is_left_alone() -> None:
    assert order_columns("ASK { { SELECT * { ?b ?a ?c } } }", ["a", "b"]) is None
