"""Lists of twin towns: candidates, what is asked of a human, and every defect that such lists have."""

from __future__ import annotations

import json

import pytest
from tests.importing.conftest import PLACE, codes, said, settings

from crossties.errors import InputError
from crossties.importing import Outcome, Register, run_import
from crossties.importing.matching import read_decisions, write_reviews
from crossties.intake import Upload

HEADER = "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
PAIR = "Kotka,Finland,60.4,26.9,Gävle,Sweden,60.6,17.1\n"


def imported(register: Register, text: str, before: str | None = None, **given: object) -> Outcome:
    older = Upload("old.csv", before.encode()) if before is not None else None
    upload = Upload("list.csv", text.encode())
    return run_import("twin-towns", upload, settings(**given), register, before=older)


def test_a_pair_is_a_twinning_of_two_places_said_by_its_row(register: Register) -> None:
    text = said(imported(register, HEADER + PAIR))
    bond = "id/partnership/gavle-sweden-kotka-finland"
    assert (
        f"{bond}> <https://w3id.org/crossties/ns#statedIn> <https://w3id.org/crossties/id/document/list/p2>"
        in text
    )
    assert (
        f"participation/kotka-finland> <https://w3id.org/crossties/ns#represents> <{PLACE}kotka-finland>"
        in text
    )
    assert "ns#participant>" not in text


def test_the_list_is_a_document_with_the_checksum_of_its_bytes(register: Register) -> None:
    text = said(imported(register, HEADER + PAIR))
    assert 'ns#checksum> "' in text
    assert 'ns#readOn> "2026-11-22"' in text


def test_a_name_is_never_enough_and_is_asked_about(register: Register) -> None:
    outcome = imported(register, HEADER + PAIR)
    assert [(one.own, one.candidate) for one in outcome.reviews] == [
        (PLACE + "kotka-finland", PLACE + "kotka")
    ]
    assert f"<{PLACE}kotka>" not in said(outcome)


def test_a_name_in_another_script_is_asked_about_too(register: Register) -> None:
    outcome = imported(register, HEADER + "Петрозаводск,Russia,,,Gävle,Sweden,,\n")
    assert outcome.reviews[0].candidate == PLACE + "petrozavodsk"


def test_an_answer_of_a_human_is_followed(register: Register) -> None:
    reviews = write_reviews(imported(register, HEADER + PAIR).reviews)
    answered = reviews.replace(",100,\n", ",100,same\n")
    decisions = read_decisions(Upload("review.csv", answered.encode()))
    text = said(imported(register, HEADER + PAIR, decisions=decisions))
    assert f"ns#represents> <{PLACE}kotka>" in text
    assert "kotka-finland" not in text


def test_one_thing_is_not_said_to_be_two() -> None:
    table = "own,candidate,decision\na,b,same\na,c,same\n"
    with pytest.raises(InputError, match="two things"):
        read_decisions(Upload("review.csv", table.encode()))


def test_a_pair_that_is_known_is_only_listed(register: Register) -> None:
    pair = frozenset((PLACE + "kotka", PLACE + "gavle-sweden"))
    known = Register(
        register.things, countries=register.countries, twinnings={pair: "https://x.example/bond"}
    )
    text = said(imported(known, HEADER + PAIR, decisions={PLACE + "kotka-finland": PLACE + "kotka"}))
    assert "ns#lists> <https://x.example/bond>" in text
    assert "ns#Partnership" not in text


def test_the_same_pair_the_other_way_round_is_taken_once(register: Register) -> None:
    outcome = imported(register, HEADER + PAIR + "Gävle,Sweden,60.6,17.1,Kotka,Finland,60.4,26.9\n")
    assert codes(outcome) == [("duplicate", 3)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Q25579", "bare-identifier"),
        ("https://example.org/kotka", "bare-identifier"),
        ("GÃ¤vle", "mojibake"),
        ("Петрозаводск".encode().decode("cp1251", "replace"), "mojibake"),
        ("", "empty"),
    ],
)
def test_a_name_that_is_none_keeps_the_row_out(register: Register, name: str, code: str) -> None:
    outcome = imported(register, HEADER + f"{name},Sweden,,,Kotka,Finland,,\n")
    assert codes(outcome) == [(code, 2)]
    assert "Partnership" not in said(outcome)


def test_a_torn_name_is_told_as_it_probably_was(register: Register) -> None:
    outcome = imported(register, HEADER + "GÃ¤vle,Sweden,,,Kotka,Finland,,\n")
    assert "Gävle" in (outcome.remarks[0].suggestion or "")


def test_a_variant_of_a_country_is_read_and_told_once(register: Register) -> None:
    rows = (
        'Leeds,"England, United Kingdom",,,Kotka,Finland,,\nYork,"England, United Kingdom",,,Oulu,Suomi,,\n'
    )
    outcome = imported(register, HEADER + rows)
    assert codes(outcome) == [("country-variant", 2)]
    assert f"ns#partOf> <{PLACE}united-kingdom>" in said(outcome)


def test_an_unknown_country_becomes_a_candidate(register: Register) -> None:
    outcome = imported(register, HEADER + "Nadi,Fiji,,,Kotka,Finland,,\n")
    assert codes(outcome) == [("country-unknown", 2)]
    assert f"<{PLACE}fiji> <https://w3id.org/crossties/ns#kind>" in said(outcome)


def _many(country: str, latitude: float, longitude: float) -> str:
    rows = (
        f"{country}{n},{country},{latitude + n / 50},{longitude},"
        f"{country}{n}b,{country},{latitude},{longitude + n / 50}\n"
        for n in range(6)
    )
    return "".join(rows)


def test_swapped_countries_are_seen_from_the_neighbours(register: Register) -> None:
    swapped = "Kotka,Sweden,60.45,26.9,Gävle,Finland,60.65,17.1\n"
    outcome = imported(
        register, HEADER + _many("Finland", 60.4, 26.9) + _many("Sweden", 60.6, 17.1) + swapped
    )
    assert codes(outcome) == [("other-country", 14), ("other-country", 14)]
    assert {one.where.column for one in outcome.remarks} == {1, 5}


def test_a_town_behind_the_border_is_not_doubted(register: Register) -> None:
    border = (
        "Torneå,Sweden,60.4,26.2,Kotka,Finland,60.4,26.95\n"
        "Haparanda,Sweden,60.4,25.6,Oulu,Finland,60.5,26.95\n"
    )
    outcome = imported(register, HEADER + _many("Finland", 60.4, 26.9) + border)
    assert codes(outcome) == []


def test_whole_countries_that_are_swapped_are_seen_from_what_the_graph_knows(register: Register) -> None:
    points = tuple((60.4 + n / 50, 26.9, PLACE + "finland") for n in range(3))
    known = Register(register.things, countries=register.countries, points=points)
    outcome = imported(known, HEADER + _many("Sweden", 60.4, 26.9))
    assert len(outcome.remarks) == 12
    assert not outcome.reviews


def test_no_longer_listed_is_a_listing_and_no_end(register: Register) -> None:
    gone = "Kotka,Finland,60.4,26.9,Oslo,Norway,59.9,10.7\n"
    text = said(imported(register, HEADER + PAIR, HEADER + PAIR + gone, issued="2026"))
    assert 'ns#listed> "false"' in text
    assert 'ns#asOf> "2026"' in text
    assert "ns#until" not in text
    assert "ns#StatusChange" not in text
    assert "list-before/p3>" in text


def test_of_what_the_new_list_does_not_cover_nothing_is_concluded(register: Register) -> None:
    outcome = imported(register, HEADER + PAIR, HEADER + "Oslo,Norway,59.9,10.7,Bonn,Germany,50.7,7.1\n")
    assert ("no-longer-covered", 2) in codes(outcome)
    assert "ns#Listing" not in said(outcome)


def test_a_tsv_of_one_country_is_read(register: Register) -> None:
    sides = ("origin", "sister")
    header = (
        "\t".join(f"{side} {name}" for side in sides for name in ("label", "country", "lat", "long")) + "\n"
    )
    text = said(imported(register, header + "Kotka\tFinland\t60.4\t26.9\tGävle\tSweden\t60.6\t17.1\n"))
    assert "id/partnership/gavle-sweden-kotka-finland" in text


def test_an_answer_of_wikidata_matches_by_its_identifiers(register: Register) -> None:
    def town(side: str, number: str, name: str, country: str) -> dict[str, dict[str, str]]:
        iri = f"http://www.wikidata.org/entity/{number}"
        return {
            side: {"value": iri},
            f"{side}Label": {"value": name},
            f"{side}CountryLabel": {"value": country},
            f"{side}Point": {"value": f"Point({len(name)} 60.4)"},
        }

    row = town("a", "Q1895", "Petroskoi", "Russia") | town("b", "Q99", "Joensuu", "Finland")
    text = said(imported(register, json.dumps({"results": {"bindings": [row]}})))
    assert f"ns#represents> <{PLACE}petrozavodsk>" in text
    assert "core#exactMatch> <http://www.wikidata.org/entity/Q99>" in text


def test_a_table_of_something_else_is_refused(register: Register) -> None:
    with pytest.raises(InputError, match="no twin-town list"):
        imported(register, "a,b\n1,2\n")
