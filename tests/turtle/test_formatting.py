"""The formatter: one form, nothing lost, nothing changed."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Final

import pytest

from crossties.errors import InputError
from crossties.quads import RDF_SUFFIXES, Quad, parse_bytes
from crossties.quads.canonical import canonical_lines
from crossties.resources import Content
from crossties.turtle import format_turtle
from crossties.turtle.order import has_rank
from crossties.vocabulary import Vocabulary, read_vocabulary

ROOT: Final = Path(__file__).parents[2]
FILES: Final = sorted(
    path for name in ("ontology", "shapes", "data") for path in (ROOT / name).rglob("*.ttl")
)
CT: Final = "@prefix ct: <https://w3id.org/crossties/ns#> .\n"
HEAD: Final = "@base <https://w3id.org/crossties/> .\n" + CT


def format_text(text: str) -> str:
    return format_turtle(text.encode(), origin="test.ttl")


def body(text: str) -> str:
    return format_text(text).partition("\n\n")[2]


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_formatting_a_file_of_ours_twice_is_formatting_it_once(path: Path) -> None:
    once = format_turtle(path.read_bytes(), origin=str(path))
    assert format_turtle(once.encode(), origin=str(path)) == once


def test_formatted_text_says_what_the_text_said() -> None:
    values = """1.50 , 2e0 , 01 , true , "a\\u0041"@en-gb , 'b' , '''c\nd'''"""
    text = f"{CT}<https://a.example/x> a ct:Place ; ct:value {values} ."
    assert canonical_lines(parse(text)) == canonical_lines(parse(format_text(text)))


def parse(text: str) -> list[Quad]:
    parsed = parse_bytes(text.encode(), rdf_format=RDF_SUFFIXES[".ttl"], graph="urn:x", origin="x")
    return list(parsed.quads)


def test_the_order_in_which_properties_are_written_does_not_matter() -> None:
    properties = [
        "a ct:Funding",
        "ct:amount 1",
        "ct:statedIn <id/document/a/p1>",
        "ct:funder <id/organisation/b>",
    ]
    texts = {format_text(f"{HEAD}<id/funding/x> {' ; '.join(order)} .") for order in permutations(properties)}
    assert len(texts) == 1
    assert texts.pop().index("ct:funder") < len(HEAD) + 60


def test_types_come_first_and_evidence_last() -> None:
    text = body(
        f"{HEAD}<id/x/y> ct:statedIn <id/document/a/p1> ; ct:unheardOf 1 ; ct:party <id/z> ; a ct:Project ."
    )
    assert [line.split()[0] for line in text.replace("<id/x/y> ", "").splitlines()] == [
        "a",
        "ct:party",
        "ct:unheardOf",
        "ct:statedIn",
    ]


def test_names_are_sorted_with_numbers_in_their_order() -> None:
    text = body(HEAD + "<id/x/y> ct:statedIn <id/document/a/p11> , <id/document/a/p3> , <id/document/a/p1> .")
    assert text == "<id/x/y> ct:statedIn <id/document/a/p1> , <id/document/a/p3> , <id/document/a/p11> .\n"


def test_texts_stand_in_the_order_of_the_languages() -> None:
    text = body(HEAD + '<id/x/y> ct:condition "d"@sv , "x"@de , "a"@en , "c"@ru , "b"@fi .')
    assert text == '<id/x/y> ct:condition "a"@en , "b"@fi , "c"@ru , "d"@sv , "x"@de .\n'


def test_sentences_stand_one_a_line() -> None:
    prefix = "@prefix dct: <http://purl.org/dc/terms/> .\n"
    text = body(prefix + HEAD + '<id/x/y> dct:description "Two."@fi , "One."@en .')
    assert text == '<id/x/y> dct:description "One."@en ;\n    dct:description "Two."@fi .\n'


def test_only_the_prefixes_that_are_needed_are_declared_sorted_after_the_base() -> None:
    text = (
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://a.example/> dct:created "2026"^^xsd:gYear .\n'
    )
    assert format_text(text).splitlines()[:3] == [
        "@base <https://w3id.org/crossties/> .",
        "@prefix dct: <http://purl.org/dc/terms/> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
    ]


def test_a_prefix_that_a_comment_uses_stays_declared() -> None:
    text = (
        HEAD
        + "@prefix dct: <http://purl.org/dc/terms/> .\n"
        + "<id/x/y> a ct:Place ;\n    # dct:created 1 ;\n    ct:value 1 ."
    )
    assert "@prefix dct:" in format_text(text)


def test_own_names_are_written_below_the_base_and_terms_with_their_prefix() -> None:
    text = body(
        "<https://w3id.org/crossties/id/x/y> <https://w3id.org/crossties/ns#kind> "
        "<https://w3id.org/crossties/kind/grant> , <https://w3id.org/crossties/> , "
        "<https://w3id.org/crossties/a:b> , <https://w3id.org/crossties/ns#a/b> .",
    )
    assert text == (
        "<id/x/y> ct:kind <https://w3id.org/crossties/> , <https://w3id.org/crossties/a:b> , <kind/grant> , "
        "<https://w3id.org/crossties/ns#a/b> .\n"
    )


def test_an_unusual_prefix_stays_and_an_unusual_name_for_a_usual_one_goes() -> None:
    text = format_text(
        "@prefix ex: <https://a.example/> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "ex:a dcterms:title ex:b .",
    )
    assert "@prefix ex:" in text
    assert text.endswith("ex:a dct:title ex:b .\n")


def test_the_graph_speaks_of_itself_first_and_the_other_subjects_keep_their_order() -> None:
    text = body(HEAD + "<id/b/b> a ct:Place . <id/a/a> a ct:Place . <graph/x/y> ct:reviewed 1 .")
    assert [line.split()[0] for line in text.splitlines() if line] == ["<graph/x/y>", "<id/b/b>", "<id/a/a>"]


def test_comments_stay_where_they_stand() -> None:
    text = (
        "# above the header\n"
        + HEAD
        + "\n# a section\n\n# above the subject\n<id/x/y> a ct:Place ; # behind the class\n"
        + "    # above the value\n    ct:value 1 .\n\n# at the end\n"
    )
    assert format_text(text) == text


def test_a_comment_behind_the_last_property_stays_behind_it() -> None:
    text = HEAD + "\n<id/x/y> a ct:Place ;\n    # ct:value 1 ;\n.\n"
    assert format_text(text) == text


def test_a_comment_inside_brackets_moves_above_its_property() -> None:
    text = body(HEAD + "<id/x/y> ct:value [ ct:kind 1 ; # inside\n ct:date 2 ] .")
    assert text == "<id/x/y>\n    # inside\n    ct:value [ ct:kind 1 ; ct:date 2 ] .\n"


def test_short_statements_that_stand_close_stay_close() -> None:
    text = HEAD + "\n<id/x/y> a ct:Place .\n<id/x/z> a ct:Place .\n\n<id/x/w> a ct:Place .\n"
    assert format_text(text) == text


def test_a_long_list_gets_a_line_for_each_item() -> None:
    text = body(HEAD + "[] ct:value ( 1 2 3 4 5 6 7 ) .")
    assert text.startswith("[] ct:value (\n        1\n        2\n")


def test_a_decimal_keeps_its_quotes_and_an_integer_needs_none() -> None:
    xsd = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    text = body(xsd + HEAD + '<id/x/y> ct:amount 0.5 ; ct:votesFor "9"^^xsd:integer .')
    assert text == '<id/x/y> ct:amount "0.5"^^xsd:decimal ;\n    ct:votesFor 9 .\n'


def test_broken_turtle_is_told_with_its_place() -> None:
    with pytest.raises(InputError, match=r"test\.ttl:3"):
        format_text(HEAD + "<id/x/y> ct:value .")


@pytest.fixture(scope="module")
def vocabulary(content: Content) -> Vocabulary:
    return read_vocabulary(content)


def test_every_own_property_that_is_authored_has_its_place(vocabulary: Vocabulary) -> None:
    assert not [
        one.name for one in vocabulary.properties.values() if not one.is_derived and not has_rank(one.iri)
    ]
