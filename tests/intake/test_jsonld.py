"""JSON-LD: nothing is fetched, nothing is lost without a word, and every statement has its place."""

from __future__ import annotations

import json
from typing import Final

import pytest

from crossties.export.jsonld import to_jsonld
from crossties.intake import Intake, Upload, read_rdf
from crossties.intake.jsonld.contexts import BUNDLED
from crossties.intake.jsonld.text import JsonError, read_json, to_plain
from crossties.intake.limits import MAX_CONTEXTS
from crossties.namespaces import CT, LANGUAGES
from crossties.quads import parse_file
from crossties.resources import Content
from crossties.versions import shipped_sources
from crossties.vocabulary import read_vocabulary

GRAPH: Final = "https://w3id.org/crossties/graph/x"
OURS: Final = f"""{{"@context": ["{BUNDLED}", {{"@base": "https://w3id.org/crossties/"}}],
 "id": "id/agreement/x", "type": "Agreement",
 "prefLabel": {{"en": "X", "fi": ["Y", "Z"]}},
 "party": ["id/organisation/a",
   "id/organisation/b"],
 "date": "2019-01-01"}}
"""


def read(text: str, language: str = "en") -> Intake:
    return read_rdf(Upload("x.jsonld", text.encode()), graph=GRAPH, language=language)


def codes(text: str) -> list[str | None]:
    return [one.code for one in read(text).problems]


def placed(text: str) -> dict[str, tuple[int | None, int | None]]:
    found = read(text).places.statements
    return {str(getattr(quad.object, "value", "")): (at.line, at.column) for quad, at in found.items()}


def test_our_context_may_be_named_by_its_address() -> None:
    intake = read(OURS)
    assert intake.problems == ()
    assert {quad.predicate.value for quad in intake.quads if quad.predicate.value.startswith(CT)} == {
        CT + "party",
        CT + "date",
    }


def test_every_statement_stands_where_its_value_does() -> None:
    assert placed(OURS) == {
        CT + "Agreement": (2, 34),
        "X": (3, 22),
        "Y": (3, 34),
        "Z": (3, 39),
        "https://w3id.org/crossties/id/organisation/a": (4, 12),
        "https://w3id.org/crossties/id/organisation/b": (5, 4),
        "2019-01-01": (6, 10),
    }


def test_a_node_stands_where_its_id_does() -> None:
    place = read(OURS).places.subjects["https://w3id.org/crossties/id/agreement/x"]
    assert (place.line, place.column) == (2, 8)


@pytest.mark.parametrize(
    "context",
    [
        '"https://schema.org/"',
        '["https://w3id.org/crossties/context.jsonld", "https://x.example/c"]',
        '"http://w3id.org/crossties/context.jsonld"',
        '"file:///etc/passwd"',
        '"context.jsonld"',
        '{"@import": "https://w3id.org/crossties/context.jsonld"}',
        '{"p": {"@id": "urn:p", "@context": "https://x.example/c"}}',
    ],
)
def test_another_context_would_have_to_be_fetched_and_is_refused(context: str) -> None:
    intake = read(f'{{"@context": {context}, "@id": "urn:a", "urn:b": "c"}}')
    assert {one.code for one in intake.problems} == {"remote_context"}
    assert BUNDLED in (intake.problems[0].suggestion or "")
    assert intake.quads == ()


def test_a_context_may_not_be_repeated_without_end() -> None:
    node = f'{{"@context": "{BUNDLED}", "id": "urn:a", "date": "2019"}}'
    assert codes(f"[{', '.join([node] * (MAX_CONTEXTS + 1))}]") == ["many_contexts"]
    assert codes(f"[{', '.join([node] * MAX_CONTEXTS)}]") != ["many_contexts"]


def test_values_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossties.intake.jsonld.text.MAX_VALUES", 5)
    assert codes('{"@id": "urn:a", "urn:b": [1, 2, 3, 4]}') == ["too_many"]


def test_a_context_inside_a_node_is_looked_at_too() -> None:
    text = '{"@id": "urn:a", "urn:b": {"@id": "urn:c", "@context": "https://x.example/", "urn:d": 1}}'
    assert codes(text) == ["remote_context"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('{"@context": {"b": "urn:b"}, "@id": "urn:a", "b": "x"}', 1),
        ('{"@id": "c", "b": 1, "@context": {"b": "urn:b", "@base": "http://e.example/"}}', 1),
        ('[{"@id": "urn:c", "urn:b": 1}, {"@id": "urn:d", "urn:b": true}]', 2),
        ('{"@id": "urn:a", "urn:b": "x", "@included": [{"@id": "urn:c", "urn:b": "y"}]}', 2),
        ('{"@graph": [{"@id": "urn:c", "urn:b": "y"}, {"@id": "urn:d", "@type": "urn:T"}]}', 2),
        ('{"@id": "urn:c", "@reverse": {"urn:b": {"@id": "urn:d"}}}', 1),
        ('{"@context": {"r": {"@reverse": "urn:b", "@type": "@id"}}, "@id": "urn:c", "r": "urn:d"}', 1),
        ('{"@context": {"n": "@nest", "b": "urn:b"}, "@id": "urn:c", "n": {"b": 1}}', 1),
        ('{"@context": {"i": "@id", "v": "@value"}, "i": "urn:c", "urn:b": {"v": "x"}}', 1),
        ('{"@context": {"@vocab": "urn:v:"}, "@id": "urn:c", "@type": "T", "b": "x"}', 2),
        ('{"@context": {"@language": "fi"}, "@id": "urn:c", "urn:b": ["x", {"@value": "y"}]}', 2),
        ('{"@context": {"b": {"@id": "urn:b", "@type": "@vocab"}, "T": "urn:T"}, "@id":"urn:c","b":"T"}', 1),
        ('{"@context": {"p": "urn:p:", "b": "p:b"}, "@id": "p:c", "b": "x", "p:d": {"@set": ["y"]}}', 2),
        ('{"@context": {"b": {"@id": "urn:b", "@container": "@index"}}, "@id": "urn:c", "b": {"k": "x"}}', 1),
        ('{"@context": {"b": {"@id": "urn:b", "@context": {"c": "urn:c"}}}, "@id":"urn:a","b":{"c": 1}}', 2),
    ],
)  # fmt: skip
def test_each_way_to_state_something_is_followed_to_its_place(text: str, count: int) -> None:
    intake = read(text)
    assert (len(intake.quads), len(intake.places.statements)) == (count, count)
    assert {one.code for one in intake.problems} <= {"blank_node"}


def test_lists_are_followed_link_by_link() -> None:
    intake = read('{"@id": "urn:c", "urn:b": {"@list": ["x", "y", "x"]}}')
    assert len(intake.places.statements) == len(set(intake.quads)) == 7


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"@id": "urn:a", "kynd": 1, "urn:b": 1}', "unknown_key"),
        ('{"@id": "a/b", "urn:b": 1}', "lost_iri"),
        ('{"@id": "http://a b/", "urn:b": 1}', "lost_iri"),
        ('{"@id": "urn:a", "urn:b": {"@id": "c"}}', "lost_iri"),
        ('{"@id": "urn:a", "@type": "X", "urn:b": 1}', "unknown_class"),
        ('{"@id": "urn:a", "urn:b": {"@value": "x", "@language": "e n"}}', "language_tag"),
        ('{"@context": {"b": {"@id": "urn:b", "@type": "@id"}}, "@id": "urn:a", "b": "x y"}', "lost_iri"),
    ],
)
def test_what_a_parser_would_leave_out_without_a_word_is_told(text: str, code: str) -> None:
    assert codes(text) == [code]
    assert read(text).quads == ()


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ('{"a": 1,, "b": 2}', "json_key", 9),
        ('{"a": 1,}', "json_last_comma", 9),
        ("[1, 2,]", "json_last_comma", 7),
        ('{"a" 1}', "json_colon", 6),
        ('{"a": 1 "b": 2}', "json_comma", 9),
        ("{'a': 1}", "curly_quote", 2),
        ("{“a”: 1}", "curly_quote", 2),
        ('{"a": “x”}', "curly_quote", 7),
        ('{"a": "x\n"}', "json_string", 7),
        ('{"a": "\\x"}', "json_string", 7),
        ('{"a": "\\ud800"}', "json_string", 7),
        ('{"a": [1, 2', "json_end", 12),
        ('{"a": 1} 2', "json_rest", 10),
        ('{"a": truth}', "json_value", 7),
        ('{"a": 01}', "json_value", 7),
        ('{"a": 1, "a": 2}', "doubled_key", 10),
        ("[" * 66, "too_deep", 66),
        ("{}", "no_statement", None),
        ('{"@id": 1, "urn:b": 2}', "jsonld", 1),
    ],
)
def test_broken_json_is_told_by_its_mistake_at_its_place(text: str, code: str, column: int | None) -> None:
    [problem] = read(text).problems
    assert (problem.code, problem.where.column) == (code, column)


@pytest.mark.parametrize("language", LANGUAGES)
def test_mistakes_are_told_in_every_language(language: str) -> None:
    [here, english] = [read('{"a": 1,}', tongue).problems[0].message for tongue in (language, "en")]
    assert (here == english) == (language == "en")


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, -0.5e3, true, false, null, "é\\u00e9\\n"], "b": {}}',
        "[]",
        ' "x" ',
        "-1E+2",
        '[[], {"": ""}]',
    ],
)
def test_json_is_read_as_the_standard_library_reads_it(text: str) -> None:
    assert to_plain(read_json(text)) == json.loads(text)


@pytest.mark.parametrize(
    "text", ["", "01", "+1", "1.", ".5", "NaN", "[1,]", '{"a"}', "'a'", '"\t"', "nul", "1 2"]
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(JsonError):
        read_json(text)


def test_what_we_export_is_read_again_whole_with_every_place(content: Content) -> None:
    vocabulary = read_vocabulary(content)
    for source in shipped_sources(content)[::4]:
        if source.path.is_relative_to(content.data):
            quads = set(parse_file(source.path, graph=source.graph).quads)
            text = to_jsonld({source.graph: quads}, vocabulary)
            intake = read_rdf(Upload("x.jsonld", text.encode()), graph=source.graph)
            assert intake.problems == ()
            assert set(intake.quads) == set(intake.places.statements) == quads
