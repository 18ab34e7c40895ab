from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from crossties.namespaces import CT
from crossties.quads import Term, iri, literal
from crossties.questions.binding import bind, bindable
from crossties.questions.catalogue import Question, load_questions
from crossties.resources import Content
from crossties.results import read_table

Run = Callable[[str], bytes]

ATTACKS = [
    '" } DROP ALL #',
    "' } }",
    "VALUES ?currency { UNDEF }",
    'VALUES ?currency { UNDEF } "',
    "\\",
    '\\"',
    "a\nb\r\n}",
    "?place",
    "<urn:x>",
    "\\u0022 }",
    "{ VALUES ?text { UNDEF } }",
]


def test_what_is_not_given_stays_open_or_keeps_its_default(question: Question) -> None:
    assert bind(question, {}) == question.text


def test_a_term_stands_between_the_braces(question: Question) -> None:
    assert "VALUES ?place { <urn:x> }" in bind(question, {"place": iri("urn:x")})


def test_a_default_is_replaced(question: Question) -> None:
    bound = bind(question, {"kind": iri("urn:x")})
    assert "VALUES ?kind { <urn:x> }" in bound
    assert "municipality" not in bound


def test_the_language_chooses_the_label_property_wherever_it_stands(question: Question) -> None:
    text = question.text + '\nBIND(STRAFTER(?list, "ct:labelEn ") AS ?names)'
    bound = bind(replace(question, text=text), {"lang": iri(CT + "labelFi")})
    assert bound == text.replace("labelEn", "labelFi")
    assert bound.count("labelFi") == 2


@pytest.mark.parametrize("term", [iri("urn:x"), iri(CT + "label"), literal(CT + "labelEn")])
def test_nothing_but_a_label_property_stands_for_the_language(question: Question, term: Term) -> None:
    with pytest.raises(ValueError, match="no property of labels"):
        bind(question, {"lang": term})


def test_a_term_that_says_label_is_left_alone(question: Question) -> None:
    bound = bind(question, {"text": literal("labelEn"), "lang": iri(CT + "labelSv")})
    assert 'VALUES ?text { "labelEn" }' in bound
    assert "ct:labelSv ?foundLabel" in bound


def test_every_line_of_a_parameter_is_bound(question: Question) -> None:
    twice = replace(question, text=question.text + "\nVALUES ?place { UNDEF }")
    assert bind(twice, {"place": iri("urn:x")}).count("VALUES ?place { <urn:x> }") == 2


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_text_stays_a_text(question: Question, world_run: Run, attack: str) -> None:
    terms: dict[str, Term] = {
        "text": literal(attack),
        "currency": literal('" } INSERT #'),
        "place": iri("urn:nowhere"),
    }
    text = "SELECT ?text ?currency { VALUES ?text { UNDEF } VALUES ?currency { UNDEF } }"
    query = bind(replace(question, text=text), terms)
    [row] = read_table(world_run(query)).rows
    assert [cell.text for cell in row if cell] == [attack, '" } INSERT #']


def test_every_parameter_of_every_question_has_a_line_to_bind(content: Content) -> None:
    for question in load_questions(content.queries).values():
        assert {one.name for one in question.parameters} == bindable(question), question.name
