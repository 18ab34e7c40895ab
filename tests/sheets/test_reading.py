"""What is said of cells: where it is, what is wrong, and how to mend it; never a silent guess or merge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl.styles import Font
from tests.sheets.conftest import Fill, Read, codes, opened, save, told

from crossties.intake import Intake
from crossties.namespaces import BASE, CT, LANGUAGES
from crossties.quads import NamedNode

AGREEMENT = {
    "slug": "kotka-umea-2027",
    "prefLabel.en": "Agreement of Kotka and Umeå, 2027",
    "prefLabel.fi": "Kotkan ja Uumajan sopimus 2027",
    "party.1": "City of Kotka",
    "party.2": "Umeå kommun",
    "ending": "not stated",
    "source.1.document": "kotka-2018",
    "source.1.statedIn": "2; 4-5",
}
MONEY = {
    "slug": "skbic-2031",
    "kind": "grant",
    "funder.1": "id/organisation/umea-municipality",
    "recipient": "skbic",
    "amount": 12000,
    "currency": "SEK",
    "from": "2031",
    "until": "2031",
    "source.1.document": "umea-2019",
    "source.1.statedIn": "1",
}


def values(intake: Intake, name: str) -> set[str]:
    return {
        str(getattr(quad.object, "value", "")).removeprefix(BASE)
        for quad in intake.quads
        if quad.predicate.value == CT + name
    }


def test_a_row_gives_the_statements_that_its_cells_say(fill: Fill, read: Read) -> None:
    intake = read(fill("agreements", agreements=[AGREEMENT]))
    assert intake.problems == ()
    assert values(intake, "party") == {
        "id/organisation/city-of-kotka",
        "id/organisation/umea-municipality",
    }
    assert values(intake, "statedIn") == {f"id/document/kotka-2018/p{number}" for number in (2, 4, 5)}


def test_parties_in_one_cell_are_told_apart_by_semicolons(fill: Fill, read: Read) -> None:
    row = {**AGREEMENT, "party.1": "City of Kotka; Umeå kommun", "party.2": None}
    intake = read(fill("agreements", agreements=[row]))
    assert intake.problems == ()
    assert len(values(intake, "party")) == 2


@pytest.mark.parametrize(
    "name",
    ["Уумая", "Umeå municipality", "umeå kommun", "umea-municipality", "id/organisation/umea-municipality"],
)
def test_a_name_that_is_not_exact_is_never_taken(name: str, fill: Fill, read: Read) -> None:
    intake = read(fill("agreements", agreements=[{**AGREEMENT, "party.2": name}]))
    is_known = name != "Уумая"
    assert (intake.problems == ()) == is_known
    assert ("id/organisation/umea-municipality" in values(intake, "party")) == is_known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_without_its_accents_is_asked_for(language: str, fill: Fill, read: Read) -> None:
    data = fill("agreements", language, agreements=[{**AGREEMENT, "party.2": "Umea kommun"}])
    problem = told(read(data, language=language), "name-unknown-near")
    assert (problem.where.row, problem.where.column) == (2, 8)
    assert "Umea kommun" in problem.message
    assert "umea-municipality" in (problem.suggestion or "")


def test_an_unknown_municipality_is_told_with_the_nearest_names_and_where_to_describe_it(
    fill: Fill, read: Read
) -> None:
    data = fill(
        "agreements",
        "sv",
        agreements=[{**AGREEMENT, "signing.date": "2027-05-04", "signing.place": "Petrosavodsk"}],
    )
    problem = told(read(data, language="sv"), "name-unknown-near")
    assert "Petroza" in (problem.suggestion or "")
    assert "”Platser”" in (problem.suggestion or "")
    assert problem.path == CT + "place"


def test_so_many_unknown_names_cost_no_more_than_some_searches(fill: Fill, read: Read) -> None:
    rows = [
        {**AGREEMENT, "slug": f"x-{number}", "party.2": f"No such body {number}"} for number in range(200)
    ]
    intake = read(fill("agreements", agreements=rows))
    assert len(intake.problems) == 200
    assert {one.code for one in intake.problems[-40:]} == {"name-unknown"}
    assert all(one.suggestion for one in intake.problems)


def test_a_name_of_two_things_is_asked_for(fill: Fill, read: Read) -> None:
    problem = told(read(fill("funding", funding=[{**MONEY, "funder.1": "Kotka"}])), "two-meanings")
    assert "city-of-kotka" in (problem.suggestion or "")
    assert "(kotka)" in (problem.suggestion or "")


def test_what_a_row_describes_can_be_named_in_every_other_sheet(fill: Fill, read: Read) -> None:
    data = fill(
        "agreements",
        agreements=[{**AGREEMENT, "party.2": "Town of Fir", "source.1.document": "https://fir.example/news"}],
        organisations=[
            {
                "prefLabel.en": "Town of Fir",
                "prefLabel.sv": "Grans stad",
                "source.1.document": "Fir tells of an agreement",
                "source.1.statedIn": 1,
            }
        ],
        documents=[
            {
                "title.en": "Fir tells of an agreement",
                "publisher": "Grans stad",
                "language": "sv",
                "url": "https://fir.example/news",
                "readOn": datetime(2026, 11, 22),  # noqa: DTZ001
            }
        ],
    )
    intake = read(data)
    assert intake.problems == ()
    assert "id/organisation/town-of-fir" in values(intake, "party")
    assert "id/document/fir-tells-of-an-agreement/p2" in values(intake, "statedIn")


@pytest.mark.parametrize(
    ("cells", "code", "suggested"),
    [
        ({"amount": "12 000 kr", "currency": None}, "which-crowns", "SEK, NOK, DKK, ISK"),
        ({"amount": "1.234"}, "thousand-or-decimal", "1234"),
        ({"amount": "lots"}, "not-a-number", "12000"),
        ({"currency": "crowns"}, "not-a-currency", "SEK"),
        ({"from": "2/1/2031"}, "day-or-month", "2031-01-02"),
        ({"from": 43735}, "serial-date", "2019-09-27"),
        ({"from": "helmikuu 2031"}, "date-in-words", "2031-02"),
        ({"from": "2032"}, "ends-before-start", None),
        ({"perYear": "perhaps"}, "not-yes-or-no", "yes"),
        ({"sharePart": "one"}, "not-a-number", None),
        ({"kind": "gift"}, "code-unknown-near", "grant"),
        ({"kind": None}, "cell-needed", None),
        ({"recipient": None}, "cell-needed", None),
        ({"recipient": "id/place/kotka"}, "wrong-sort", "organisation"),
        ({"source.1.document": None}, "document-needed", None),
        ({"source.1.statedIn": None}, "paragraphs-needed", "2; 4-6"),
        ({"source.1.statedIn": "first"}, "not-paragraphs", "2; 4-6"),
        ({"inferred.1": "sum"}, "column-unknown", None),
        ({"slug": "SKBIC 2031!"}, "not-an-id", "skbic-2031"),
    ],
)
def test_each_mistake_is_told_at_its_cell_with_a_way_to_mend_it(
    cells: dict[str, object], code: str, suggested: str | None, fill: Fill, read: Read
) -> None:
    data = fill("funding", funding=[{**MONEY, **cells}])
    problem = next(one for one in read(data).problems if one.code == code)
    assert (problem.where.sheet, problem.where.row) == ("Funding", 2)
    assert problem.where.column is not None
    assert problem.suggestion
    assert suggested is None or suggested in problem.suggestion


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_name_the_header_in_the_language_of_the_officer(
    language: str, fill: Fill, read: Read
) -> None:
    data = fill("funding", language, funding=[{**MONEY, "kind": None, "amount": "1,234"}])
    intake = read(data, language=language)
    problem = told(intake, "thousand-or-decimal")
    header = opened(data).worksheets[1].cell(1, problem.where.column or 0).value
    assert str(header).rstrip(" *") in problem.message


def test_two_rows_with_one_id_are_never_merged(fill: Fill, read: Read) -> None:
    other = {**MONEY, "amount": 500}
    intake = read(fill("funding", funding=[MONEY, other]))
    problem = told(intake, "id-twice")
    assert problem.where.cell == "A3"
    assert "row 2" in problem.message
    assert "skbic-2031-2" in (problem.suggestion or "")
    assert values(intake, "amount") == {"12000"}


def test_a_row_that_repeats_another_is_told(fill: Fill, read: Read) -> None:
    assert told(read(fill("funding", funding=[MONEY, MONEY])), "row-twice").where.row == 3


def test_rows_without_an_id_that_would_get_the_same_are_told(fill: Fill, read: Read) -> None:
    rows = [{**MONEY, "slug": None}, {**MONEY, "slug": None, "amount": 1}]
    intake = read(fill("funding", funding=rows))
    assert "skbic-2031-umea-municipality-2" in (told(intake, "id-twice").suggestion or "")


def test_an_id_that_is_made_and_taken_is_told_with_the_next_free_one(fill: Fill, read: Read) -> None:
    row = {
        "prefLabel.en": "City of Kotka",
        "prefLabel.fi": "Kotkan kaupunki",
        "source.1.document": "kotka-2018",
        "source.1.statedIn": "1",
    }
    problem = told(read(fill("organisations", organisations=[row])), "id-taken")
    assert "city-of-kotka-2" in (problem.suggestion or "")
    given = read(fill("organisations", organisations=[{**row, "slug": "city-of-kotka"}]))
    assert given.problems == ()
    assert told(given, "id-known").severity == "info"


def test_a_row_without_any_name_is_told(fill: Fill, read: Read) -> None:
    row = {"kind": "municipal body", "source.1.document": "kotka-2018", "source.1.statedIn": "1"}
    assert {"no-id", "cell-needed"} == set(codes(read(fill("organisations", organisations=[row]))))


def test_a_row_that_cant_be_named_is_told_once_where_it_is_to_be_mended(fill: Fill, read: Read) -> None:
    member = {"in": "barents-regional-council", "role": "member", "source.1.document": "kotka-2018"}
    member["source.1.statedIn"] = "1"
    nobody = read(fill("memberships", memberships=[member]))
    assert "Participant / Represents" in (told(nobody, "part-incomplete").suggestion or "")
    assert codes(read(fill("memberships", memberships=[{**member, "represents": "Kainu"}]))) == [
        "name-unknown-near"
    ]
    aim = {
        "prefLabel.en": "An aim",
        "prefLabel.fi": "Tavoite",
        "of": "No such plan",
        "theme.1": "culture",
        "source.1.document": "kotka-2018",
        "source.1.statedIn": "1",
    }
    intake = read(fill("objectives", objectives=[aim]))
    assert [(one.code or "").removesuffix("-near") for one in intake.problems] == ["name-unknown"]


def test_a_part_of_a_row_is_never_dropped_in_silence(fill: Fill, read: Read) -> None:
    row = {
        "prefLabel.en": "Maija Mallinen",
        "prefLabel.fi": "Maija Mallinen",
        "tenure.from": "2020",
        "source.1.document": "kotka-2018",
        "source.1.statedIn": "1",
    }
    problem = told(read(fill("people", people=[row])), "part-incomplete")
    assert "Tenure: post held" in (problem.suggestion or "")
    assert read(fill("people", people=[{**row, "tenure.post": "kotka-city-manager"}])).problems == ()


def test_the_example_is_left_out_and_said(templates: Callable[[str, str], bytes], read: Read) -> None:
    intake = read(templates("funding", "fi"), language="fi")
    assert not intake.quads
    assert codes(intake) == ["no-rows"]
    assert "example-skipped" in {one.code for one in intake.notes}


def test_an_example_that_was_written_over_is_told(templates: Callable[[str, str], bytes], read: Read) -> None:
    book = opened(templates("funding", "en"))
    book["Funding"]["B2"] = "My own grant"
    assert told(read(save(book)), "example-changed").severity == "warning"


def test_merged_hidden_and_broken_cells_are_told(fill: Fill, read: Read) -> None:
    book = opened(
        fill("funding", funding=[MONEY, {**MONEY, "slug": "skbic-2032"}, {**MONEY, "slug": "skbic-2033"}])
    )
    sheet = book["Funding"]
    columns = {str(cell.value).rstrip(" *"): number for number, cell in enumerate(sheet[1], start=1)}
    sheet.row_dimensions[2].hidden = True
    sheet.cell(3, columns["Amount"]).value = "#REF!"
    sheet.cell(3, columns["Amount"]).data_type = "e"
    sheet.cell(4, columns["Amount"]).value = "=6*2000"
    sheet.merge_cells(
        start_row=3, end_row=4, start_column=columns["Currency"], end_column=columns["Currency"]
    )
    intake = read(save(book))
    assert told(intake, "row-hidden").where.cell == "2"
    assert "#REF!" in told(intake, "error-cell").message
    assert told(intake, "formula-without-value").where.row == 4
    assert told(intake, "cells-merged").where.row == 3


def test_a_hidden_column_with_content_is_told(fill: Fill, read: Read) -> None:
    book = opened(fill("funding", funding=[MONEY]))
    book["Funding"].column_dimensions["A"].hidden = True
    assert told(read(save(book)), "column-hidden").where.column == 1


def test_a_hidden_sheet_that_is_read_is_told(fill: Fill, read: Read) -> None:
    book = opened(fill("funding", funding=[MONEY]))
    book["Funding"].sheet_state = "hidden"
    assert told(read(save(book)), "sheet-hidden").severity == "warning"


def test_a_text_that_is_too_long_is_told_and_not_cut(fill: Fill, read: Read) -> None:
    intake = read(fill("funding", funding=[{**MONEY, "description.en": "x" * 20_001}]))
    assert told(intake, "long-cell").where.row == 2
    assert not [one for one in intake.quads if one.predicate.value.endswith("description")]


def test_columns_beyond_those_that_are_read_are_told(fill: Fill, read: Read) -> None:
    book = opened(fill("funding", funding=[MONEY]))
    book["Funding"]["ZZ2"] = "lost"
    assert told(read(save(book)), "many-columns").where.row == 1


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://[", "not-an-address"),
        ("https://exa mple.fi", "not-an-address"),
        ("ftp://example.fi", "not-an-address"),
        ("http://a/%zz", "not-an-address"),
        ("x" * 300, "not-an-address"),
        ("www.example.fi", "not-an-address-near"),
    ],
)
def test_what_is_no_address_is_told(address: str, code: str, fill: Fill, read: Read) -> None:
    row = {
        "title.en": "A page",
        "title.fi": "Sivu",
        "publisher": "City of Kotka",
        "language": "fi",
        "readOn": "2026-11-22",
        "url": address,
    }
    assert codes(read(fill("documents", documents=[row]))) == [code]


def test_spaces_are_tidied_and_said(fill: Fill, read: Read) -> None:
    intake = read(fill("agreements", agreements=[{**AGREEMENT, "party.1": " City of\u00a0Kotka "}]))
    assert intake.problems == ()
    assert told(intake, "spaces-tidied").severity == "info"


@pytest.mark.parametrize(
    ("name", "code", "suggested"),
    [("Agrements", "sheet-misnamed", "Agreements"), ("Sheet1", "sheet-misnamed", "Agreements")],
)
def test_a_sheet_under_a_wrong_name_is_told_with_the_right_one(
    name: str, code: str, suggested: str, fill: Fill, read: Read
) -> None:
    book = opened(fill("agreements", agreements=[AGREEMENT]))
    book["Agreements"].title = name
    problem = told(read(save(book)), code)
    assert problem.where.sheet == name
    assert suggested in (problem.suggestion or "")


def test_a_workbook_without_a_known_sheet_is_told_with_the_names_there_are(read: Read, fill: Fill) -> None:
    book = opened(fill("places", places=[]))
    for name in book.sheetnames[1:]:
        del book[name]
    book.worksheets[0].title = "Notes"
    assert "Sopimukset" in (told(read(save(book), language="fi"), "no-table").suggestion or "")


def test_headers_are_known_in_every_language_and_by_their_keys(fill: Fill, read: Read) -> None:
    book = opened(fill("agreements", "ru", agreements=[AGREEMENT]))
    sheet = book["Соглашения"]
    english = opened(fill("agreements", "en"))["Agreements"]
    for cell in list(sheet[1])[:6]:
        cell.value = None
    for column, header in enumerate(("slug", "Name in English", "Nimi suomeksi *"), start=1):
        sheet.cell(1, column).value = header
    sheet.cell(2, 1).value, sheet.cell(2, 2).value, sheet.cell(2, 3).value = (
        AGREEMENT["slug"],
        AGREEMENT["prefLabel.en"],
        AGREEMENT["prefLabel.fi"],
    )
    for column in (4, 5, 6):
        sheet.cell(2, column).value = None
    intake = read(save(book), language="ru")
    assert [one.code for one in intake.problems] == []
    assert english is not None


def test_an_unknown_header_is_told_with_the_nearest_and_a_missing_one_blocks(fill: Fill, read: Read) -> None:
    book = opened(fill("funding", funding=[MONEY]))
    sheet = book["Funding"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Recipient *")
    sheet.cell(1, column).value = "Recipiant"
    intake = read(save(book))
    assert "“Recipient”" in (told(intake, "header-unknown-near").suggestion or "")
    assert told(intake, "column-missing").where.row == 1


def test_a_header_that_stands_there_twice_blocks(fill: Fill, read: Read) -> None:
    book = opened(fill("funding", funding=[MONEY]))
    sheet = book["Funding"]
    sheet.cell(1, sheet.max_column + 1).value = "Amount"
    assert told(read(save(book)), "header-twice").where.column == sheet.max_column


def test_columns_may_stand_in_any_order_below_a_title(fill: Fill, read: Read) -> None:
    book = opened(fill("funding", funding=[MONEY]))
    sheet = book["Funding"]
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Grants of 2031, gathered by the office"
    sheet["A1"].font = Font(bold=True)
    sheet.move_range("A3:A4", cols=60)
    sheet.move_range("G3:G4", cols=-6)
    intake = read(save(book))
    assert intake.problems == ()
    assert {one.row for one in intake.places.statements.values()} == {4}


def test_a_missing_property_points_to_the_cell_that_waits_for_it(fill: Fill, read: Read) -> None:
    intake = read(fill("agreements", agreements=[{**AGREEMENT, "ending": None}]))
    focus = BASE + "id/agreement/kotka-umea-2027"
    where = intake.places.find(focus, CT + "until")
    assert where is not None
    assert where.sheet == "Agreements"
    header = opened(fill("agreements"))["Agreements"].cell(1, where.column or 0).value
    assert header == "Until"
    whole = intake.places.find(focus, CT + "seat")
    assert whole is not None
    assert whole.row == 2


def test_a_decision_can_be_named_by_two_rows_and_described_by_one(fill: Fill, read: Read) -> None:
    change = {
        "concerns": "kotka-saint-petersburg-2018",
        "side.1": "City of Kotka",
        "status": "terminated",
        "date": "2027-03-04",
        "decision.slug": "kotka-2027-03-04",
        "source.1.document": "kotka-2018",
        "source.1.statedIn": "1",
    }
    rows = [
        {
            **change,
            "slug": "kotka-2027-a",
            "decision.decidedBy": "City of Kotka",
            "decision.date": "2027-03-04",
        },
        {**change, "slug": "kotka-2027-b", "concerns": "kotka-saint-petersburg-2015"},
    ]
    intake = read(fill("statuses", statuses=rows))
    assert intake.problems == ()
    assert values(intake, "decides") == {"id/status/kotka-2027-a", "id/status/kotka-2027-b"}
    alone = read(fill("statuses", statuses=rows[1:]))
    assert codes(alone) == ["cell-needed"]


def test_values_never_stand_on_a_node_of_another_row(fill: Fill, read: Read) -> None:
    rows = [MONEY, {**MONEY, "slug": "skbic-2032", "amount": 7, "source.1.statedIn": "3"}]
    intake = read(fill("funding", funding=rows))
    second = NamedNode(BASE + "id/funding/skbic-2032")
    rows_of_second = {intake.places.statements[one].row for one in intake.quads if one.subject == second}
    assert rows_of_second == {3}
