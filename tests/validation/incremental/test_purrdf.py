"""With purrdf in front of it pySHACL finds what it finds alone; skipped where purrdf is not installed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Final

import pytest
from rdflib.term import Node
from tests.validation.conformance.suite import Case, read_cases, read_graph
from tests.validation.incremental.test_equality import COUNTS, alter, draw_crossed, draw_world, tell
from tests.validation.incremental.torture import GRAPHS, draw_graph, draw_quad

from crossties.errors import HostError
from crossties.namespaces import CT, GRAPH, RDF
from crossties.quads import NamedNode, Quad, Term, parse_bytes, parse_file
from crossties.quads.parse import RDF_SUFFIXES
from crossties.resources import Content
from crossties.store.base import hold_published
from crossties.validation.incremental import Change, Checker
from crossties.validation.incremental.affected import Kinds
from crossties.validation.incremental.engine import Pyshacl
from crossties.validation.incremental.mirror import Terms
from crossties.validation.incremental.plan import read_plan
from crossties.validation.incremental.purrdf import Purrdf
from crossties.validation.incremental.states import Lookups, State
from crossties.validation.shapes import read_shapes_graph
from crossties.versions import folder_sources, vocabulary_sources

TESTS: Final = Path(__file__).parents[2]
TORTURE: Final = Path(__file__).parent / "shapes"
EXAMPLES: Final = sorted((TESTS / "shapes").glob("*/*.ttl"))
INSTALLED: Final = find_spec("purrdf") is not None
needs_purrdf = pytest.mark.skipif(not INSTALLED, reason="purrdf is not installed")

Pair = tuple[Checker, Checker]


@pytest.fixture(scope="module")
def torture() -> Pair:
    return Checker(TORTURE), Checker(TORTURE, "purrdf")


@pytest.fixture(scope="module")
def shipped(content: Content) -> Pair:
    return Checker(content.shapes), Checker(content.shapes, "purrdf")


@needs_purrdf
def test_random_changes_get_the_same_verdict(torture: Pair) -> None:
    assert compare_torture(torture, changes=24, seed=31) > 100


@needs_purrdf
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(32, 38))
def test_ten_thousand_random_edits_get_the_same_verdict(torture: Pair, seed: int) -> None:
    assert compare_torture(torture, changes=400, seed=seed) > 1_667


@needs_purrdf
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(38, 42))
def test_changes_of_the_world_get_the_same_verdict(shipped: Pair, content: Content, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - no secret
    quads = draw_world(dice, content)
    data = [quad for quad in quads if "/ontology/" not in str(quad.graph_name)]
    graphs = sorted({str(quad.graph_name).strip("<>") for quad in data})
    for _ in range(60):
        added = [draw_crossed(dice, data) for _ in range(dice.choice(COUNTS))]
        assert_same(shipped, quads, alter(dice, quads, added, graphs))


@needs_purrdf
@pytest.mark.slow
def test_every_example_of_a_broken_shape_gets_the_same_verdict(shipped: Pair, content: Content) -> None:
    sources = [*vocabulary_sources(content), *folder_sources(TESTS / "world")]
    world = [quad for source in sources for quad in parse_file(source.path, graph=source.graph).quads]
    found = 0
    for path in EXAMPLES:
        name = f"{GRAPH}{path.parent.name}/{path.stem}"
        change = Change(name, frozenset(), frozenset(parse_file(path, graph=name).quads))
        found += assert_same(shipped, world, change)
    assert found > len(EXAMPLES) / 2


@needs_purrdf
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in read_cases("core")])
def test_the_core_suite_gets_the_same_findings(case: Case) -> None:
    shapes, text = read_graph(case.shapes), read_graph(case.data).serialize(format="nt", encoding="utf-8")
    quads = parse_bytes(text, rdf_format=RDF_SUFFIXES[".nt"], graph="urn:data", origin=case.name).quads
    state, plan = State(Lookups(hold_published(quads))), read_plan(shapes)
    asked: dict[Node, set[Term]] = defaultdict(set)
    for unit in plan.units:
        asked[unit.shape] |= Kinds(state).aimed_at(unit.target)
    alone, behind = (
        engine(shapes).find(asked, state, Terms(), language="en") for engine in (Pyshacl, Purrdf)
    )
    assert alone == behind


@needs_purrdf
def test_no_thread_is_started_however_many_nodes_there_are(content: Content) -> None:
    shapes = read_shapes_graph(content.shapes)
    engine, graph = Purrdf(shapes), NamedNode("urn:g")
    nodes = [NamedNode(f"urn:n{number}") for number in range(3_000)]
    quads = [Quad(node, NamedNode(RDF + "type"), NamedNode(CT + "Project"), graph) for node in nodes]
    quads += [Quad(nodes[0], NamedNode(CT + "party"), node, graph) for node in nodes]
    quads += [Quad(node, NamedNode(CT + "party"), nodes[0], graph) for node in nodes]
    state, plan = State(Lookups(hold_published(quads))), read_plan(shapes)
    [party] = {unit.shape for unit in plan.units if str(unit.shape).endswith("#CooperationShape-party")}
    threads = count_threads()
    assert engine.find({party: nodes[:1]}, state, Terms(), language="en")
    assert engine.find({party: nodes[1:]}, state, Terms(), language="en")
    assert count_threads() == threads


@pytest.mark.skipif(INSTALLED, reason="purrdf is installed")
def test_who_asks_for_an_engine_that_is_not_installed_is_told() -> None:
    with pytest.raises(HostError, match="not installed"):
        Checker(TORTURE, "purrdf")


def compare_torture(pair: Pair, *, changes: int, seed: int) -> int:
    """Judge random changes with both engines; return how many statements were added and taken away."""
    edits = 0
    for number in range(changes):
        dice = Random(f"{seed} {number}")  # noqa: S311 - no secret
        quads = draw_graph(dice, size=dice.choice([10, 25, 45]))
        change = alter(dice, quads, [draw_quad(dice) for _ in range(dice.choice(COUNTS))], GRAPHS)
        assert_same(pair, quads, change)
        edits += len(change.new ^ change.old)
    return edits


def assert_same(pair: Pair, quads: Iterable[Quad], change: Change) -> int:
    """Return how many findings both engines agree on."""
    base = hold_published(quads)
    alone, behind = (checker.check(base, change) for checker in pair)
    assert alone == behind, tell(change)
    return len(alone.introduced | alone.fixed | alone.already_there)


def count_threads() -> int:
    return sum(1 for _ in Path("/proc/self/task").iterdir())
