from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from click.testing import Result

Crossties = Callable[..., Result]
CENTRE = "Swedish Karelian Business and Information Center"


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))


def test_the_total_of_2019_is_answered_in_csv_and_nothing_but_csv(crossties: Crossties) -> None:
    years = ("--from", "2019", "--until", "2019")
    [row] = rows(crossties("ask", "funding/totals", "--recipient", CENTRE, *years, "--format", "csv"))
    assert (row["total"], row["currency"], row["stated"]) == ("489000", "SEK", "false")


def test_one_grant_is_stated_and_two_are_inferred(crossties: Crossties) -> None:
    found = rows(
        crossties(
            "ask", "funding/who-funded-whom", "--recipient", CENTRE, "--year", "2019", "--format", "csv"
        )
    )
    assert sorted(row["basis"] for row in found) == ["inferred", "inferred", "stated"]


def test_the_signatories_are_shown(crossties: Crossties) -> None:
    found = rows(crossties("ask", "agreements/signatories", "--format", "csv"))
    kotka = [row for row in found if row["personLabel"] in {"Esa Sirviö", "Sergei Markov"}]
    assert {row["personLabel"] for row in kotka} == {"Esa Sirviö", "Sergei Markov"}
    assert all(row["postLabel"] and row["onBehalfOfLabel"] for row in kotka)


def test_the_objectives_of_kotka_are_shown(crossties: Crossties) -> None:
    found = rows(crossties("ask", "plans/objectives", "--party", "Kotka", "--format", "csv"))
    assert len(found) >= 8
    assert any("xamk" in row["actors"] for row in found)


@pytest.mark.parametrize("party", ["Kotka", "Котка", "kotka", "id/place/kotka"])
def test_a_party_is_named_in_any_script(crossties: Crossties, party: str) -> None:
    assert rows(crossties("ask", "plans/objectives", "--party", party, "--format", "csv"))


def test_the_plan_that_runs_on_a_day_is_shown(crossties: Crossties) -> None:
    assert rows(crossties("ask", "plans/in-force", "--on", "2020-06-01", "--format", "csv"))


def test_an_answer_without_rows_is_a_header_in_csv_and_told_beside_it(crossties: Crossties) -> None:
    result = crossties("ask", "plans/in-force", "--on", "1999-06-01", "--format", "csv")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == "Nothing is recorded for “on”.\n"


def test_a_table_is_written_for_people(crossties: Crossties) -> None:
    told = crossties("ask", "funding/totals").stdout
    assert "489000" in told
    assert "https://" not in told


def test_json_says_what_was_asked(crossties: Crossties) -> None:
    asked = ("funding/totals", "--recipient", CENTRE, "--until", "2019", "--format", "json")
    told = json.loads(crossties("ask", *asked).stdout)
    assert told["question"] == "funding/totals"
    assert told["parameters"] == {"recipient": CENTRE, "until": "2019"}
    assert 489000 in [row["total"] for row in told["rows"]]
    assert list(told["rows"][0]) == told["columns"]


def test_tsv_holds_the_same_rows(crossties: Crossties) -> None:
    told = crossties("ask", "funding/totals", "--format", "tsv").stdout
    assert told.splitlines()[0].split("\t")[:2] == ["recipient", "recipientLabel"]


def test_labels_come_in_the_language_asked_for(crossties: Crossties) -> None:
    told = crossties("ask", "agreements/signatories", "--lang", "ru", "--format", "csv").stdout_bytes.decode()
    assert "Сергей Марков" in told


def test_the_help_of_a_question_explains_its_flags_with_examples(crossties: Crossties) -> None:
    told = crossties("ask", "funding/totals", "--help").stdout
    assert "--recipient" in told
    assert "e.g." in told
    assert "crossties ask funding/totals --" in told


def test_the_questions_are_listed_with_their_titles(crossties: Crossties) -> None:
    told = crossties("ask", "--help").stdout
    assert "funding/totals" in told
    assert "How much was granted" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("funding/total",), "funding/totals?"),
        (("zzz",), "The questions are: agreements/all"),
        (("funding/totals", "--recipent", CENTRE), "Its options are: --recipient"),
        (("funding/totals", "--recipient"), "requires an argument"),
        (("funding/totals", "--recipient", ""), "--recipient is empty"),
        (("funding/totals", "--recipient", "Swedish Karelian Busness"), CENTRE),
        (("funding/totals", "--from", "2019-02-30"), "a day of the calendar"),
        (("funding/totals", "--from", "yesterday"), "a year as 2020"),
        (("funding/totals", "--lang", "nb"), "Choose one of: en"),
        (("funding/totals", "--format", "xlsx"), "'csv'"),
        (("funding/who-funded-whom", "--year", "19"), "Write it as in 2019"),
        (("funding/who-funded-whom", "--currency", "kronor"), "Write it as in SEK"),
        (("funding/who-funded-whom", "--kind", "grnt"), "grant"),
        (("plans/in-force",), "needs the parameter “on”"),
        (("funding/totals", "extra"), "unexpected extra argument"),
    ],
)
def test_bad_input_is_told_with_what_would_be_understood(
    crossties: Crossties,
    arguments: tuple[str, ...],
    told: str,
) -> None:
    result = crossties("ask", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
