"""Who takes part in which cooperation on which days, and who is bound to whom by that."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox

from crossties.derivation.derive import derive
from crossties.namespaces import CT

_WORLD = """@base <https://w3id.org/crossties/> . @prefix ct: <https://w3id.org/crossties/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<status/withdrawn> skos:broader <status/ended> . <status/resumed> skos:broader <status/active> .
<role/partner> skos:inScheme <role> ; skos:broader <role/party> . <role/secretariat> skos:inScheme <role> .
<a> a ct:Organisation . <b> a ct:Organisation . <c> a ct:Organisation .
"""


def _rows(turtle: str, pattern: str) -> list[tuple[str, ...]]:
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in ox.parse(_WORLD + turtle, format=ox.RdfFormat.TURTLE))
    derive(store, as_of=date(2026, 11, 22))
    answer = store.query(f"PREFIX ct: <{CT}> SELECT ?x ?y ?z WHERE {{ {pattern} }} ORDER BY ?x ?y ?z")
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(term.value.rpartition("/")[2] if term else "" for term in row) for row in answer]


def _ties(turtle: str) -> list[tuple[str, ...]]:
    days = "OPTIONAL { ?tie ct:holdsFrom ?y } OPTIONAL { ?tie ct:holdsUntil ?z }"
    return _rows(turtle, f"?it ct:tie ?tie . ?tie ct:tiedActor ?x . {days}")


def _bonds(turtle: str) -> list[tuple[str, ...]]:
    return _rows(
        turtle,
        "<https://w3id.org/crossties/a> ct:bond ?n . ?n ct:bondWith ?x ; ct:holdsFrom ?y ; ct:holdsUntil ?z",
    )


_THREE = '<x> a ct:Agreement ; ct:party <a> , <b> , <c> ; ct:from "2010"^^xsd:gYear ; ct:statedIn <d/p1> . '
_LEAVES = (
    "<s> ct:concerns <x> ; ct:side <c> ; "
    'ct:status <status/withdrawn> ; ct:date "2015-05-01"^^xsd:date ; ct:statedIn <d/p1> . '
)


def test_a_party_is_tied_while_the_agreement_stands() -> None:
    assert _ties(_THREE) == [(name, "2010-01-01", "") for name in "abc"]


def test_who_leaves_is_tied_until_the_day_before_and_from_the_day_of_return() -> None:
    back = (
        "<t> ct:concerns <x> ; ct:side <c> ; "
        'ct:status <status/resumed> ; ct:date "2016"^^xsd:gYear ; ct:statedIn <d/p1> . '
    )
    assert _ties(_THREE + _LEAVES)[-1] == ("c", "2010-01-01", "2015-04-30")
    assert _ties(_THREE + _LEAVES + back)[-1] == ("c", "2016-12-31", "")


def test_a_participation_has_its_own_bounds() -> None:
    part = (
        "<p> ct:in <x> ; ct:participant <c> ; "
        'ct:role <role/secretariat> ; ct:from "2012-03"^^xsd:gYearMonth ; ct:statedIn <d/p1> .'
    )
    two = (
        "<x> a ct:Framework ; ct:party <a> , <b> ; "
        'ct:from "2010"^^xsd:gYear ; ct:until "2014"^^xsd:gYear ; ct:statedIn <d/p1> . '
    )
    assert _ties(two + part)[-1] == ("c", "2012-03-01", "2014-12-31")


def test_what_is_only_announced_ties_nobody() -> None:
    part = "<p> ct:in <x> ; ct:participant <c> ; ct:role <role/partner> ; ct:announcedIn <d/p1> ."
    two = '<x> a ct:Project ; ct:party <a> , <b> ; ct:from "2010"^^xsd:gYear ; ct:statedIn <d/p1> . '
    assert [name for name, _, _ in _ties(two + part)] == ["a", "b"]
    assert _ties(_THREE.replace("statedIn", "announcedIn")) == []


def test_a_cooperation_without_a_start_ties_without_days() -> None:
    told = "<x> a ct:Partnership ; ct:party <a> , <b> ; ct:statedIn <d/p1> ."
    assert _ties(told) == [("a", "", ""), ("b", "", "")]
    assert _rows(told, "?x ct:tiedTo ?y") == [("a", "b", ""), ("b", "a", "")]
    assert _bonds(told) == []


def test_a_bond_joins_the_days_of_all_common_cooperations() -> None:
    later = (
        "<y> a ct:Agreement ; ct:party <a> , <c> ; "
        'ct:from "2015-05-01"^^xsd:date ; ct:until "2018"^^xsd:gYear ; ct:statedIn <d/p1> . '
    )
    assert _bonds(_THREE + _LEAVES + later) == [
        ("b", "2010-01-01", "9999-12-31"),
        ("c", "2010-01-01", "2018-12-31"),
    ]
