"""What is derived where a change reaches is what deriving everything gives, whatever the change."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossties.derivation.partial.deriving import derive_partly
from crossties.derivation.partial.units import NotBoundedError
from crossties.namespaces import CT, DERIVED_GRAPH, SKOS
from crossties.quads import parse_file
from crossties.resources import find_content
from crossties.store.build import fill
from crossties.versions import folder_sources, vocabulary_sources

WORLD = Path(__file__).parents[2] / "world"
DERIVED = ox.NamedNode(DERIVED_GRAPH)
NEW = ox.NamedNode("https://w3id.org/crossties/graph/new")
#: Relations of which a thing may have several, so that one more is always sense of some kind.
SEVERAL = frozenset(
    ox.NamedNode(CT + name)
    for name in (
        *(
            "statedIn",
            "announcedIn",
            "partOf",
            "under",
            "implements",
            "governs",
            "borders",
            "signs",
            "signature",
        ),
        *(
            "replaces",
            "follows",
            "amends",
            "concerns",
            "side",
            "theme",
            "in",
            "shareOf",
            "funder",
            "of",
            "about",
        ),
        *("inferred", "decidedBy", "subOrganizationOf"),
    )
)
#: What, of the schemes, derivation reads.
SCHEME = frozenset(ox.NamedNode(SKOS + name) for name in ("broader", "inScheme", "notation"))
ACTS = ("drop", "drop the thing", "alter", "add", "replace")

Triples = set[tuple[object, ...]]


@dataclass(frozen=True, repr=False)
class World:
    """A graph to change: its quads, those that may change, and the store built of them."""

    quads: list[ox.Quad]
    store: ox.Store
    data: list[ox.Quad]
    by_subject: dict[object, list[ox.Quad]]
    values: dict[ox.NamedNode, list[ox.Quad]]

    def __repr__(self) -> str:
        return f"World of {len(self.quads)} quads"

    def change(self, act: str, place: int, other: int) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """Return what goes and what comes."""
        quad = self.data[place % len(self.data)]
        likes = self.values[quad.predicate]
        if act == "drop":
            return {quad}, set()
        if act == "drop the thing":
            return set(self.by_subject[quad.subject]), set()
        if act == "add":
            several = [name for name in self.values if name in SEVERAL]
            chosen = self.values[several[other % len(several)]]
            value = chosen[other % len(chosen)]
            return set(), {ox.Quad(quad.subject, value.predicate, value.object, NEW)}
        swapped = ox.Quad(quad.subject, quad.predicate, likes[other % len(likes)].object, quad.graph_name)
        return {quad}, {swapped} if act == "alter" else set()


def read_world(*, small: bool) -> World:
    sources = vocabulary_sources(find_content()) + folder_sources(WORLD)
    quads, data = [], []
    for source in sources:
        is_scheme = "/ontology/" in source.graph or "/themes" in source.graph
        if small and not (is_scheme or "leaves" in source.graph or "/places/" in source.graph):
            continue
        for quad in as_stored(parse_file(source.path, graph=source.graph).quads):
            if not is_scheme:
                data.append(quad)
            if not is_scheme or quad.predicate in SCHEME:
                quads.append(quad)
    by_subject: dict[object, list[ox.Quad]] = defaultdict(list)
    values: dict[ox.NamedNode, list[ox.Quad]] = defaultdict(list)
    for quad in data:
        by_subject[quad.subject].append(quad)
        values[quad.predicate].append(quad)
    return World(quads, build(quads), data, dict(by_subject), dict(values))


@pytest.fixture(scope="module")
def small() -> World:
    return read_world(small=True)


@pytest.fixture(scope="module")
def whole() -> World:
    return read_world(small=False)


def as_stored(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return quads as a store writes them, in an order that is always the same."""
    store = ox.Store()
    store.extend(quads)
    return sorted(store, key=str)


def build(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    fill(store, quads)
    return store


def triples(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Triples:
    return {tuple(quad.triple) for quad in store.quads_for_pattern(None, None, None, graph)}


def compare(world: World, changes: list[tuple[set[ox.Quad], set[ox.Quad]]]) -> bool:
    """Compare what is derived partly with what is derived of everything, after all changes at once.

    Returns:
        Whether the change could be followed at all.
    """
    gone = {quad for went, _ in changes for quad in went}
    came = [quad for _, added in changes for quad in added]
    quads = [quad for quad in world.quads if quad not in gone] + came
    before, after = ({quad.triple for quad in some} for some in (world.quads, quads))
    try:
        derived = derive_partly(world.store, after - before, before - after)
    except NotBoundedError:
        return False
    wanted = build(quads)
    everything = (triples(world.store, ox.DefaultGraph()) - derived.less) | derived.more
    assert everything == triples(wanted, ox.DefaultGraph())
    named = (triples(world.store, DERIVED) - derived.named_less) | derived.named_more
    assert named == triples(wanted, DERIVED)
    return True


NUMBER = st.integers(min_value=0, max_value=10**6)
CHANGES = st.lists(st.tuples(st.sampled_from(ACTS), NUMBER, NUMBER), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES)
def test_a_change_of_a_small_graph_is_followed_exactly(
    small: World, changes: list[tuple[str, int, int]]
) -> None:
    compare(small, [small.change(*one) for one in changes])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_thousands_of_changes_are_followed_exactly(whole: World, seed: int) -> None:
    dice, followed = random.Random(seed), 0  # noqa: S311 - not a secret
    for _ in range(100):
        number = dice.choice((1, 2, 5, 15))
        acts = [(dice.choice(ACTS), dice.randrange(10**6), dice.randrange(10**6)) for _ in range(number)]
        followed += compare(whole, [whole.change(*one) for one in acts])
    assert followed >= 90


@pytest.mark.slow
def test_every_graph_of_the_world_may_go(whole: World) -> None:
    for graph in sorted({quad.graph_name for quad in whole.data}, key=str):
        assert compare(whole, [({quad for quad in whole.data if quad.graph_name == graph}, set())])


@pytest.mark.parametrize("day", ["2027-02-03", "2026-12"])
def test_a_later_reading_alters_what_has_come_to_pass_since(whole: World, day: str) -> None:
    kind = "date" if day.count("-") > 1 else "gYearMonth"
    literal = ox.Literal(day, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))
    document = ox.NamedNode("https://w3id.org/crossties/id/document/new")
    assert compare(whole, [(set(), {ox.Quad(document, ox.NamedNode(CT + "readOn"), literal, NEW)})])


def test_a_change_of_a_scheme_is_not_followed(small: World) -> None:
    broader = next(quad for quad in small.quads if quad.predicate.value == SKOS + "broader")
    with pytest.raises(NotBoundedError, match="broader"):
        derive_partly(small.store, [], [broader.triple])


def test_what_is_two_things_at_once_is_not_followed(small: World) -> None:
    cooperation = next(quad for quad in small.data if quad.object.value == CT + "Agreement")  # type: ignore[union-attr]
    also = ox.Triple(cooperation.subject, cooperation.predicate, ox.NamedNode(CT + "Organisation"))
    with pytest.raises(NotBoundedError, match="exclude"):
        derive_partly(small.store, [also], [])
