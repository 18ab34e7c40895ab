"""The usual mistakes: told apart, at their place, with how to mend them."""

from __future__ import annotations

from typing import Final

import pytest

from crossties.intake import Intake, Upload, read_rdf
from crossties.namespaces import LANGUAGES

GRAPH: Final = "https://w3id.org/crossties/graph/agreements/x"
CT: Final = "@prefix ct: <https://w3id.org/crossties/ns#> .\n"
X: Final = "<https://w3id.org/crossties/id/place/x>"
Y: Final = "<https://w3id.org/crossties/id/place/y>"


def read(text: str, suffix: str = "ttl", language: str = "en") -> Intake:
    return read_rdf(Upload(f"x.{suffix}", text.encode()), graph=GRAPH, language=language)


def told(intake: Intake) -> list[tuple[str | None, int | None, int | None]]:
    return [(one.code, one.where.line, one.where.column) for one in intake.problems]


MISTAKES: Final = [
    (f"{X} ct:b 1\n{Y} ct:d 2 .", "missing_dot", 3, 1),
    (f"{X} ct:b ct:c", "unfinished", 2, 50),
    ("@prefix x: <urn:x>\nx:a x:b x:c .", "missing_dot", 3, 1),
    (f"{X} skos:notation 'x' .", "missing_prefix", 2, 41),
    (f"{X} geoo:b 'x' .", "unknown_prefix", 2, 41),
    (f"{X} ct:b http://x.example/z, http://y.example .", "bare_link", 2, 46),
    (f'{X} ct:b "abc .\n{Y} ct:d "e" .', "unclosed_quote", 2, 52),
    (f'{X} ct:b "abc .\n{Y} ct:d 2 .\n', "unclosed_quote", 2, 46),
    (f'{X} ct:b """abc .\n{Y} ct:d 2 .\n', "unclosed_quote", 2, 46),
    (f"{X} ct:b [ ct:d 2 .\n{Y} ct:d 2 .\n", "unclosed_bracket", 2, 55),
    (f"{X} ct:b ( 1 2 .\n{Y} ct:d 2 .\n", "unclosed_bracket", 2, 52),
    (f"{X} ct:b <https://x.example/y .\n{Y} ct:d 2 .\n", "unclosed_iri", 2, 46),
    (f"{X} ct:b “x” .\n", "curly_quote", 2, 46),
    (f"{X} ct:b ”x”@sv .\n", "curly_quote", 2, 46),
    (f"{X} ct:b «x»@ru .\n", "curly_quote", 2, 46),
    (f"{X} ct:b 'x' , ct:c 'y' .\n", "comma_for_semicolon", 2, 57),
    (f"{X} ct:b 'x' ; 'y' .\n", "semicolon_for_comma", 2, 52),
    (f"{X} ct:b {X} ; {Y} .\n", "semicolon_for_comma", 2, 128),
    (f"{X} ct:b {Y} ;\n{Y} ct:d 'y' .\n", "semicolon_for_dot", 3, 46),
    (f"{X} ct:b {Y} .\n  ct:d 'y' .\n", "dot_for_semicolon", 3, 8),
    ("<https://x.example/a b> ct:b 1 .\n", "iri_character", 2, 21),
    ("<https://x.example/a<b> ct:b 1 .\n", "iri_character", 2, 21),
    ("<id/place/x> ct:b 1 .\n", "relative_iri", 2, 1),
    ('@base "https://w3id.org/crossties/" .\n', "bad_base", 2, 7),
    ("@base <crossties/> .\n", "bad_base", 2, 7),
    (f"{X} ct:b ; ct:c 1 .\n", "missing_value", 2, 46),
    (f"{X} 1 .\n", "missing_property", 2, 41),
    ('"x" ct:b 1 .\n', "literal_subject", 2, 1),
    (f'{X} ct:b "C:\\path" .\n', "escape", 2, 49),
    (f'{X} ct:b "x"@sv_FI .\n', "language_tag", 2, 52),
    (f"{X} ct:b True .\n", "truth_value", 2, 46),
    (f"{X} ct:b 1 ] .\n", "stray", 2, 48),
    (f"{X} ct:b 2019-01-01 .\n", "bare_date", 2, 50),
    (f"{X} ct:b 12 000 .\n", "spaced_number", 2, 49),
    (f"{X} ct:b ct:x/y .\n", "slash", 2, 50),
    (f"{X}\u00a0ct:b 1 .\n", "invisible", 2, 40),
    (f"{X} {{ {X} ct:b 1 . }}\n", "graph_in_turtle", 2, 41),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"), MISTAKES, ids=[f"{one[1]}-{n}" for n, one in enumerate(MISTAKES)]
)
def test_a_usual_mistake_is_told_by_its_name_at_its_place(
    text: str, code: str, line: int, column: int
) -> None:
    intake = read(CT + text)
    assert told(intake)[0] == (code, line, column)
    assert not intake.quads


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mistake_is_told_in_every_language(language: str) -> None:
    for text, code, *_ in MISTAKES:
        [here, english] = [read(CT + text, language=tongue).problems[0] for tongue in (language, "en")]
        assert here.code == code
        assert (here.message == english.message) == (language == "en")
        assert (here.suggestion == english.suggestion) == (language == "en") or code == "bad_base"


def test_a_missing_prefix_is_told_once_with_the_line_to_add() -> None:
    problems = read(
        f"{X} skos:notation 'x' ; skos:altLabel 'y' ; dct:title 'z' .\n{Y} skos:notation 'x' ."
    ).problems
    assert [one.suggestion for one in problems] == [
        "Add to the top of the file: @prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "Add to the top of the file: @prefix dct: <http://purl.org/dc/terms/> .",
    ]


def test_mistakes_in_names_are_all_told_and_of_grammar_only_the_first() -> None:
    text = f"<a> ct:b 1 .\n{X} ct:b .\n<c d> ct:b 1 .\n{X} ct:b ; .\n"
    codes = [code for code, *_ in told(read(CT + text))]
    assert codes == ["relative_iri", "missing_value", "iri_character"]


def test_what_else_is_wrong_is_told_beside_a_mistake_of_grammar() -> None:
    text = f'{CT}{X} ct:b "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n{Y} ct:b ; .\n'
    assert [code for code, *_ in told(read(text))] == ["form", "missing_value"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{X} {X} 1 .\n", "not_in_lines"),
        (f"{X} {X} 'x'\n{X} {X} {X} .", "not_in_lines"),
        (f"<x> {X} {X} .", "relative_iri_line"),
    ],
)
def test_lines_of_n_triples_have_their_own_advice(text: str, code: str) -> None:
    assert told(read(text, "nt"))[0][0] == code
