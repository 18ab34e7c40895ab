from __future__ import annotations

import inspect

from crossties import errors
from crossties.errors import CrosstiesError, InputError, Location

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, CrosstiesError)]


def test_an_error_says_where_what_and_how_to_mend_it() -> None:
    error = InputError("It is broken.", where=Location("a.ttl", 3, 7), mend="Mend it.")
    assert str(error) == "a.ttl:3:7: It is broken.\nMend it."


def test_a_place_may_be_a_file_alone() -> None:
    assert str(Location("a.ttl")) == "a.ttl"


def test_every_kind_has_a_documented_exit_code() -> None:
    assert {kind.exit_code for kind in KINDS} <= {1, 2, 3, 4, 5}


def test_every_kind_has_its_own_title() -> None:
    titles = [kind.title for kind in KINDS]
    assert len(set(titles)) == len(titles)
