"""What the build derives: days, labels, coverage, and on which days a cooperation stands."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest

from crossties.derivation.days import Span, read_span
from crossties.derivation.derive import derive
from crossties.derivation.labels import choose_name
from crossties.namespaces import CT, LANGUAGES

_PREFIXES = """@base <https://w3id.org/crossties/> . @prefix ct: <https://w3id.org/crossties/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<status/terminated> skos:broader <status/ended> . <status/frozen> skos:broader <status/on-hold> .
<id/organisation/a> a ct:Organisation ; ct:governs <id/place/p> . <id/organisation/b> a ct:Organisation .
<id/organisation/c> a ct:Organisation ; ct:governs <id/place/p> .
"""


def _derived(turtle: str) -> ox.Store:
    store = ox.Store()
    store.extend(
        ox.Quad(*quad.triple) for quad in ox.parse(f"{_PREFIXES}{turtle}", format=ox.RdfFormat.TURTLE)
    )
    derive(store, as_of=date(2026, 11, 22))
    return store


def _standings(turtle: str) -> list[tuple[str, ...]]:
    """Return first day, last day, status, in force and certain of each standing, in the order of time."""
    rows = _derived(turtle).query(
        f"""PREFIX ct: <{CT}> SELECT ?first ?last ?status ?inForce ?certain WHERE {{
          ?standing ct:holdsFrom ?first ; ct:wholeStatus ?status ; ct:inForce ?inForce ; ct:certain ?certain .
          OPTIONAL {{ ?standing ct:holdsUntil ?last }} }} ORDER BY ?first"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    return [tuple(term.value.rpartition("/")[2] if term else "" for term in row) for row in rows]


@pytest.mark.parametrize(
    ("text", "datatype", "first", "last"),
    [
        ("2019", "gYear", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", "gYearMonth", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018-09-27", "date", date(2018, 9, 27), date(2018, 9, 27)),
        ("2018", "integer", None, None),
    ],
)
def test_a_date_spans_what_its_precision_leaves_open(
    text: str, datatype: str, first: date | None, last: date | None
) -> None:
    literal = ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}"))
    assert read_span(literal) == Span(first, last)


def test_a_label_falls_back_to_english_swedish_finnish_russian_any_and_the_slug() -> None:
    thing = ox.NamedNode("https://w3id.org/crossties/id/place/kotka")
    names = {language: f"Kotka in {language}" for language in ("de", "ru", "fi", "sv", "en")}
    found = []
    while names:
        found.append(choose_name(thing, names, "fi"))
        names.pop(found[-1].removeprefix("Kotka in "))
    assert [name[-2:] for name in found] == ["fi", "en", "sv", "ru", "de"]
    assert choose_name(thing, {}, "ru") == "kotka"


def test_everything_with_a_type_has_a_label_in_every_language() -> None:
    store = _derived("<id/agreement/x> a ct:Agreement ; skos:prefLabel 'X'@sv .")
    for language in LANGUAGES:
        label = ox.NamedNode(f"{CT}label{language.capitalize()}")
        for thing, name in (("agreement/x", "X"), ("organisation/a", "a")):
            subject = ox.NamedNode(f"https://w3id.org/crossties/id/{thing}")
            assert ox.Quad(subject, label, ox.Literal(name)) in store


def test_an_agreement_stands_from_its_earliest_start_and_is_sure_from_its_latest() -> None:
    found = _standings("""<id/agreement/x> a ct:Agreement ; ct:statedIn <id/document/d/p1> ;
        ct:from "2019"^^xsd:gYear ; ct:until "2020-06-30"^^xsd:date .""")
    assert found == [
        ("2019-01-01", "2019-12-30", "active", "true", "false"),
        ("2019-12-31", "2020-06-30", "active", "true", "true"),
        ("2020-07-01", "", "lapsed", "false", "true"),
    ]


def test_an_end_that_nobody_states_leaves_doubt_until_a_later_change_proves_that_it_stood() -> None:
    found = _standings("""<id/agreement/x> a ct:Agreement ; ct:statedIn <id/document/d/p1> ;
        ct:party <id/organisation/a> , <id/organisation/b> ; ct:from "2019-01-01"^^xsd:date .
        <id/status/s> a ct:StatusChange ; ct:concerns <id/agreement/x> ; ct:side <id/organisation/b> ;
        ct:status <status/frozen> ; ct:date "2022-03-01"^^xsd:date ; ct:statedIn <id/document/d/p1> .""")
    assert found == [
        ("2019-01-01", "2022-02-28", "active", "true", "true"),
        ("2022-03-01", "", "frozen", "true", "false"),
    ]


def test_of_two_bodies_for_one_place_one_is_enough_for_the_side() -> None:
    agreement = """<id/agreement/x> a ct:Agreement ; ct:statedIn <id/document/d/p1> ;
        ct:party <id/organisation/a> , <id/organisation/b> , <id/organisation/c> ;
        ct:from "2019-01-01"^^xsd:date ; ct:ending <ending/open-ended> ."""
    change = """<id/status/{0}> a ct:StatusChange ; ct:concerns <id/agreement/x> ;
        ct:side <id/organisation/{0}> ; ct:status <status/terminated> ;
        ct:date "{1}"^^xsd:date ; ct:statedIn <id/document/d/p1> ."""
    one = _standings(agreement + change.format("a", "2022-01-01"))
    both = _standings(agreement + change.format("a", "2022-01-01") + change.format("c", "2023-01-01"))
    assert one == [("2019-01-01", "", "active", "true", "true")]
    assert both == [
        ("2019-01-01", "2022-12-31", "active", "true", "true"),
        ("2023-01-01", "", "terminated", "false", "true"),
    ]


def test_what_is_only_announced_never_stands() -> None:
    assert not _standings("""<id/agreement/x> a ct:Agreement ; ct:announcedIn <id/document/d/p1> ;
        ct:from "2019-01-01"^^xsd:date .""")


def test_a_party_whose_participation_is_over_has_left() -> None:
    found = _standings("""<id/agreement/x> a ct:Agreement ; ct:statedIn <id/document/d/p1> ;
        ct:party <id/organisation/a> , <id/organisation/b> ; ct:from "2019-01-01"^^xsd:date .
        <id/agreement/x/participation/b> a ct:Participation ; ct:in <id/agreement/x> ; ct:role <role/party> ;
        ct:participant <id/organisation/b> ; ct:until "2020"^^xsd:gYear ; ct:statedIn <id/document/d/p1> .""")
    assert found == [
        ("2019-01-01", "2020-01-01", "active", "true", "true"),
        ("2020-01-02", "2020-12-31", "active", "true", "false"),
        ("2021-01-01", "", "ended", "false", "true"),
    ]
