"""A valid example reports nothing, an invalid one exactly what its first line names.

Examples are fragments: what a whole file must have (shapes/contribution.ttl) is asked of contribution/ only.
"""

from __future__ import annotations

import functools
import re
import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

ROOT: Final = Path(__file__).parents[2]
BASE: Final = "https://w3id.org/crossties/"
CTS: Final = BASE + "shapes#"
EXAMPLES: Final = sorted(Path(__file__).parent.glob("*/*.ttl"))
RULES: Final = sorted((ROOT / "shapes/rules").glob("*.rq"))
CONTEXT: Final = sorted(
    path for folder in ("ontology", "data/themes", "tests/world") for path in (ROOT / folder).rglob("*.ttl")
)
FOUR: Final = ["en", "fi", "ru", "sv"]
TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


@pytest.fixture(autouse=True)
def exact_literals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep literals as they are written: by default rdflib rewrites “007” before a shape can see it."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_breaks_what_it_says_and_nothing_else(path: Path) -> None:
    assert broken_by(path) == declared(path)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_is_named_after_what_it_shows(path: Path) -> None:
    assert re.fullmatch(r"(valid|invalid)\.[a-z0-9]+(-[a-z0-9]+)*\.ttl", path.name)
    assert bool(declared(path)) == path.name.startswith("invalid.")
    list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))


def test_every_shape_and_every_rule_is_broken_by_an_invalid_example() -> None:
    broken = set().union(*(declared(path) for path in EXAMPLES))
    assert sorted(checks() - broken) == []


def test_every_name_in_a_first_line_exists() -> None:
    named = set().union(*(declared(path) for path in EXAMPLES))
    assert sorted(named - checks()) == []


def test_the_world_conforms() -> None:
    _, report, text = pyshacl.validate(context(), shacl_graph=shapes(), inplace=True)
    assert isinstance(report, rdflib.Graph)
    assert not list(report.subjects(RDF.type, SH.ValidationResult)), text
    assert {rule.stem: found for rule in RULES if (found := rule_focus(rule))} == {}


def test_the_shapes_are_themselves_well_formed() -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


def test_every_shape_that_is_referred_to_exists() -> None:
    graph = shapes()
    used = {shape for predicate in (SH.node, SH.property) for shape in graph.objects(None, predicate)}
    assert [short(shape) for shape in used if (shape, None, None) not in graph] == []


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rule_says_what_is_wrong_and_how_to_mend_it(path: Path) -> None:
    header = rule_header(path)
    assert header["title"]
    assert header["description"]
    assert header["severity"] in {"Violation", "Warning", "Info"}
    assert sorted(header["message"]) == FOUR
    assert re.search(r"SELECT (DISTINCT )?\?focus \?path", path.read_text())


def test_every_shape_speaks_four_languages() -> None:
    graph = shapes()
    said = [(shape, SH.message) for shape in targeted(graph) if (shape, SH.message, None) in graph]
    named = {part for shape in targeted(graph) for part in graph.objects(shape, SH.property)}
    said += [(shape, predicate) for shape in named for predicate in (SH.name, SH.message)]
    silent = {short(shape) for shape, predicate in said if languages(graph, shape, predicate) != FOUR}
    assert sorted(silent) == []


def test_every_property_shape_has_a_name_of_its_own() -> None:
    graph = shapes()
    for shape in targeted(graph):
        for part in graph.objects(shape, SH.property):
            assert re.fullmatch(rf"{re.escape(str(shape))}-[a-z][A-Za-z]*", str(part))


def broken_by(path: Path) -> set[str]:
    """Return the names of the shapes and rules that report a node of this file."""
    triples = list(rdflib.Graph().parse(path, format="turtle"))
    nodes = {term for s, _, o in triples for term in (s, o)}
    asked = shapes() if path.parent.name == "contribution" else shapes(without="contribution")
    with replaced(triples) as graph:
        reported = source_shapes(graph, aimed_at(nodes, graph, asked))
    return {short(shape) for shape in reported} | broken_rules(path)


def declared(path: Path) -> set[str]:
    """Return what the first line of an example says that it breaks."""
    first = path.read_text().partition("\n")[0]
    names = first.removeprefix("# breaks:").split(",") if first.startswith("# breaks:") else []
    return {name.strip() for name in names}


def checks() -> set[str]:
    """Return every shape that can report something, and every rule."""
    graph = shapes()
    reporting = {shape for shape in targeted(graph) if (shape, SH.message, None) in graph}
    attached = {part for shape in targeted(graph) for part in graph.objects(shape, SH.property)}
    return {short(shape) for shape in reporting | attached} | {f"rules/{rule.stem}" for rule in RULES}


def languages(graph: rdflib.Graph, shape: Node, predicate: Node) -> list[str]:
    texts = graph.objects(shape, predicate)
    return sorted(str(text.language) for text in texts if isinstance(text, rdflib.Literal))


def short(shape: Node) -> str:
    return str(shape).replace(CTS, "cts:")


@functools.cache
def shapes(*, without: str = "") -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        if path.stem != without:
            graph.parse(path)
    return graph


@functools.cache
def context() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in CONTEXT:
        graph.parse(path)
    return graph


@functools.cache
def store() -> ox.Store:
    loaded = ox.Store()
    for path in CONTEXT:
        loaded.extend(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    return loaded


@contextmanager
def replaced(triples: list[tuple[Node, Node, Node]]) -> Iterator[rdflib.Graph]:
    """Lend the context with these triples in it, and make it as it was again.

    What they give a class stands in place of the world's thing of that name, so that the world can grow.
    """
    graph = context()
    described = {subject for subject, predicate, _ in triples if predicate == RDF.type}
    old = [triple for subject in described for triple in graph.triples((subject, None, None))]
    graph -= old
    new = [triple for triple in triples if triple not in graph]
    graph += new
    try:
        yield graph
    finally:
        graph -= new
        graph += old


def source_shapes(graph: rdflib.Graph, asked: rdflib.Graph) -> set[Node]:
    """Validate the graph; return the shapes that report something."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=asked, inplace=True)
    assert isinstance(report, rdflib.Graph)
    results = report.objects(None, SH.result)
    return {shape for result in results for shape in report.objects(result, SH.sourceShape)}


def aimed_at(nodes: set[Node], graph: rdflib.Graph, asked: rdflib.Graph) -> rdflib.Graph:
    """Return the shapes with their targets narrowed to those of these nodes that they target.

    It reports the same of these nodes as all the shapes would, in a hundredth of the time.
    """
    aimed = rdflib.Graph()
    handles = {node: target_handles(node, graph) for node in nodes}
    for shape in targeted(asked):
        wanted = {(target, value) for target in TARGETS for value in asked.objects(shape, target)}
        focus = [node for node in nodes if wanted & handles[node]]
        aimed += [(shape, SH.targetNode, node) for node in focus]
        aimed += description(shape, asked) if focus else []
    return aimed


def targeted(graph: rdflib.Graph) -> set[Node]:
    return {shape for target in TARGETS for shape in graph.subjects(target)}


def target_handles(node: Node, graph: rdflib.Graph) -> set[tuple[Node, Node | None]]:
    """Return every target declaration that makes a shape look at this node."""
    types = list(graph.objects(node, RDF.type))
    return (
        {(SH.targetClass, top) for found in types for top in graph.transitive_objects(found, RDFS.subClassOf)}
        | {(SH.targetSubjectsOf, path) for path in graph.predicates(node, None)}
        | {(SH.targetObjectsOf, path) for path in graph.predicates(None, node)}
    )


@functools.cache
def description(shape: Node, source: rdflib.Graph) -> list[tuple[Node, Node, Node]]:
    """Return everything that is said of a shape and of what it refers to, but its targets."""
    said = [(shape, *rest) for rest in source.predicate_objects(shape) if rest[0] not in TARGETS]
    return said + [triple for _, _, value in said for triple in description(value, source)]


def broken_rules(path: Path) -> set[str]:
    """Return the rules that report a node of this file."""
    quads = list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    nodes = {term for quad in quads for term in (quad.subject, quad.object)} | {graph_of(path)}
    asked = [rule for rule in RULES if concerns(rule, path)]
    with stored(quads, graph=graph_of(path)):
        return {f"rules/{rule.stem}" for rule in asked if rule_focus(rule) & nodes}


@contextmanager
def stored(quads: list[ox.Quad], *, graph: ox.NamedNode) -> Iterator[None]:
    """Put these quads into the store as ``replaced`` does, and those of a whole file into its graph too."""
    described = {quad.subject for quad in quads if quad.predicate.value == str(RDF.type)}
    old = [quad for subject in described for quad in store().quads_for_pattern(subject, None, None)]
    discard(old)
    new = [quad for quad in quads if quad not in store()]
    store().extend(new)
    if "/contribution/" in graph.value:
        store().extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
    try:
        yield
    finally:
        store().remove_graph(graph)
        discard(new)
        store().extend(old)


def graph_of(path: Path) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}graph/{path.parent.name}/{path.stem}")


def discard(quads: list[ox.Quad]) -> None:
    for quad in quads:
        store().remove(quad)


def concerns(rule: Path, example: Path) -> bool:
    """Tell whether a rule can have more to report with this example than without it.

    The context conforms, so a new solution needs a triple of the example, thus a term that both name, unless
    the rule has a variable in the place of a property or class.
    """
    return any_term(rule) or bool(terms(rule) & terms(example))


@functools.cache
def terms(path: Path) -> set[str]:
    return set(re.findall(r"\b[a-z]+:[A-Za-z]+\b", path.read_text()))


@functools.cache
def any_term(rule: Path) -> bool:
    text = rule.read_text().splitlines()
    lines = [line for line in text if not re.match(r"#\+|ORDER BY|.*SELECT ", line)]
    return any(re.search(r"(\?\w+|;) \?\w+ \?\w+|\ba \?\w+|GRAPH", line) for line in lines)


def rule_focus(path: Path) -> set[object]:
    """Return the nodes that a rule reports in the store as it is now."""
    solutions = store().query(path.read_text())
    assert isinstance(solutions, ox.QuerySolutions)
    return {solution["focus"] for solution in solutions}


def rule_header(path: Path) -> dict[str, str | dict[str, str]]:
    lines = [line for line in path.read_text().splitlines() if line.startswith("#+")]
    return tomllib.loads("\n".join(line.removeprefix("#+").removeprefix(" ") for line in lines))
