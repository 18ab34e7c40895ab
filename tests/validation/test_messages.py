from __future__ import annotations

import string
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from crossties.namespaces import LANGUAGES
from crossties.quads import NamedNode, Quad, literal
from crossties.quads.terms import Literal
from crossties.validation.findings import Finding
from crossties.validation.shapes import find_shape_results
from crossties.wording import read_words, say

Write = Callable[[str, str | bytes], Path]
OURS = ("constraint", "report", "validate", "validation")
X = "urn:x:"
PREFIXES = """@prefix : <urn:x:> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def node(name: str) -> NamedNode:
    return NamedNode(X + name)


def state(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(node(subject), node(predicate), value, node("g"))


TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
QUADS = [
    Quad(node("a"), TYPE, node("C"), node("g")),
    state("a", "p", literal("5", "integer")),
    state("a", "t", literal("EUR")),
    state("a", "n", Literal("one", language="en")),
    state("a", "n", Literal("two", language="en")),
    state("a", "b", node("b")),
    state("a", "q", literal("9", "integer")),
]
#: Component of SHACL → a property shape that breaks it.
BROKEN = {
    "Class": "sh:path :b ; sh:class :D",
    "Datatype": "sh:path :t ; sh:datatype xsd:date",
    "NodeKind": "sh:path :t ; sh:nodeKind sh:IRI",
    "MinCount": "sh:path :z ; sh:minCount 1",
    "MaxCount": "sh:path :n ; sh:maxCount 1",
    "MinExclusive": "sh:path :p ; sh:minExclusive 5",
    "MinInclusive": "sh:path :p ; sh:minInclusive 6",
    "MaxExclusive": "sh:path :p ; sh:maxExclusive 5",
    "MaxInclusive": "sh:path :p ; sh:maxInclusive 4",
    "MinLength": "sh:path :t ; sh:minLength 4",
    "MaxLength": "sh:path :t ; sh:maxLength 2",
    "Pattern": 'sh:path :t ; sh:pattern "^[a-z]+$"',
    "LanguageIn": 'sh:path :n ; sh:languageIn ( "fi" "sv" )',
    "UniqueLang": "sh:path :n ; sh:uniqueLang true",
    "Equals": "sh:path :p ; sh:equals :q",
    "Disjoint": "sh:path :p ; sh:disjoint :p",
    "LessThan": "sh:path :q ; sh:lessThan :p",
    "LessThanOrEquals": "sh:path :q ; sh:lessThanOrEquals :p",
    "Not": 'sh:path :t ; sh:not [ sh:hasValue "EUR" ]',
    "And": "sh:path :t ; sh:and ( [ sh:minLength 9 ] [ sh:datatype xsd:string ] )",
    "Or": "sh:path :t ; sh:or ( [ sh:minLength 9 ] [ sh:datatype xsd:date ] )",
    "Xone": "sh:path :t ; sh:xone ( [ sh:minLength 9 ] [ sh:datatype xsd:date ] )",
    "Node": "sh:path :b ; sh:node :Other",
    "QualifiedMinCount": "sh:path :t ; sh:qualifiedValueShape [ sh:minLength 9 ] ; sh:qualifiedMinCount 1",
    "QualifiedMaxCount": "sh:path :n ; sh:qualifiedValueShape [ sh:minLength 1 ] ; sh:qualifiedMaxCount 1",
    "Closed": "sh:path :b ; sh:node [ sh:closed true ; sh:ignoredProperties () ]",
    "HasValue": "sh:path :t ; sh:hasValue 3",
    "In": 'sh:path :t ; sh:in ( "SEK" "RUB" )',
}


def find(write_file: Write, shape: str, language: str = "en") -> list[Finding]:
    text = f"""{PREFIXES} :S a sh:NodeShape ; sh:targetClass :C ; sh:property :S-p . :S-p {shape} .
        :Other a sh:NodeShape ; sh:property
            [ sh:path :name ; sh:minCount 1 ; sh:name "Name"@en , "nimi"@fi ] ."""
    return list(
        find_shape_results(QUADS, write_file("shapes/some.ttl", text).parent, language=language),
    )


@pytest.mark.parametrize("component", [name for name in BROKEN if name != "Closed"])
def test_every_core_component_has_a_message_in_four_languages(write_file: Write, component: str) -> None:
    finding = find(write_file, BROKEN[component])[0]
    assert finding.component == component
    told = dict(finding.texts)
    assert set(told) == set(LANGUAGES)
    assert len(set(told.values())) == len(LANGUAGES)
    assert not [text for text in told.values() if "{" in text or "_:" in text or "None" in text]


@pytest.mark.parametrize(
    ("component", "parts"),
    [
        ("Datatype", ["“EUR”", "xsd:date", "2018-09-27"]),
        ("In", ["“SEK”", "“RUB”"]),
        ("MinCount", ["1", "0 found"]),
        ("MaxCount", ["2 times", "at most 1"]),
        ("UniqueLang", ["“en”"]),
        ("LessThan", ["“9”", "urn:x:p"]),
        ("NodeKind", ["an IRI"]),
        ("QualifiedMinCount", ["at least 1"]),
        ("HasValue", ["“3”"]),
    ],
)
def test_a_message_names_what_is_there_and_what_is_wanted(
    write_file: Write, component: str, parts: list[str]
) -> None:
    message = find(write_file, BROKEN[component])[0].message
    assert not [part for part in parts if part not in message], message


def test_the_message_of_the_shape_goes_before(write_file: Write) -> None:
    shape = 'sh:path :z ; sh:minCount 1 ; sh:message "Anna se."@fi , "Give it."@en'
    assert [find(write_file, shape, language)[0].message for language in ("fi", "sv")] == [
        "Anna se.",
        "Give it.",
    ]


def test_the_name_of_a_property_is_told_in_the_language(write_file: Write) -> None:
    shape = 'sh:path :z ; sh:minCount 1 ; sh:name "amount"@en , "belopp"@sv'
    assert find(write_file, shape, "sv")[0].message.startswith("belopp saknas")


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        ("Node", "Name is missing"),
        ("Or", "shorter than 9"),
        ("And", "shorter than 9"),
        ("Xone", "xsd:date"),
    ],
)
def test_the_inner_constraint_that_failed_is_told(write_file: Write, component: str, reason: str) -> None:
    details = find(write_file, BROKEN[component])[0].details
    assert any(reason in detail for detail in details), details


def test_reasons_inside_reasons_are_told_by_the_innermost(write_file: Write) -> None:
    shape = "sh:path :b ; sh:or ( [ sh:node :Other ] [ sh:class :D ] )"
    details = find(write_file, shape)[0].details
    assert any("Name is missing" in detail for detail in details)
    assert any("urn:x:D" in detail for detail in details)


def test_a_shape_without_a_name_is_told_by_the_one_around_it(write_file: Write) -> None:
    text = f"{PREFIXES} :S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :z ; sh:minCount 1 ] ."
    folder = write_file("shapes/some.ttl", text).parent
    assert [one.shape for one in find_shape_results(QUADS, folder, language="en")] == [X + "S"]


@pytest.mark.parametrize("subject", OURS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_in_every_language_with_the_same_values(subject: str, language: str) -> None:
    english, told = read_words(subject, "en"), read_words(subject, language)
    assert set(told) == set(english)
    for key, text in told.items():
        assert _fields(text) == _fields(english[key]), key
        assert text.strip()


def test_every_topic_is_there_in_every_language() -> None:
    folder = files("crossties") / "words"
    topics = {
        language: {one.name for one in (folder / language).iterdir() if one.name.endswith(".toml")}
        for language in LANGUAGES
    }
    assert len({frozenset(names) for names in topics.values()}) == 1


def test_another_language_is_answered_in_english() -> None:
    assert say("report.whole", "de") == "The graph as a whole"


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
