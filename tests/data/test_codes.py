"""The codes of the shipped places: NUTS is a tree, and a code begins with the codes of all that lie above."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Final

import pytest
from click.testing import Result

Crossties = Callable[..., Result]

#: The ten countries whose lists may be reused.
_COUNTRIES: Final = {"DE", "DK", "EE", "FI", "IS", "LT", "LV", "NO", "PL", "SE"}
#: How many regions of the first and the second level NUTS 2024 has (Eurostat, Nuts2json: nutspt_1.json and
#: nutspt_2.json of 2024), country by country, but for Germany, of which only those are in that are needed.
_LEVELS: Final = {
    "DK": (1, 5), "EE": (1, 1), "FI": (2, 5), "IS": (1, 1), "LT": (1, 2), "LV": (1, 1), "NO": (1, 7),
    "PL": (7, 17), "SE": (3, 8),
}  # fmt: skip
_CODES: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?code ?version ?place (GROUP_CONCAT(STR(?around)) AS ?wholes) WHERE {
  ?place ct:code ?node ; ct:within ?around .
  ?node ct:scheme <https://w3id.org/crossties/kind/nuts> ; skos:notation ?code ; ct:version ?version .
} GROUP BY ?code ?version ?place ORDER BY ?code
"""


@pytest.fixture
def nuts(crossties: Crossties) -> list[dict[str, str]]:
    """Return each NUTS code with its place and what that lies in."""
    result = crossties("query", _CODES, "--format", "csv")
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_a_region_lies_in_every_region_whose_code_its_own_begins_with(nuts: list[dict[str, str]]) -> None:
    current = [row for row in nuts if row["version"] == "2024"]
    place_of = {row["code"]: row["place"] for row in current}
    for row in current:
        above = {place_of[shorter] for shorter in _shorter(row["code"])}
        assert above <= set(row["wholes"].split()), row["code"]


def test_the_tree_has_no_gaps_and_no_foreign_codes(nuts: list[dict[str, str]]) -> None:
    codes = _current(nuts)
    assert {code[:2] for code in codes} == _COUNTRIES
    assert all(re.fullmatch(r"[A-Z]{2}[0-9A-Z]{1,3}", code) for code in codes)
    assert {shorter for code in codes for shorter in _shorter(code)} <= codes


def test_the_first_two_levels_are_complete(nuts: list[dict[str, str]]) -> None:
    codes = _current(nuts)
    assert {country: _count_levels(codes, country) for country in _LEVELS} == _LEVELS
    assert _count_levels(codes, "DE")[0] == 16  # the Länder


def _current(nuts: list[dict[str, str]]) -> set[str]:
    return {row["code"] for row in nuts if row["version"] == "2024"}


def _shorter(code: str) -> set[str]:
    return {code[:length] for length in range(3, len(code))}


def _count_levels(codes: set[str], country: str) -> tuple[int, int]:
    own = [len(code) - 2 for code in codes if code.startswith(country)]
    return own.count(1), own.count(2)
