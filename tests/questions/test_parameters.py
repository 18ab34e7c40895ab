from __future__ import annotations

import pytest

from crossties.errors import RequestError, UnknownNameError
from crossties.namespaces import BASE, CT, ID
from crossties.quads import to_text
from crossties.questions.catalogue import Question
from crossties.questions.parameters import read_parameters
from crossties.search.labels import Labels

XSD = "http://www.w3.org/2001/XMLSchema#"


def read(question: Question, labels: Labels, **given: str) -> dict[str, str]:
    return {name: to_text(term) for name, term in read_parameters(question, given, labels).items()}


def refusal(question: Question, labels: Labels, **given: str) -> RequestError:
    with pytest.raises(RequestError) as caught:
        read_parameters(question, given, labels)
    return caught.value


@pytest.mark.parametrize("name", ["Alder", "Ольха", "Leppä", ID + "place/alder", "id/place/alder", " Alder "])
def test_an_entity_is_named_by_label_slug_or_iri(question: Question, labels: Labels, name: str) -> None:
    assert read(question, labels, place=name) == {"place": f"<{ID}place/alder>"}


def test_a_body_is_named_by_its_slug(question: Question, labels: Labels) -> None:
    assert read(question, labels, place="ferry-centre") == {"place": f"<{ID}organisation/ferry-centre>"}


def test_an_unknown_name_is_told_with_the_nearest(question: Question, labels: Labels) -> None:
    error = refusal(question, labels, place="Aldre")
    assert isinstance(error, UnknownNameError)
    assert ID + "place/alder" in error.candidates
    assert "Alder" in error.mend


def test_an_unknown_iri_is_told(question: Question, labels: Labels) -> None:
    assert isinstance(refusal(question, labels, place=ID + "place/nowhere"), UnknownNameError)


def test_an_iri_of_another_class_is_told_with_the_classes_that_fit(
    question: Question, labels: Labels
) -> None:
    error = refusal(question, labels, place=ID + "document/alder-news-2018")
    assert "Document" in error.what
    assert "Organisation, Place" in error.mend


@pytest.mark.parametrize("text", ["culture", "Culture", "Kulttuuri", "Культура", BASE + "theme/culture"])
def test_a_concept_is_named_by_code_label_or_iri(question: Question, labels: Labels, text: str) -> None:
    assert read(question, labels, theme=text) == {"theme": f"<{BASE}theme/culture>"}


def test_a_code_of_another_list_is_refused_with_what_is_near(question: Question, labels: Labels) -> None:
    error = refusal(question, labels, theme="cultur")
    assert isinstance(error, UnknownNameError)
    assert "culture" in error.mend
    assert isinstance(refusal(question, labels, kind="culture"), UnknownNameError)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("on", "2020-06-01", f'"2020-06-01"^^<{XSD}date>'),
        ("from", "2019", f'"2019-01-01"^^<{XSD}date>'),
        ("from", "2019-05-04", f'"2019-05-04"^^<{XSD}date>'),
        ("until", "2019", f'"2019-12-31"^^<{XSD}date>'),
        ("year", "2019", f'"2019"^^<{XSD}integer>'),
        ("minimum", "-2", f'"-2"^^<{XSD}integer>'),
        ("share", "0.5", f'"0.5"^^<{XSD}decimal>'),
        ("currency", "SEK", '"SEK"'),
        ("text", 'a "b"', '"a \\"b\\""'),
        ("lang", "FI", f"<{CT}labelFi>"),
    ],
)
def test_values_become_typed_terms(
    question: Question,
    labels: Labels,
    name: str,
    text: str,
    expected: str,
) -> None:
    assert read(question, labels, **{name: text}) == {name: expected}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("on", "2020"),
        ("on", "2020-02-30"),
        ("on", "01.06.2020"),
        ("from", "20191"),
        ("until", "2019-13-01"),
        ("from", "２０１９"),  # noqa: RUF001 digits, but not ours
        ("year", "19"),
        ("year", "1٢٣٤"),
        ("minimum", "two"),
        ("minimum", "٢"),
        ("minimum", "1" * 19),
        ("share", "1e9"),
        ("currency", "sek"),
        ("currency", "SEK } DROP"),
        ("lang", "nb"),
    ],
)
def test_a_value_of_the_wrong_form_is_told_with_an_example(
    question: Question,
    labels: Labels,
    name: str,
    text: str,
) -> None:
    error = refusal(question, labels, **{name: text})
    assert text in error.what
    assert error.mend


def test_an_unknown_parameter_is_told_with_those_there_are(question: Question, labels: Labels) -> None:
    error = refusal(question, labels, plaice="Alder")
    assert "plaice" in error.what
    assert "place, theme" in error.mend


def test_an_empty_value_is_no_value(question: Question, labels: Labels) -> None:
    assert read(question, labels, place=" ", year="") == {}


def test_a_missing_parameter_is_told_with_an_example(
    shipped_in_force: Question,
    labels: Labels,
) -> None:
    error = refusal(shipped_in_force, labels)
    assert "“on”" in error.what
    assert "on = " in error.mend
