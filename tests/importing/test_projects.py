"""Exports of projects: the workbook of keep.eu, and JSON and XML of Jems."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.importing.conftest import BODY, PLACE, codes, said, settings

from crossties.errors import InputError
from crossties.importing import Outcome, Register, run_import
from crossties.intake import Upload

Build = Callable[..., bytes]
NEW = [
    "Programme", "Project ID", "Project acronym", "Project name in English", "Project name in language 2",
    "Project start", "Project end", "Project's total budget", "Project's EU funding",
]  # fmt: skip
PARTNERS = [
    "Programme", "Project ID", "Project acronym", "Organisation in English", "Country code",
    "Participant Identification Code", "Partner's ID if not PIC", "NUTS3 code (or equivalent)",
    "Lead partner (Yes)",
]  # fmt: skip
PROJECT = [
    "Interreg Aurora",
    "20311",
    "ICE",
    "Ice roads",
    "Jäätiet",
    "2023-01-01",
    "2025-12-31",
    "1 200 000,50",
    780000,
]
LEAD = ["Interreg Aurora", "20311", "ICE", "University of Oulu", "FI", "999844424", "", "FI1C7", "Yes"]


def read(register: Register, data: bytes, **given: object) -> Outcome:
    return run_import("keep", Upload("keep.xlsx", data), settings(**given), register)


def test_projects_partners_and_money_become_candidates(register: Register, keep_workbook: Build) -> None:
    data = keep_workbook(About=[["keep.eu"]], Projects=[NEW, PROJECT], Partners=[PARTNERS, LEAD])
    outcome = read(register, data, version="2024")
    text = said(outcome)
    assert codes(outcome) == []
    assert 'ns#amount> "1200000.5"' in text
    assert 'ns#amount> "780000"' in text
    assert 'ns#from> "2023-01-01"' in text
    assert f"ns#participant> <{BODY}pic-999844424>" in text
    assert "role/lead-partner>" in text
    assert f"ns#seat> <{PLACE}kymenlaakso>" in text


def test_a_partner_with_a_known_name_is_asked_about_and_not_merged(
    register: Register, keep_workbook: Build
) -> None:
    outcome = read(register, keep_workbook(Projects=[NEW, PROJECT], Partners=[PARTNERS, LEAD]))
    assert [one.candidate for one in outcome.reviews] == [BODY + "university-of-oulu"]


def test_a_code_without_its_version_says_nothing(register: Register, keep_workbook: Build) -> None:
    outcome = read(register, keep_workbook(Projects=[NEW, PROJECT], Partners=[PARTNERS, LEAD]))
    assert "ns#seat" not in said(outcome)


def test_older_periods_without_numbers_are_joined_by_acronym(
    register: Register, keep_workbook: Build
) -> None:
    project = ["Programme", "Acronym", "Project name", "Start date", "End date"]
    partner = ["Programme", "Acronym", "Partner", "Country"]
    data = keep_workbook(
        A=[project, ["Nord", "SNOW", "Snow", "01.02.2009", "2012"]],
        B=[partner, ["Nord", "SNOW", "Oulu town", "Finland"]],
    )
    text = said(read(register, data))
    assert "id/project/nord-snow/participation/oulu-town-finland>" in text
    assert 'ns#from> "2009-02-01"' in text


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (5, "2026-01-01", "reversed-dates"),
        (3, "12345", "bare-identifier"),
        (4, "JÃ¤Ã¤tiet", "mojibake"),
        (5, "soon", "unread-date"),
        (7, "a lot", "unread-amount"),
    ],
)
def test_what_is_wrong_with_a_project_is_told_with_its_row(
    register: Register, keep_workbook: Build, at: int, value: str, code: str
) -> None:
    wrong = [*PROJECT[:at], value, *PROJECT[at + 1 :]]
    outcome = read(register, keep_workbook(Projects=[NEW, wrong], Partners=[PARTNERS, LEAD]))
    assert (code, 2) in codes(outcome)
    assert outcome.remarks[0].where.sheet == "Projects"


def test_reversed_dates_are_not_taken(register: Register, keep_workbook: Build) -> None:
    wrong = [*PROJECT[:5], "2026-01-01", *PROJECT[6:]]
    text = said(read(register, keep_workbook(Projects=[NEW, wrong], Partners=[PARTNERS, LEAD])))
    assert "ns#from>" not in text
    assert "ending/not-recorded>" in text


def test_what_does_not_join_is_told(register: Register, keep_workbook: Build) -> None:
    lost = ["Interreg Aurora", "777", "X", "Town of Kemi", "FI", "", "", "", ""]
    nameless = [*LEAD[:3], "", *LEAD[4:]]
    other = ["Interreg Aurora", "20312", "SUN", "Sun roads", "", "", "", "", ""]
    data = keep_workbook(Projects=[NEW, PROJECT, PROJECT, other], Partners=[PARTNERS, lost, nameless])
    found = codes(read(register, data))
    assert set(found) == {("no-project", 2), ("no-organisation", 3), ("duplicate", 3), ("no-partners", 4)}


def test_two_partners_with_one_name_and_no_number_are_told(register: Register, keep_workbook: Build) -> None:
    rows = [["Interreg Aurora", "20311", "ICE", "Town of Kemi", "FI", "", "", "", ""]] * 2
    assert codes(read(register, keep_workbook(Projects=[NEW, PROJECT], Partners=[PARTNERS, *rows]))) == [
        ("same-name", 3)
    ]


def test_a_file_that_is_no_workbook_is_refused(register: Register) -> None:
    with pytest.raises(InputError, match="no workbook"):
        read(register, b"a,b")


JEMS = {
    "programme": {
        "programme_name": "2021-2027 Interreg Aurora",
        "period": "2021-2027",
        "call": [{"serial_number": "1"}],
        "project": [
            {
                "project_id": "AUR0001",
                "acronym": "ICE",
                "multi_languages_name": [
                    {"name": "Ice roads", "language": "EN"},
                    {"name": "Jäätiet", "language": "FI"},
                ],
                "project_start_date": "2023-01-01",
                "project_end_date": "1970-01-01",
                "total_budget": 1200000.00,
                "eu_funding_amount": 780000,
                "partner": [
                    {
                        "partner_type": "lead",
                        "multi_languages_organisation_name": [
                            {"name": "Oulun yliopisto"},
                            {"name": "University of Oulu", "language": "en"},
                        ],
                        "address": [
                            {
                                "main_or_department": "main",
                                "country": "Suomi (FI)",
                                "street": "Secret 1",
                                "town": "Oulu",
                            }
                        ],
                        "participant_id_no_pic": "FI 02458955",
                        "mail": "someone@example.org",
                    }
                ],
            }
        ],
    }
}
XML = """<?xml version='1.0' encoding='UTF-8'?>
<programme><programme_name>2021-2027 Interreg Aurora</programme_name>
<project><project_id>AUR0001</project_id><acronym>ICE</acronym>
<multi_languages_name><name>Ice roads</name><language>EN</language></multi_languages_name>
<multi_languages_name><name>Jäätiet</name><language>FI</language></multi_languages_name>
<project_start_date>2023-01-01</project_start_date><project_end_date>1970-01-01</project_end_date>
<total_budget>1200000.00</total_budget><eu_funding_amount>780000</eu_funding_amount>
<partner><partner_type>lead</partner_type>
<multi_languages_organisation_name><name>Oulun yliopisto</name></multi_languages_organisation_name>
<multi_languages_organisation_name><name>University of Oulu</name>
<language>en</language></multi_languages_organisation_name>
<address><main_or_department>main</main_or_department><country>Suomi (FI)</country>
<street>Secret 1</street></address>
<participant_id_no_pic>FI 02458955</participant_id_no_pic><mail>someone@example.org</mail>
</partner></project></programme>"""


def jems(register: Register, data: str) -> Outcome:
    return run_import("jems", Upload("export", data.encode()), settings(), register)


@pytest.mark.parametrize("data", [json.dumps(JEMS), XML])
def test_an_export_of_jems_becomes_candidates_in_either_form(register: Register, data: str) -> None:
    outcome = jems(register, data)
    text = said(outcome)
    assert codes(outcome) == [("placeholder-date", 1)]
    assert f"ns#participant> <{BODY}vat-fi02458955>" in text
    assert '"Jäätiet"@fi' in text
    assert '"Oulun yliopisto"@und' in text
    assert "1970" not in text


@pytest.mark.parametrize("data", [json.dumps(JEMS), XML])
def test_no_mail_and_no_street_leaves_an_export(register: Register, data: str) -> None:
    outcome = jems(register, data)
    assert "someone" not in said(outcome)
    assert "Secret" not in said(outcome)


@pytest.mark.parametrize(
    "data", ["{", "[]", "<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><programme><project>&b;</project></programme>"]
)
def test_what_is_no_export_of_jems_is_refused(register: Register, data: str) -> None:
    with pytest.raises(InputError):
        jems(register, data)
