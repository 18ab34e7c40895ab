"""The verdict on a change is that of validating everything before and after it, whatever the change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import pytest
from tests.validation.incremental.torture import GRAPHS, draw_graph, draw_quad

from crossties.namespaces import BASE, CT, RDF, RDFS, SKOS
from crossties.quads import Literal, NamedNode, Quad, Term, literal, parse_file
from crossties.resources import Content
from crossties.store.base import hold_published
from crossties.validation.findings import Finding
from crossties.validation.incremental import Change, Checker, Verdict
from crossties.validation.incremental.checker import name_cause
from crossties.validation.incremental.full import find_all, read_after
from crossties.versions import folder_sources, vocabulary_sources

TORTURE: Final = Path(__file__).parent / "shapes"
WORLD: Final = Path(__file__).parents[2] / "world"
#: How many changes are tried on one random graph, and how much each adds and takes away.
SHARING: Final = 4
COUNTS: Final = (0, 1, 2, 4, 8)
_KEPT: Final = (RDF + "type", RDFS + "subClassOf", RDF + "first", RDF + "rest")
_Causes = set[tuple[str | None, ...]]


def test_a_few_changes_of_graphs_that_torture() -> None:
    assert alter_torture(changes=24, seed=1) > 100


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
def test_ten_thousand_additions_and_removals_in_graphs_that_torture(seed: int) -> None:
    assert alter_torture(changes=400, seed=seed) > 1_667


@pytest.mark.slow
def test_a_few_changes_of_the_world(content: Content) -> None:
    assert alter_world(content, changes=6, seed=1) > 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_many_changes_of_the_world(content: Content, seed: int) -> None:
    assert alter_world(content, changes=60, seed=seed) > 200


def alter_torture(*, changes: int, seed: int) -> int:
    """Judge random changes of random graphs; return how many statements were added and taken away."""
    shapes, checker, edits = TORTURE, Checker(TORTURE), 0
    for number in range(changes):
        dice = Random(f"{seed} {number}")  # noqa: S311 - no secret
        if number % SHARING == 0:
            quads = draw_graph(dice, size=dice.choice([10, 25, 45]))
            before = name_causes(find_all(quads, shapes, language="en"))
        change = alter(dice, quads, [draw_quad(dice) for _ in range(dice.choice(COUNTS))], GRAPHS)
        assert_equal(checker, shapes, quads, change, before)
        edits += count_edits(change)
    return edits


def alter_world(content: Content, *, changes: int, seed: int) -> int:
    """Judge random changes of a part of the test world; return how many statements were added and removed."""
    dice = Random(seed)  # noqa: S311 - no secret
    checker, edits = Checker(content.shapes), 0
    quads = draw_world(dice, content)
    data = [quad for quad in quads if "/ontology/" not in str(quad.graph_name)]
    graphs = sorted({quad.graph_name.value for quad in data if isinstance(quad.graph_name, NamedNode)})
    before = name_causes(find_all(quads, content.shapes, language="en"))
    for _ in range(changes):
        added = [draw_crossed(dice, data) for _ in range(dice.choice(COUNTS))]
        change = alter(dice, quads, added, graphs)
        assert_equal(checker, content.shapes, quads, change, before)
        edits += count_edits(change)
    return edits


def assert_equal(
    checker: Checker, shapes: Path, quads: Sequence[Quad], change: Change, before: _Causes
) -> None:
    verdict = checker.check(hold_published(quads), change)
    after = name_causes(find_all(read_after(quads, change), shapes, language="en"))
    told = tell(change)
    assert name_causes(verdict.introduced) ^ (after - before) == set(), told
    assert name_causes(verdict.fixed) ^ (before - after) == set(), told
    assert name_causes(verdict.already_there) <= before & after, told
    assert is_parted(verdict), told


def is_parted(verdict: Verdict) -> bool:
    """Tell whether no finding is of two kinds at once."""
    return not (verdict.introduced & verdict.already_there or verdict.fixed & verdict.already_there)


def name_causes(findings: Iterable[Finding]) -> _Causes:
    return {name_cause(finding) for finding in findings}


def count_edits(change: Change) -> int:
    return len(change.new ^ change.old)


def tell(change: Change) -> str:
    taken, given = (
        "\n".join(sorted(str(quad) for quad in quads))
        for quads in (change.old - change.new, change.new - change.old)
    )
    return f"taken away:\n{taken}\nadded:\n{given}"


def alter(dice: Random, quads: Iterable[Quad], added: Iterable[Quad], graphs: Sequence[str]) -> Change:
    """Take some statements out of one graph and put others in; now and then the whole graph goes or comes."""
    graph = dice.choice(graphs)
    old = frozenset(quad for quad in quads if quad.graph_name == NamedNode(graph))
    listed = sorted((quad for quad in old if quad.predicate.value != RDFS + "subClassOf"), key=str)
    taken = set(dice.sample(listed, min(len(listed), dice.choice(COUNTS))))
    new = {Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph)) for quad in added}
    if dice.random() < 0.05 and len(listed) < 40:
        return Change(graph, old, frozenset(quad for quad in old if quad not in listed))
    return Change(graph, old, frozenset((old - taken) | new))


def draw_crossed(dice: Random, quads: Sequence[Quad]) -> Quad:
    """Return a statement made of pieces of two or three others, or one about claims and citations."""
    one, other, third = dice.choice(quads), dice.choice(quads), dice.choice(quads)
    kind = dice.random()
    if kind < 0.35:
        return Quad(one.subject, one.predicate, other.object)
    if kind < 0.65:
        return Quad(one.subject, other.predicate, other.object)
    if kind < 0.75:
        return Quad(
            one.subject, NamedNode(RDF + "type"), NamedNode(CT + dice.choice(["Place", "Nothing", "Claim"]))
        )
    if kind < 0.9:
        return Quad(one.subject, *draw_claim(dice, other, third))
    return Quad(dice.choice(quads).subject, other.predicate, dice.choice([third.subject, literal("loose")]))


def draw_claim(dice: Random, other: Quad, third: Quad) -> tuple[NamedNode, Term]:
    """Return what a claim, or a statement with a source, may say."""
    said: list[tuple[str, Term]] = [
        ("about", other.subject if isinstance(other.subject, NamedNode) else literal("x")),
        ("property", other.predicate),
        ("value", other.object),
        ("preferred", Literal(value=True)),
        ("statedIn", NamedNode(f"{BASE}id/document/alder-news-2018/p{dice.choice([1, 2, 99])}")),
        ("announcedIn", third.object if isinstance(third.object, NamedNode) else other.predicate),
        ("noSuchTerm", other.object),
    ]
    name, term = dice.choice(said)
    return NamedNode(CT + name), term


def draw_world(dice: Random, content: Content) -> list[Quad]:
    """Return some files of the test world with what the vocabulary says of their classes and concepts."""
    files = dice.sample(sorted(folder_sources(WORLD), key=str), 9)
    data = [quad for source in files for quad in read(source.path, source.graph)]
    vocabulary = read_vocabulary(content)
    used, waiting = set[Term](), {quad.object for quad in data}
    while waiting:
        used |= waiting
        waiting = {
            quad.object
            for quad in vocabulary
            if quad.subject in waiting and quad.predicate.value == SKOS + "broader"
        } - used
    kept = [
        quad
        for quad in vocabulary
        if (quad.subject in used and quad.predicate.value.startswith(SKOS))
        or (quad.predicate.value in _KEPT and not str(quad.object).startswith(f"<{SKOS}"))
        or quad.predicate.value.endswith("members")
    ]
    return [*data, *kept]


@cache
def read(path: Path, graph: str) -> tuple[Quad, ...]:
    return parse_file(path, graph=graph).quads


@cache
def read_vocabulary(content: Content) -> tuple[Quad, ...]:
    return tuple(quad for source in vocabulary_sources(content) for quad in read(source.path, source.graph))
