from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from crossties.namespaces import BASE, CT, GRAPH
from crossties.quads import NamedNode, Quad, Term, parse_bytes
from crossties.resources import Content
from crossties.store.base import Published, hold_published
from crossties.validation.incremental import Change, Checker, Verdict
from crossties.validation.rules import load_rules
from crossties.versions import vocabulary_sources

TORTURE: Final = Path(__file__).parent / "shapes"
HEAD: Final = """@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA_HEAD: Final = f"""@base <{BASE}> .
@prefix ct: <{CT}> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
#: Gives the texts of graphs, by name, before a change; returns what the change of one of them is found to do.
Judge = Callable[..., Verdict]


@pytest.fixture(scope="module")
def torture() -> Checker:
    return Checker(TORTURE)


@pytest.fixture(scope="module")
def shipped(content: Content) -> Checker:
    return Checker(content.shapes)


@pytest.fixture(scope="module")
def vocabulary(content: Content) -> list[Quad]:
    sources = vocabulary_sources(content)
    return [quad for one in sources for quad in read(one.path.read_text(), one.graph)]


@pytest.fixture
def judge(shipped: Checker, vocabulary: list[Quad]) -> Judge:
    """Judge the change of one small file of a graph with the real vocabulary."""

    def run(before: dict[str, str], name: str, text: str, *, language: str = "en") -> Verdict:
        quads = [quad for file in before for quad in read(DATA_HEAD + before[file], GRAPH + file)]
        old = frozenset(quad for quad in quads if quad.graph_name == NamedNode(GRAPH + name))
        new = frozenset(read(DATA_HEAD + text, GRAPH + name))
        base = Watched(hold_published([*vocabulary, *quads]))
        return shipped.check(base, Change(GRAPH + name, old, new), language=language)

    return run


class Watched:
    """A published graph that may only be looked up, never read as a whole."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self.graphs_of, self.quads_of = published.graphs_of, published.quads_of
        self.passages_of, self.knows = published.passages_of, published.knows
        self.match_in_graphs = published.match_in_graphs

    def match(self, *pattern: Term | None) -> Iterator[tuple[Term, Term, Term]]:
        assert any(pattern), "everything was asked for"
        return self._published.match(*pattern)

    def quads(self) -> Iterator[Quad]:
        pytest.fail("the whole graph was read")


ORGANISATION: Final = """<id/organisation/town> a ct:Organisation ;
    skos:prefLabel "Town"@en , "Stad"@sv ; ct:statedIn <id/document/news/p1> .
"""
PROJECT: Final = """<id/project/path> a ct:Project ; skos:prefLabel "Path"@en , "Stig"@sv ;
    ct:party <id/organisation/town> ; ct:statedIn <id/document/news/p1> .
"""
DOCUMENT: Final = """<id/document/news> a ct:Document ; dct:title "News"@en ;
    dct:publisher <id/organisation/town> ; dct:language "en" ; ct:readOn "2026-11-22"^^xsd:date .
"""


def test_what_a_new_file_breaks_is_introduced(judge: Judge) -> None:
    verdict = judge({"a": ORGANISATION + DOCUMENT}, "b", PROJECT.replace('"Path"@en', '"Path"'))
    assert {"CooperationShape-label", "LabelShape-english"} <= shapes(verdict.introduced)
    assert not verdict.is_acceptable
    assert verdict.fixed == frozenset()


def test_nothing_is_said_of_a_file_that_is_right(judge: Judge) -> None:
    created = '<graph/b> dct:created "2026-11-22"^^xsd:date .'
    verdict = judge({"a": ORGANISATION + DOCUMENT}, "b", PROJECT + created)
    assert (verdict.introduced, verdict.is_acceptable, verdict.in_full) == (frozenset(), True, ())


def test_what_others_say_of_a_thing_is_looked_at_when_the_thing_goes(judge: Judge) -> None:
    before = {"a": ORGANISATION, "b": PROJECT, "c": DOCUMENT}
    verdict = judge(before, "a", "<graph/a> dct:created '2026-11-22'^^xsd:date .")
    broken = {(one.shape or "", one.focus) for one in verdict.introduced}
    assert (SHAPE + "CooperationShape-party", BASE + "id/project/path") in broken
    assert (SHAPE + "DocumentShape-publisher", BASE + "id/document/news") in broken


def test_a_document_that_comes_mends_what_cites_its_passages(judge: Judge) -> None:
    verdict = judge({"a": ORGANISATION, "b": PROJECT}, "c", DOCUMENT)
    mended = {(one.shape, one.focus) for one in verdict.fixed}
    assert ("rules/passage-of-no-document", BASE + "id/project/path") in mended


def test_a_warning_that_stays_is_already_there(judge: Judge) -> None:
    before = {"a": ORGANISATION + DOCUMENT, "b": PROJECT.replace(' , "Stig"@sv', ' , "Polku"@ru')}
    verdict = judge(before, "b", before["b"].replace("Path", "Paths"))
    assert "LabelShape-cyrillic" in shapes(verdict.already_there)
    assert verdict.introduced == frozenset()


def test_what_another_file_states_too_does_not_go(judge: Judge) -> None:
    before = {"a": ORGANISATION + DOCUMENT, "b": PROJECT + ORGANISATION}
    assert judge(before, "b", PROJECT).introduced == frozenset()


def test_the_value_of_a_preferred_claim_counts_as_stated(judge: Judge) -> None:
    project = PROJECT.replace(";", '; ct:from "2020-01-01"^^xsd:date ;', 1)
    claim = """<id/claim/end> a ct:Claim ; ct:about <id/project/path> ; ct:property ct:until ;
        ct:value "2019-01-01"^^xsd:date ; ct:preferred true ; ct:statedIn <id/document/news/p1> .
    """
    verdict = judge({"a": ORGANISATION + DOCUMENT, "b": project}, "c", claim)
    assert ("rules/end-before-start", BASE + "id/project/path") in {
        (one.shape, one.focus) for one in verdict.introduced
    }


def test_messages_come_in_the_language_that_is_asked_for(judge: Judge) -> None:
    verdict = judge({"a": ORGANISATION + DOCUMENT}, "b", PROJECT.replace("a ct:Project ;", ""), language="fi")
    [told] = {one.message for one in verdict.introduced if one.shape == "rules/without-type"}
    assert told.startswith("Kerro, mikä tämä on")


def test_a_class_below_another_one_is_a_matter_of_the_whole_graph(torture: Checker) -> None:
    base = [*read(HEAD + "ex:n1 a ex:Deal ; ex:party ex:n2 . ex:n2 a ex:Club .", "urn:g:one")]
    new = frozenset(read(HEAD + "ex:Club rdfs:subClassOf ex:Body .", "urn:g:two"))
    verdict = torture.check(hold_published(base), Change("urn:g:two", frozenset(), new))
    assert verdict.in_full == ("everything",)
    assert "https://example.org/party-class" in {one.shape for one in verdict.fixed}


def test_what_cannot_be_bounded_is_asked_in_full_and_told(torture: Checker) -> None:
    base = read(HEAD + "ex:n1 a ex:Body . ex:n2 a ex:Town . ex:n3 a ex:Town . ex:n4 a ex:Town .", "urn:g:one")
    new = frozenset(read(HEAD + "ex:n5 a ex:Town .", "urn:g:two"))
    verdict = torture.check(hold_published(base), Change("urn:g:two", frozenset(), new))
    assert "rules/many" in verdict.in_full
    assert ("rules/many", "https://example.org/n1") in {(one.shape, one.focus) for one in verdict.introduced}


def test_a_shape_whose_query_cannot_be_bounded_is_asked_in_full_and_told(torture: Checker) -> None:
    base = read(HEAD + "ex:n1 a ex:Money ; ex:sum 1 .", "urn:g:one")
    new = frozenset(read(HEAD + "ex:n5 ex:note 2 .", "urn:g:two"))
    verdict = torture.check(hold_published(base), Change("urn:g:two", frozenset(), new))
    assert "https://example.org/Query-unbounded" in verdict.in_full
    assert "https://example.org/n1" in {one.focus for one in verdict.introduced}


def test_a_query_that_reads_the_shapes_is_asked_of_what_is_changed(torture: Checker) -> None:
    new = frozenset(read(HEAD + "ex:n1 a ex:Money ; ex:sum 2002 . ex:n2 a ex:Money ; ex:sum 2000 .", "urn:g"))
    verdict = torture.check(hold_published([]), Change("urn:g", frozenset(), new))
    found = {(one.shape, one.focus) for one in verdict.introduced}
    assert ("https://example.org/Query-shapes", "https://example.org/n1") in found
    assert ("https://example.org/Query-shapes", "https://example.org/n2") not in found


def test_nothing_changes_where_nothing_is_changed(torture: Checker) -> None:
    quads = frozenset(read(HEAD + "ex:n1 a ex:Deal .", "urn:g:one"))
    verdict = torture.check(hold_published(quads), Change("urn:g:one", quads, quads))
    assert (verdict.introduced, verdict.fixed, verdict.already_there) == (frozenset(),) * 3


def test_every_shipped_shape_and_rule_is_bounded(shipped: Checker, content: Content) -> None:
    assert shipped.unbounded == ()
    assert len(load_rules(content.shapes / "rules")) > 30


SHAPE: Final = "https://w3id.org/crossties/shapes#"


def shapes(findings: frozenset[object]) -> set[str]:
    return {str(getattr(one, "shape", "")).removeprefix(SHAPE) for one in findings}


def read(text: str, graph: str) -> tuple[Quad, ...]:
    return parse_bytes(text.encode(), rdf_format=ox.RdfFormat.TURTLE, graph=graph, origin="text").quads
