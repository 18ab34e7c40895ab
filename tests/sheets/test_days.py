"""Days, months and years, as people in the north write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossties.quads import Quad, iri, lint, literal
from crossties.sheets.days import read_date, read_day

TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2018-09-27", "2018-09-27"),
        ("27.9.2018", "2018-09-27"),
        ("27. 9. 2018", "2018-09-27"),
        ("2018-09", "2018-09"),
        ("2018", "2018"),
        (2018, "2018"),
        (2018.0, "2018"),
        (datetime(2018, 9, 27), "2018-09-27"),  # noqa: DTZ001  workbooks know no time zone
        (date(2018, 9, 27), "2018-09-27"),
        ("2018/09/27", "2018-09-27"),
        ("2018-09-27T00:00:00", "2018-09-27"),
    ],
)
def test_what_is_clear_is_read_without_a_word(written: object, read: str) -> None:
    found = read_date(written)  # type: ignore[arg-type]
    assert found == (read, ())


@pytest.mark.parametrize(
    ("written", "read", "code"),
    [
        ("01.02.2019", "2019-02-01", "day-first"),
        ("13/1/2019", "2019-01-13", "day-first"),
        ("9/2018", "2018-09", "month-read"),
    ],
)
def test_the_nordic_order_is_said(written: str, read: str, code: str) -> None:
    found = read_date(written)
    assert found.value == read
    assert [(one.code, one.severity) for one in found.said] == [(code, "info")]


@pytest.mark.parametrize(
    ("written", "code", "suggested"),
    [
        ("2/1/2019", "day-or-month", {"2019-01-02", "2019-02-01"}),
        ("02.13.2019", "month-first", {"2019-02-13"}),
        ("1.2.19", "short-year", {"2019-02-01"}),
        (43735, "serial-date", {"2019-09-27"}),
        ("43735", "serial-date", {"2019-09-27"}),
        ("20180927", "date-without-points", {"2018-09-27"}),
        ("helmikuu 2019", "date-in-words", {"2019-02"}),
        ("27. syyskuuta 2018", "date-in-words", {"2018-09-27"}),
        ("27 сентября 2018 г.", "date-in-words", {"2018-09-27"}),  # noqa: RUF001
        ("den 27 september 2018", "date-in-words", {"2018-09-27"}),
        ("September 27, 2018", "date-in-words", {"2018-09-27"}),
        ("mars 2020", "date-in-words", {"2020-03"}),
        ("about 2019", "date-in-words", {"2019"}),
        ("2019\u20132021", "period-in-cell", {"2019", "2021"}),
    ],
)
def test_what_may_mean_two_things_is_told_with_the_readings(
    written: str | int, code: str, suggested: set[str]
) -> None:
    found = read_date(written)
    assert found.value is None
    assert [one.code for one in found.said] == [code]
    values = found.said[0].values
    assert suggested <= {values.get("better"), values.get("one"), values.get("other")}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31.2.2019", "no-such-day"),
        ("2019-13", "no-such-month"),
        ("0099", "no-such-year"),
        ("soon", "not-a-date"),
        ("", "not-a-date"),
        (True, "not-a-date"),
        (3.7, "not-a-date"),
    ],
)
def test_what_is_no_date_is_told(written: str | float, code: str) -> None:
    assert [one.code for one in read_date(written).said] == [code]


def test_a_date_shown_as_a_month_is_read_as_a_month_and_said() -> None:
    found = read_date(datetime(2019, 5, 1), "mmm yyyy")  # noqa: DTZ001
    assert found.value == "2019-05"
    assert found.said[0].code == "shown-without-day"
    assert read_date(datetime(2019, 5, 1), "[$-40B]d.m.yyyy").value == "2019-05-01"  # noqa: DTZ001


def test_where_a_day_is_needed_a_month_will_not_do() -> None:
    assert read_day("2018-09").said[0].code == "day-needed"
    assert read_day("27.9.2018").value == "2018-09-27"


@given(st.dates(date(1000, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_back_in_nordic_and_in_iso_spelling(day: date) -> None:
    assert read_date(day.isoformat()).value == day.isoformat()
    assert read_date(f"{day.day}.{day.month}.{day.year}").value == day.isoformat()


@given(st.dates(date(1930, 1, 1), date(2199, 12, 31)))
def test_every_serial_day_is_suggested_as_the_day_that_it_counts(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    found = read_date(serial)
    assert found.value is None
    assert found.said[0].values["better"] == day.isoformat()


@given(
    st.one_of(
        st.text(max_size=30),
        st.from_regex(r"\A[0-9]{1,4}[-./ ][0-9]{1,4}[-./ ][0-9]{1,4}\Z"),
        st.floats(),
        st.integers(),
        st.dates(),
        st.none(),
    )
)
def test_whatever_is_read_is_a_date_in_canonical_form(value: str | float | date | None) -> None:
    found = read_date(value)
    assert (found.value is None) == any(one.severity == "violation" for one in found.said)
    if found.value is not None:
        subject = iri("https://w3id.org/crossties/id/x/y")
        assert lint([Quad(subject, subject, literal(found.value, TYPES[len(found.value)]), subject)]) == []
