from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crossties.quads import NamedNode, Quad, literal
from crossties.validation.shapes import choose_message, find_shape_results

Write = Callable[[str, str | bytes], Path]
PREFIXES = """@prefix : <urn:x:> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
QUADS = [
    Quad(NamedNode("urn:x:a"), TYPE, NamedNode("urn:x:C"), NamedNode("urn:g")),
    Quad(NamedNode("urn:x:a"), NamedNode("urn:x:p"), literal("1.50", "decimal"), NamedNode("urn:g")),
    Quad(NamedNode("urn:x:a"), NamedNode("urn:x:t"), literal("EUR"), NamedNode("urn:g")),
]


def shapes(write_file: Write, constraint: str) -> Path:
    text = f"{PREFIXES} :S a sh:NodeShape ; sh:targetClass :C ; sh:property :S-p . :S-p {constraint} ."
    return write_file("shapes/some.ttl", text).parent


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (":q", "urn:x:q"),
        ("[ sh:inversePath :q ]", "^<urn:x:q>"),
        ("( :q [ sh:inversePath :q ] )", "<urn:x:q>/^<urn:x:q>"),
        ("[ sh:alternativePath ( :q :r ) ]", "(<urn:x:q>|<urn:x:r>)"),
        ("( :q [ sh:oneOrMorePath :r ] )", "<urn:x:q>/<urn:x:r>+"),
        ("[ sh:inversePath ( :q :r ) ]", "^(<urn:x:q>/<urn:x:r>)"),
    ],
)
def test_a_path_is_told_as_sparql_writes_it(write_file: Write, path: str, text: str) -> None:
    folder = shapes(write_file, f"sh:path {path} ; sh:minCount 1")
    assert [one.path for one in find_shape_results(QUADS, folder, language="en")] == [text]


def test_literals_reach_the_shapes_as_they_are_written(write_file: Write) -> None:
    assert not list(
        find_shape_results(QUADS, shapes(write_file, 'sh:path :p ; sh:pattern "^1.50$"'), language="en"),
    )


@pytest.mark.parametrize(
    "constraint", ["sh:datatype xsd:string", 'sh:in ( "EUR" "SEK" )', 'sh:hasValue "EUR"']
)
def test_a_plain_text_is_a_string(write_file: Write, constraint: str) -> None:
    assert not list(
        find_shape_results(QUADS, shapes(write_file, f"sh:path :t ; {constraint}"), language="en"),
    )


@pytest.mark.parametrize(
    ("severity", "told"), [("Warning", "warning"), ("Info", "info"), ("Violation", "violation")]
)
def test_severities_are_kept(write_file: Write, severity: str, told: str) -> None:
    folder = shapes(write_file, f"sh:path :q ; sh:minCount 1 ; sh:severity sh:{severity}")
    assert [one.severity for one in find_shape_results(QUADS, folder, language="en")] == [told]


def test_a_query_sees_the_shapes_as_a_graph_apart_from_the_data(write_file: Write) -> None:
    query = """SELECT $this ?value WHERE { $this <urn:x:p> ?value . GRAPH $shapesGraph {
        $currentShape <urn:x:most> ?most } FILTER(?value > ?most)
        FILTER NOT EXISTS { $currentShape <urn:x:most> ?most } }"""
    text = f':S a sh:NodeShape ; sh:targetClass :C ; :most 1 ; sh:sparql [ sh:select """{query}""" ] .'
    folder = write_file("shapes/some.ttl", PREFIXES + text).parent
    assert [one.value for one in find_shape_results(QUADS, folder, language="en")] == ["1.50"]


def test_a_shape_without_a_message_gets_one(write_file: Write) -> None:
    [finding] = find_shape_results(QUADS, shapes(write_file, "sh:path :q ; sh:minCount 1"), language="fi")
    assert finding.message
    assert finding.shape == "urn:x:S-p"


@pytest.mark.parametrize(("language", "text"), [("fi", "suomi"), ("en", "English"), ("sv", "English")])
def test_a_message_in_the_language_asked_for_wins_over_english(language: str, text: str) -> None:
    assert choose_message([("fi", "suomi"), ("en", "English"), (None, "none")], language) == text


def test_a_message_without_a_language_is_better_than_none() -> None:
    assert choose_message([("fi", "suomi"), (None, "none")], "sv") == "none"
    assert choose_message([("fi", "suomi")], "sv") == "suomi"
    assert choose_message([], "sv") == ""
