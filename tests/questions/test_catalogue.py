from __future__ import annotations

from pathlib import Path

import pytest

from crossties.errors import InputError, NotFoundError
from crossties.questions.catalogue import Question, find_question, load_question, load_questions
from crossties.resources import Content


def test_a_question_is_named_by_its_folder_and_file(question: Question) -> None:
    assert (question.name, question.area) == ("places/some", "places")


def test_the_text_after_the_header_is_the_query_alone(question: Question) -> None:
    assert question.text.startswith("PREFIX ct:")
    assert "#+" not in question.text


def test_an_entity_column_is_answered_with_its_label(question: Question) -> None:
    assert question.variables == ("found", "foundLabel", "text")


def test_a_question_with_labels_takes_a_language(question: Question) -> None:
    assert question.parameters[-1].name == "lang"


def test_a_question_without_labels_takes_none(question_file: Path) -> None:
    text = question_file.read_text(encoding="utf-8").replace("ct:labelEn", "skos:prefLabel")
    question_file.write_text(text, encoding="utf-8")
    assert "lang" not in [parameter.name for parameter in load_question(question_file).parameters]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('title = "Which places?"', 'title = "Which'),
        ('#+ title = "Which places?"\n', ""),
        ('type = "day"', 'type = "moment"'),
        ('found = "entity"', 'found = "thing"'),
        ('example = "Alder"', 'exemple = "Alder"'),
    ],
)
def test_a_broken_header_is_told_with_its_file(question_file: Path, before: str, after: str) -> None:
    text = question_file.read_text(encoding="utf-8")
    assert before in text
    question_file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_question(question_file)
    assert caught.value.where is not None
    assert caught.value.where.file == str(question_file)


def test_questions_are_sorted_by_name(content: Content) -> None:
    names = list(load_questions(content.queries))
    assert names == sorted(names)
    assert "funding/totals" in names


@pytest.mark.parametrize("name", ["funding/total", "totals", "grants/totals"])
def test_an_unknown_question_is_told_with_what_is_near(content: Content, name: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_question(content.queries, name)
    assert "funding/totals" in caught.value.mend


def test_a_quite_unknown_question_is_told_with_all_there_are(content: Content) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_question(content.queries, "zzz")
    assert all(name in caught.value.mend for name in load_questions(content.queries))
