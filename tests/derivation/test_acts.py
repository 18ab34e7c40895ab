"""Who was the first to end a cooperation or put it on hold, and how many days later others did."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest

from crossties.derivation.derive import derive
from crossties.namespaces import CT

_WORLD = """@base <https://w3id.org/crossties/> . @prefix ct: <https://w3id.org/crossties/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<status/terminated> skos:broader <status/ended> . <status/frozen> skos:broader <status/on-hold> .
<id/decision/a> ct:date "2022-11-15"^^xsd:date ; ct:decides <id/status/a> .
<id/status/a> ct:concerns <id/partnership/x> ; ct:status <status/terminated> ;
  ct:statedIn <id/document/d/p1> ;
  ct:decision <id/decision/a> ; ct:notified "2022-11-28"^^xsd:date ; ct:date "2023-01-01"^^xsd:date .
<id/status/b> ct:concerns <id/partnership/x> ; """


def _acts(turtle: str) -> dict[str, tuple[str, str, str]]:
    """Return of each change whether it was first, after how many days, and in which month."""
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in ox.parse(_WORLD + turtle, format=ox.RdfFormat.TURTLE))
    derive(store, as_of=date(2026, 11, 22))
    answer = store.query(
        f"""PREFIX ct: <{CT}> SELECT ?change ?first ?days ?month WHERE {{ ?change ct:concerns ?x
          OPTIONAL {{ ?change ct:actedFirst ?first }} OPTIONAL {{ ?change ct:daysAfterFirst ?days }}
          OPTIONAL {{ ?change ct:actedIn ?month }} }}"""
    )
    assert isinstance(answer, ox.QuerySolutions)
    rows = [[term.value if term else "" for term in row] for row in answer]
    return {change.rpartition("/")[2]: (first, days, month) for change, first, days, month in rows}


@pytest.mark.parametrize(
    ("told", "first", "second"),
    [
        ('ct:notified "2022-12-15"^^xsd:date', ("true", "0"), ("false", "30")),
        ('ct:date "2022-12-15"^^xsd:date', ("true", "0"), ("false", "30")),
        (
            'ct:notified "2022-10-16"^^xsd:date ; ct:date "2024-01-01"^^xsd:date',
            ("false", "30"),
            ("true", "0"),
        ),
        ('ct:date "2022-12"^^xsd:gYearMonth', ("true", "0"), ("false", "")),
        ('ct:date "2022"^^xsd:gYear', ("", ""), ("", "")),
        ('ct:notBefore "2022-11-15"^^xsd:date ; ct:notAfter "2022-12-01"^^xsd:date', ("true", "0"), ("", "")),
        ('ct:date "2022-11-15"^^xsd:date', ("true", "0"), ("true", "0")),
    ],
)
def test_first_is_by_decision_then_by_notice(
    told: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    acts = _acts(f"ct:status <status/terminated> ; ct:statedIn <id/document/d/p1> ; {told} .")
    assert (acts["a"][:2], acts["b"][:2]) == (first, second)


def test_holds_are_not_compared_with_endings() -> None:
    told = 'ct:status <status/frozen> ; ct:statedIn <id/document/d/p1> ; ct:date "2022-03"^^xsd:gYearMonth .'
    assert _acts(told) == {"a": ("true", "0", "2022-11"), "b": ("true", "0", "2022-03")}


def test_what_one_decision_brought_about_is_one_act() -> None:
    told = """ct:status <status/terminated> ; ct:statedIn <id/document/d/p1> ; ct:decision <id/decision/a> .
      <id/decision/a> ct:decides <id/status/b> ."""
    assert {act[:2] for act in _acts(told).values()} == {("true", "0")}


def test_what_is_only_announced_is_no_act() -> None:
    told = 'ct:status <status/terminated> ; ct:announcedIn <id/document/d/p1> ; ct:date "2020"^^xsd:gYear .'
    assert _acts(told) == {"a": ("true", "0", "2022-11"), "b": ("", "", "")}


def test_a_month_is_as_wide_as_what_is_known() -> None:
    told = "ct:status <status/terminated> ; ct:statedIn <id/document/d/p1> ; "
    assert _acts(told + 'ct:date "2021"^^xsd:gYear .')["b"][2] == "2021"
    wide = 'ct:notBefore "2021-12"^^xsd:gYearMonth ; ct:notAfter "2022-01-15"^^xsd:date .'
    assert _acts(told + wide)["b"][2] == "2021-12/2022-01"
