from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

Crossties = Callable[..., Result]


@pytest.mark.parametrize("name", ["umea", "Umeå", "Умео"])
def test_a_name_is_found_in_any_spelling_and_script(crossties: Crossties, name: str) -> None:
    told = json.loads(crossties("search", name, "--class", "Place", "--json").stdout)
    assert any(one["iri"].endswith("/umea-municipality") for one in told["results"])


def test_each_thing_is_listed_with_its_iri_name_and_class(crossties: Crossties) -> None:
    lines = crossties("search", "umea", "--class", "Organisation", "--limit", "1").stdout.splitlines()
    assert lines[0].startswith("id/organisation/")
    assert lines[1].endswith("· Organisation")


def test_where_nothing_is_called_so_the_nearest_are_named(crossties: Crossties) -> None:
    result = crossties("search", "Petrozavotsk")
    assert result.exit_code == 2
    assert "Petrozavodsk" in result.stderr
