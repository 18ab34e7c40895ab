"""Answers on the shipped data that a reader of its pages knows, as a script would ask for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

Crossties = Callable[..., Result]
Answer = list[dict[str, str]]
Ask = Callable[..., Answer]


def _documents(passages: str) -> set[str]:
    return {one.rpartition("/p")[0].rpartition("/")[2] for one in passages.split(" ")}


@pytest.mark.parametrize("name", ["Петрозаводск", "Petroskoi"])
def test_a_party_has_the_same_agreements_by_any_of_its_names(answer: Ask, name: str) -> None:
    rows = answer("agreements/all", party=name)
    assert rows
    assert rows == answer("agreements/all", party="Petrozavodsk")


def test_a_typing_error_is_answered_with_the_nearest_names(crossties: Crossties) -> None:
    result = crossties("ask", "agreements/all", "--party", "Petrozavodks")
    assert result.exit_code == 2
    assert "The nearest names are: Petrozavodsk;" in result.stderr


def test_the_founding_of_the_centre_is_disputed_with_both_documents(answer: Ask) -> None:
    rows = answer("evidence/contradictions", about="Swedish Karelian Business and Information Center")
    [row] = [row for row in rows if (row["valueA"], row["valueB"]) == ("1996", "1998")]
    assert _documents(row["sourceA"]) == {"umea-2020"}
    assert _documents(row["sourceB"]) == {"vasterbotten-county-2021"}
    assert (row["kind"], row["preferred"]) == ("dispute", "")


def test_the_barents_regional_council_had_thirteen_members_in_2021(answer: Ask) -> None:
    rows = answer("organisations/members", body="Barents Regional Council", on="2021-06-30")
    assert {row["member"].rpartition("/")[2] for row in rows} == {
        "arkhangelsk-region", "kainuu", "komi-republic", "lapland", "murmansk-region",
        "nenets-autonomous-okrug", "nordland", "norrbotten", "north-karelia", "northern-ostrobothnia",
        "republic-of-karelia", "troms-og-finnmark", "vasterbotten",
    }  # fmt: skip
    assert {row["vote"] for row in rows} == {"with-vote"}


def test_north_karelia_was_an_observer_before_it_became_a_member(answer: Ask) -> None:
    rows = answer("organisations/members", body="Barents Regional Council", on="2015-06-30")
    [row] = [row for row in rows if row["memberLabel"] == "North Karelia"]
    assert (row["role"], row["vote"], row["since"]) == ("observer", "without-vote", "2008")
    turns = answer("organisations/accessions", body="Barents Regional Council", from_="2008", until="2016")
    assert [row["change"] for row in turns if row["memberLabel"] == "North Karelia"] == [
        "joined",
        "changed-role",
    ]


def test_akureyri_ended_first_and_murmansk_thirty_days_later(answer: Ask) -> None:
    rows = [
        row
        for row in answer("agreements/ended-by-whom", country="Iceland")
        if row["concerns"].endswith("partnership/akureyri-murmansk")
    ]
    told = [(row["sideLabels"], row["decidedOn"], row["first"], row["daysBetween"]) for row in rows]
    assert told == [
        ("Town of Akureyri", "2022-11-15", "true", "0"),
        ("City of Murmansk", "2022-12-15", "false", "30"),
    ]
    assert [row["decidedByLabels"] for row in rows] == [
        "Town council of Akureyri",
        "Council of Deputies of Murmansk",
    ]


def test_agreements_in_force_before_and_after_2022_differ(answer: Ask) -> None:
    before, after = (
        {row["agreement"].rpartition("/")[2] for row in answer("agreements/in-force", on=day)}
        for day in ("2022-02-23", "2022-12-31")
    )
    assert {"tallinn-moscow-2004", "tallinn-moscow-2009"} <= before - after
    assert "kotka-saint-petersburg-2018" in before & after


def test_ten_of_fifteen_municipalities_have_no_partner_in_karelia(answer: Ask) -> None:
    rows = answer("places/without-partner", region="Västerbotten", partnerRegion="Republic of Karelia")
    assert [row["placeLabel"] for row in rows] == [
        "Bjurholm", "Dorotea", "Nordmaling", "Norsjö", "Skellefteå",
        "Sorsele", "Storuman", "Vilhelmina", "Vännäs", "Åsele",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["FI1C4", "FI1C7"])
def test_a_code_of_any_version_finds_the_same_place(answer: Ask, code: str) -> None:
    [row] = answer("places/by-code", code=code)
    assert (row["placeLabel"], row["scheme"], row["version"]) == (
        "Kymenlaakso",
        "nuts",
        {"FI1C4": "2021", "FI1C7": "2024"}[code],
    )


def test_the_day_of_a_signing_is_that_of_the_preferred_claim(answer: Ask) -> None:
    [row] = [
        row
        for row in answer("agreements/all", party="Västerbotten", type="regional-protocol")
        if row["agreement"].endswith("vasterbotten-karelia-2021-2027")
    ]
    assert (row["signed"], row["basis"]) == ("2021-01-28", "inferred")


def test_a_list_that_no_longer_names_petrozavodsk_is_no_ending(answer: Ask) -> None:
    [row] = answer("evidence/listed-not-ended", listedAt="2020", notListedAt="2026")
    assert row["agreement"].endswith("partnership/umea-petrozavodsk")


def test_decisions_come_with_their_votes(answer: Ask) -> None:
    rows = answer("decisions/all", body="Akureyri")
    assert [(row["decided"], row["votesFor"]) for row in rows] == [("2022-11-15", "11")]


def test_signatories_of_both_documents_are_told(answer: Ask) -> None:
    names = {row["personLabel"] for row in answer("agreements/signatories")}
    assert {"Esa Sirviö", "Sergei Markov", "Gustaf Vidman"} <= names


def test_every_row_of_a_total_is_proved_in_json(crossties: Crossties) -> None:
    result = crossties("ask", "funding/totals", "--proof", "--format", "json")
    told: dict[str, Any] = json.loads(result.stdout)
    assert told["rows"]
    assert all(fact["passages"] for row in told["rows"] for fact in row["proof"])


def test_an_answer_without_rows_says_which_part_had_none(crossties: Crossties) -> None:
    result = crossties("ask", "agreements/all", "--party", "Kotka", "--from", "2030")
    assert "There are rows without “from”" in result.stdout
    machine = crossties("ask", "agreements/all", "--party", "Kotka", "--from", "2030", "--format", "csv")
    assert len(machine.stdout.splitlines()) == 1
    assert "There are rows without “from”" in machine.stderr
