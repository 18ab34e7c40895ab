"""Who is a member of a body on which days, and who joined, left or changed role."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox

from crossties.derivation.derive import derive
from crossties.namespaces import CT

_WORLD = """@base <https://w3id.org/crossties/> . @prefix ct: <https://w3id.org/crossties/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> .
<role/member> skos:inScheme <role> ; skos:broader <role/with-vote> .
<role/observer> skos:inScheme <role> ; skos:broader <role/without-vote> .
<role/with-vote> skos:inScheme <role> . <role/without-vote> skos:inScheme <role> .
  <role/chair> skos:inScheme <role> .
<status/withdrawn> skos:broader <status/ended> . <status/lapsed> skos:broader <status/ended> .
  <status/suspended> skos:broader <status/on-hold> .
<id/organisation/council> a ct:Organisation ; schema:foundingDate "1993-06"^^xsd:gYearMonth .
<id/organisation/a> a ct:Organisation ; ct:governs <id/place/p> .
<p/1> ct:in <id/organisation/council> ; ct:participant <id/organisation/a> ; ct:statedIn <id/document/d/p1> ;
"""


def _rows(turtle: str, pattern: str) -> list[tuple[str, ...]]:
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in ox.parse(_WORLD + turtle, format=ox.RdfFormat.TURTLE))
    derive(store, as_of=date(2026, 11, 22))
    answer = store.query(f"PREFIX ct: <{CT}> SELECT ?x ?y ?z WHERE {{ {pattern} }} ORDER BY ?x ?y ?z")
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(term.value.rpartition("/")[2] if term else "" for term in row) for row in answer]


def _stays(turtle: str) -> list[tuple[str, ...]]:
    return _rows(
        turtle,
        "?part ct:stay ?stay . ?stay ct:wholeStatus ?z . "
        "OPTIONAL { ?stay ct:holdsFrom ?x } OPTIONAL { ?stay ct:holdsUntil ?y }",
    )


def _turns(turtle: str) -> list[tuple[str, ...]]:
    return _rows(
        turtle, "?part ct:turn ?turn . ?turn ct:turnCode ?y . OPTIONAL { ?turn ct:turnedEarliest ?x }"
    )


def test_without_a_start_a_member_counts_from_the_founding() -> None:
    assert _stays("ct:role <role/member> .") == [("1993-06-01", "", "active")]
    assert _turns("ct:role <role/member> .") == []


def test_a_stated_end_is_the_last_day_and_a_leaving() -> None:
    told = 'ct:role <role/member> ; ct:from "2001-05-01"^^xsd:date ; ct:until "2010"^^xsd:gYear .'
    stays = _stays(told)
    assert (stays[0][0], stays[-1][1], {status for _, _, status in stays}) == (
        "2001-05-01",
        "2010-12-31",
        {"active"},
    )
    assert _turns(told) == [("2001-05-01", "joined", ""), ("2010-01-01", "left", "")]


def test_a_change_of_status_is_found_by_the_place_of_the_member_too() -> None:
    told = """ct:role <role/member> ; ct:from "2001-05-01"^^xsd:date .
      <s/1> ct:concerns <id/organisation/council> ; ct:side <id/place/p> ; ct:status <status/suspended> ;
        ct:date "2022-03-03"^^xsd:date ; ct:statedIn <id/document/d/p2> .
      <s/2> ct:concerns <id/organisation/council> ; ct:side <id/organisation/a> ;
  ct:status <status/withdrawn> ;
        ct:date "2023-09-18"^^xsd:date ; ct:statedIn <id/document/d/p2> ."""
    assert _stays(told) == [("2001-05-01", "2022-03-02", "active"), ("2022-03-03", "2023-09-17", "suspended")]
    assert _turns(told) == [("2001-05-01", "joined", ""), ("2023-09-18", "left", "")]


def test_a_role_that_follows_on_another_is_a_change_and_no_leaving() -> None:
    told = """ct:role <role/observer> ; ct:from "2008"^^xsd:gYear ; ct:until "2016-11"^^xsd:gYearMonth .
      <p/2> ct:in <id/organisation/council> ; ct:participant <id/organisation/a> ; ct:role <role/member> ;
        ct:from "2016-11"^^xsd:gYearMonth ; ct:statedIn <id/document/d/p1> ."""
    assert _turns(told) == [("2008-01-01", "joined", ""), ("2016-11-01", "changed-role", "")]


def test_after_a_gap_somebody_joins_again_and_old_changes_are_forgotten() -> None:
    told = """ct:role <role/member> ; ct:until "2019-12-31"^^xsd:date .
      <p/2> ct:in <id/organisation/council> ; ct:participant <id/organisation/a> ; ct:role <role/member> ;
        ct:from "2024-01-01"^^xsd:date ; ct:statedIn <id/document/d/p1> .
      <s/1> ct:concerns <id/organisation/council> ; ct:side <id/organisation/a> ;
  ct:status <status/withdrawn> ;
        ct:date "2019-12-31"^^xsd:date ; ct:statedIn <id/document/d/p2> ."""
    assert _turns(told) == [("2019-12-31", "left", ""), ("2024-01-01", "joined", "")]
    assert ("2024-01-01", "", "active") in _stays(told)


def test_a_chair_is_no_member_and_nor_is_who_is_only_announced() -> None:
    assert _stays('ct:role <role/chair> ; ct:from "2025"^^xsd:gYear .') == []
    told = """ct:role <role/chair> . <p/2> ct:in <id/organisation/council> ;
  ct:participant <id/organisation/a> ;
      ct:role <role/member> ; ct:announcedIn <id/document/d/p1> ."""
    assert _stays(told) == []
