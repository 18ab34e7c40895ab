"""Read days, months and years as people in the north write them, and never guess which is which."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Final

from crossties.sheets.grid import Content, tidy
from crossties.sheets.months import find_month
from crossties.sheets.said import Reading, accept, refuse

_FIRST, _LAST = 1000, 2200
#: Days are counted so in workbooks; the first of March 1900 is the first that every program counts alike.
_DAY_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(10_000, 110_000)
_YEAR_FIRST: Final = re.compile(
    r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII
)
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})(\. ?|/|-)(\d{1,2})(?:\. ?|/|-)(\d{4}|\d{2})\.?(?: 00:00(?::00)?)?", re.ASCII
)
_MONTH_FIRST: Final = re.compile(r"(\d{4})[-./](\d{1,2})|(\d{1,2})[./](\d{4})", re.ASCII)
_PERIOD: Final = re.compile(r"(\d{4}) ?[-\u2013\u2014] ?(\d{4})", re.ASCII)
_ANY_YEAR: Final = re.compile(r"(?<!\d)(1\d{3}|2[01]\d{2})(?!\d)", re.ASCII)
_MONTHS: Final = 12


def read_date(value: Content, look: str = "General") -> Reading:
    """Return a day, month or year as ISO 8601 has it, as exact as it was given."""
    if isinstance(value, date):
        return _from_cell(value, look)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return refuse("not-a-date", cell=tidy(str(value)))
    if isinstance(value, str):
        return _from_text(tidy(value))
    if isinstance(value, float) and not value.is_integer():
        return (_serial(value) if isfinite(value) else None) or refuse("not-a-date", cell=value)
    return _from_text(str(int(value)))


def read_day(value: Content, look: str = "General") -> Reading:
    """Return a day; a month or year alone is refused."""
    found = read_date(value, look)
    if found.value is not None and len(found.value) != len("2019-02-01"):
        return refuse("day-needed", cell=tidy(str(value)))
    return found


def _from_cell(value: date, look: str) -> Reading:
    """Read a real date; one shown without its day was meant as a month or a year."""
    day = value.date() if isinstance(value, datetime) else value
    if not _FIRST <= day.year <= _LAST:
        return refuse("no-such-year", cell=day.isoformat())
    shown = look.lower().split(";")[0]
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.|general', "", shown)
    if "y" in shown and "d" not in shown:
        kept = day.isoformat()[: 7 if "m" in shown else 4]
        return accept(kept, "shown-without-day", cell=day.isoformat())
    return accept(day.isoformat())


def _from_text(text: str) -> Reading:
    for pattern, read in (
        (_YEAR_FIRST, _year_first),
        (_DAY_FIRST, _day_first),
        (_MONTH_FIRST, _month_and_year),
        (_PERIOD, _period),
    ):
        match = pattern.fullmatch(text)
        if match:
            return read(text, match)
    if text.isascii() and text.isdigit():
        return _digits(text)
    return _in_words(text)


def _digits(text: str) -> Reading:
    if len(text) == len("2019"):
        return accept(text) if _FIRST <= int(text) <= _LAST else refuse("no-such-year", cell=text)
    if len(text) == len("20190201"):
        better = _iso(int(text[:4]), int(text[4:6]), int(text[6:]))
        if better:
            return refuse("date-without-points", cell=text, better=better)
    return _serial(int(text)) or refuse("not-a-date", cell=text)


def _serial(value: float) -> Reading | None:
    """Tell what day a number would be, had the cell been formatted as a date."""
    if int(value) not in _SERIALS:
        return None
    better = (_DAY_ZERO + timedelta(days=int(value))).isoformat()
    return refuse("serial-date", cell=value, better=better)


def _year_first(text: str, match: re.Match[str]) -> Reading:
    found = _iso(int(match[1]), int(match[3]), int(match[4]))
    return accept(found) if found else refuse("no-such-day", cell=text)


def _day_first(text: str, match: re.Match[str]) -> Reading:
    """Read day, month, year; with slashes or hyphens the order is known only where one can't be a month."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:  # noqa: PLR2004
        century = 2000 if year < 50 else 1900  # noqa: PLR2004
        better = _iso(century + year, second, first)
        return refuse("short-year", cell=text, better=better) if better else refuse("no-such-day", cell=text)
    day_first, month_first = _iso(year, second, first), _iso(year, first, second)
    with_points = match[2].startswith(".")
    if day_first and with_points:
        is_open = month_first is not None and month_first != day_first
        return accept(day_first, "day-first", cell=text) if is_open else accept(day_first)
    if day_first and month_first and day_first != month_first:
        return refuse("day-or-month", cell=text, one=day_first, other=month_first)
    if day_first:
        return accept(day_first, "day-first", cell=text)
    return (
        refuse("month-first", cell=text, better=month_first)
        if month_first
        else refuse("no-such-day", cell=text)
    )


def _month_and_year(text: str, match: re.Match[str]) -> Reading:
    year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
    if not (1 <= int(month) <= _MONTHS and _FIRST <= int(year) <= _LAST):
        return refuse("no-such-month", cell=text)
    found = f"{year}-{int(month):02d}"
    return accept(found) if text == found else accept(found, "month-read", cell=text)


def _period(text: str, match: re.Match[str]) -> Reading:
    return refuse("period-in-cell", cell=text, one=match[1], other=match[2])


def _in_words(text: str) -> Reading:
    """Suggest what words mean: “helmikuu 2019” is 2019-02, “27. syyskuuta 2018” is 2018-09-27."""
    year = _ANY_YEAR.search(text)
    if year is None:
        return refuse("not-a-date", cell=text)
    month = find_month(text)
    day = re.match(r"(?:\w+ )?(\d{1,2})(?!\d)", text)
    if month and day and not text.startswith(year[0]):
        better = _iso(int(year[0]), month, int(day[1]))
        if better:
            return refuse("date-in-words", cell=text, better=better)
    better = f"{year[0]}-{month:02d}" if month else year[0]
    return refuse("date-in-words", cell=text, better=better)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if _FIRST <= year <= _LAST else None
