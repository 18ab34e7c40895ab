from __future__ import annotations

import inspect

import pytest

from crossties import errors
from crossties.errors import CrosstiesError, InputError, Location

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, CrosstiesError)]


def test_an_error_says_where_what_and_how_to_mend_it() -> None:
    error = InputError("It is broken.", where=Location("a.ttl", 3, 7), mend="Mend it.")
    assert str(error) == "a.ttl:3:7: It is broken.\nMend it."


def test_a_place_may_be_a_file_alone() -> None:
    assert str(Location("a.ttl")) == "a.ttl"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Location("a.ttl", 3), "a.ttl:3"),
        (Location("a.xlsx", sheet="Plans"), "a.xlsx:Plans"),
        (Location("a.xlsx", column=3, sheet="Plans", row=4), "a.xlsx:Plans!C4"),
        (Location("a.xlsx", sheet="Plans", row=4), "a.xlsx:Plans!4"),
        (Location("a.csv", column=3, row=4), "a.csv:C4"),
    ],
)
def test_a_place_is_written_as_its_readers_write_it(place: Location, text: str) -> None:
    assert str(place) == text


@pytest.mark.parametrize(
    ("column", "cell"), [(1, "A9"), (26, "Z9"), (27, "AA9"), (702, "ZZ9"), (703, "AAA9"), (None, "9")]
)
def test_a_cell_is_named_by_letters_and_row(column: int | None, cell: str) -> None:
    assert Location("a.csv", column=column, row=9).cell == cell


def test_a_place_in_a_text_is_no_cell() -> None:
    assert Location("a.ttl", 3, 7).cell is None


def test_every_kind_has_a_documented_exit_code() -> None:
    assert {kind.exit_code for kind in KINDS} <= {1, 2, 3, 4, 5}


def test_every_kind_has_its_own_title() -> None:
    titles = [kind.title for kind in KINDS]
    assert len(set(titles)) == len(titles)
