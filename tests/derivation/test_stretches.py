"""Stretches of days: put together, and laid over each other."""

from __future__ import annotations

from datetime import date

from crossties.derivation.stretches import ALWAYS, Stretch, cross_stretches, join_stretches

_YEAR = Stretch(date(2020, 1, 1), date(2020, 12, 31))
_NEXT = Stretch(date(2021, 1, 1), date(2021, 6, 30))
_LATER = Stretch(date(2022, 1, 1), None)


def test_what_follows_without_a_day_between_is_one() -> None:
    assert join_stretches([_NEXT, _YEAR]) == [Stretch(date(2020, 1, 1), date(2021, 6, 30))]


def test_what_lies_apart_stays_apart() -> None:
    assert join_stretches([_LATER, _YEAR]) == [_YEAR, _LATER]


def test_no_bound_swallows_what_comes_after() -> None:
    assert join_stretches([Stretch(None, date(2020, 3, 1)), _YEAR, _LATER, _NEXT]) == [
        Stretch(None, date(2021, 6, 30)),
        _LATER,
    ]
    assert join_stretches([_LATER, ALWAYS]) == [ALWAYS]


def test_only_common_days_are_left() -> None:
    assert cross_stretches([_YEAR, _LATER], [ALWAYS]) == [_YEAR, _LATER]
    assert cross_stretches([_YEAR], [Stretch(date(2020, 12, 31), None)]) == [
        Stretch(date(2020, 12, 31), date(2020, 12, 31))
    ]
    assert cross_stretches([_YEAR], [_NEXT]) == []
