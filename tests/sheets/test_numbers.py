"""Numbers and money, as people in the north write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossties.quads import Quad, iri, lint, literal
from crossties.sheets.numbers import read_amount, read_decimal, read_integer


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12 000", "12000"),
        ("12\u00a0000", "12000"),
        ("12\u202f000,5", "12000.5"),
        ("12\u2009000", "12000"),
        ("12,5", "12.5"),
        ("1.234,50", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1.234.567", "1234567"),
        ("12'000", "12000"),
        ("0,125", "0.125"),
        ("163000.00", "163000"),
        ("\u22125", "-5"),
        ("-0", "0"),
        (163000, "163000"),
        (163000.0, "163000"),
        (0.1, "0.1"),
        (1e-5, "0.00001"),
    ],
)
def test_a_number_is_read_in_every_usual_spelling(written: str | float, read: str) -> None:
    assert read_decimal(written).value == read


@pytest.mark.parametrize(
    ("written", "code", "value"),
    [
        ("1.234", "thousand-or-decimal", "1234"),
        ("1,234", "thousand-or-decimal", "1234"),
        ("2,5 milj.", "number-in-words", "2500000"),
        ("160 tkr", "number-in-words", "160000"),
        ("12 %", "percent", None),
        ("12 pieces", "words-with-number", "12"),
        ("1 2", "not-a-number", None),
        ("1.2.3", "not-a-number", None),
        ("twelve", "not-a-number", None),
        ("", "not-a-number", None),
        ("١٢", "not-a-number", None),
        (True, "not-a-number", None),
        (1e300, "number-too-long", None),
        (float("nan"), "number-too-long", None),
        ("1234567890123456789", "number-too-long", None),
    ],
)
def test_what_may_mean_two_things_or_nothing_is_told_and_not_read(
    written: str | float, code: str, value: str | None
) -> None:
    found = read_decimal(written)
    assert found.value is None
    assert [one.code for one in found.said] == [code]
    assert value is None or value in {found.said[0].values.get("one"), found.said[0].values.get("better")}


def test_crowns_without_a_country_are_asked_for_and_never_guessed() -> None:
    found, named = read_amount("12 000 kr", None)
    assert (found.value, named) == (None, None)
    assert found.said[0].code == "which-crowns"
    assert found.said[0].values["number"] == "12000"
    assert found.said[0].values["choices"] == "SEK, NOK, DKK, ISK"


def test_crowns_agree_with_a_currency_cell_of_crowns_only() -> None:
    assert read_amount("12 000 kr", "NOK")[0].value == "12000"
    found, _ = read_amount("12 000 kr", "EUR")
    assert found.said[0].code == "two-currencies"


def test_a_currency_that_can_mean_only_one_is_read_and_said() -> None:
    found, named = read_amount("12 000 €", None)
    assert (found.value, named) == ("12000", "EUR")
    assert [one.code for one in found.said] == ["money-in-cell"]
    assert read_amount("EUR 12.000,00", "EUR")[0] == read_decimal(12000)


def test_an_integer_has_no_decimals() -> None:
    assert read_integer("12").value == "12"
    assert read_integer(3.0).value == "3"
    assert read_integer("12,5").said[0].code == "not-whole"


def nordic(number: Decimal, space: str) -> str:
    whole, _, part = f"{number:,f}".partition(".")
    return whole.replace(",", space) + (f",{part}" if part else "")


@given(
    st.decimals(-(10**12), 10**12, places=2),
    st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009"]),
)
def test_whatever_is_written_in_nordic_style_is_read_back_exactly(number: Decimal, space: str) -> None:
    found = read_decimal(nordic(number, space))
    assert Decimal(found.value or "nan") == number


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none()))
def test_whatever_is_read_is_in_the_one_canonical_form(value: str | float | None) -> None:
    found = read_decimal(value)
    assert (found.value is None) == any(one.severity == "violation" for one in found.said)
    if found.value is not None:
        subject = iri("https://w3id.org/crossties/id/x/y")
        assert lint([Quad(subject, subject, literal(found.value, "decimal"), subject)]) == []
