from __future__ import annotations

import pytest

from crossties.validation.suggestions import read_number, suggest_form


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("1.2.2019", "2019-02-01"),
        ("01.02.2019", "2019-02-01"),
        ("31/12/2018", "2018-12-31"),
        ("12/31/2018", "2018-12-31"),
        ("2019/2/1", "2019-02-01"),
        ("2/2019", "2019-02"),
    ],
)
def test_a_day_as_people_write_it_is_suggested_as_iso(value: str, wanted: str) -> None:
    assert suggest_form(value, "xsd:date", "en") == f"Write {wanted}."


def test_a_day_that_can_be_read_two_ways_is_suggested_in_both() -> None:
    assert (
        suggest_form("1/2/2019", "xsd:date", "en")
        == "Write 2019-02-01, or 2019-01-02 if the month stands first."
    )
    assert suggest_form("3/3/2019", "xsd:date", "en") == "Write 2019-03-03."


@pytest.mark.parametrize("value", ["31.2.2019", "soon", "", "2019-02-01x", "99.99.9999", "13/2019"])
def test_what_is_no_day_is_never_guessed(value: str) -> None:
    assert suggest_form(value, "xsd:date", "en") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12 000 kr", "12000"),
        ("12\u00a0000", "12000"),
        ("1.234,50 €", "1234.5"),
        ("1,234.50", "1234.5"),
        ("500.0", "500"),
        ("007", "7"),
        ("-3,25", "-3.25"),
    ],
)
def test_a_number_as_people_write_it_is_suggested_plainly(text: str, number: str) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["many", "12 00 kr", "1e9", "1,2,3", "about 12 000 and some more kronor", ""]
)
def test_what_is_no_number_is_never_guessed(text: str) -> None:
    assert read_number(text) is None


def test_numbers_are_suggested_only_where_one_is_asked_for() -> None:
    assert suggest_form("12 000", "an xsd:decimal", "sv") == "Skriv 12000."
    assert suggest_form("12 000", "a text", "sv") is None
