from __future__ import annotations

import pytest

from crossties.quads import NamedNode, Quad, Term
from crossties.store.base import hold_published
from crossties.validation.incremental.paths import (
    HERE,
    Alternative,
    Path,
    Repeat,
    Sequence,
    Step,
    join,
    occurrences,
    reverse,
    walk,
)
from crossties.validation.incremental.states import Lookups, State

P, Q = NamedNode("urn:p"), NamedNode("urn:q")
ARROWS = [("a", P, "b"), ("b", P, "c"), ("c", P, "b"), ("c", Q, "d"), ("e", Q, "d")]
LEADS: list[tuple[Path, str, str]] = [
    (HERE, "a", "a"),
    (Step(P), "a", "b"),
    (Step(P, inverse=True), "b", "ac"),
    (Step(None), "c", "bd"),
    (Sequence((Step(P), Step(P), Step(Q))), "a", "d"),
    (Alternative((Step(P), Step(Q))), "c", "bd"),
    (Repeat(Step(P), 0, many=True), "a", "abc"),
    (Repeat(Step(P), 1, many=True), "a", "bc"),
    (Repeat(Step(P), 1, many=True), "b", "bc"),
    (Repeat(Step(P), 0, many=False), "a", "ab"),
    (Sequence((Step(Q), Step(Q, inverse=True))), "c", "ce"),
]


def node(name: str) -> NamedNode:
    return NamedNode(f"urn:{name}")


def lead(path: Path, *starts: str) -> set[Term]:
    graph = NamedNode("urn:g")
    quads = [Quad(node(one), predicate, node(other), graph) for one, predicate, other in ARROWS]
    return walk(path, {node(start) for start in starts}, State(Lookups(hold_published(quads))))


@pytest.mark.parametrize(("path", "start", "ends"), LEADS)
def test_a_path_leads_where_sparql_says(path: Path, start: str, ends: str) -> None:
    assert lead(path, start) == {node(end) for end in ends}


@pytest.mark.parametrize(("path", "start", "ends"), LEADS)
def test_a_reversed_path_leads_back(path: Path, start: str, ends: str) -> None:
    assert all(node(start) in lead(reverse(path), end) for end in ends)


def test_each_predicate_of_a_path_is_found_with_the_ways_to_and_from_it() -> None:
    path = Sequence((Step(P), Repeat(Step(Q, inverse=True), 1, many=True)))
    around = Repeat(Step(Q, inverse=True), 0, many=True)
    first, second = occurrences(path)
    assert (first.before, first.step, first.after) == (HERE, Step(P), path.parts[1])
    assert (second.before, second.step, second.after) == (
        join(Step(P), around),
        Step(Q, inverse=True),
        around,
    )


def test_a_path_of_one_part_is_that_part() -> None:
    assert join(HERE, Step(P)) == Step(P)
