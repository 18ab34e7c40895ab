"""The officer's own workbook comes back with red cells, comments in her language, and a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from tests.sheets.conftest import Fill, Read, opened, save

from crossties.errors import InputError
from crossties.namespaces import LANGUAGES
from crossties.sheets import Mark, mark, to_mark
from crossties.sheets.headings import sheet_name
from crossties.sheets.looks import SHADES

ROW = {
    "slug": "x",
    "kind": "gift",
    "recipient": "skbic",
    "amount": "12 000 kr",
    "source.1.document": "umea-2019",
}
HERE = Mark("violation", "It is wrong.", "Mend it so.", "Funding", 2, 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_with_a_problem_is_red_with_a_comment_in_the_language(
    language: str, fill: Fill, read: Read
) -> None:
    data = fill("funding", language, funding=[ROW])
    intake = read(data, language=language)
    assert intake.problems
    book = opened(mark(data, map(to_mark, intake.problems), language=language))
    for one in intake.problems:
        cell = book[one.where.sheet or ""].cell(one.where.row or 0, one.where.column or 1)
        assert cell.fill.fgColor.rgb == "00" + SHADES["violation"]
        assert cell.comment is not None
        assert one.message in cell.comment.text
        assert (one.suggestion or "") in cell.comment.text


def test_the_first_sheet_is_the_report_gravest_first_with_links_to_the_cells(fill: Fill) -> None:
    data = fill("funding", "sv", funding=[ROW])
    results = [
        Mark("info", "Läst så.", None, "Finansiering", 2, 1),
        Mark("violation", "Det är fel.", "Rätta.", "Finansiering", 2, 4),
        Mark("warning", "Titta.", None, None, None, None),
    ]
    book = opened(mark(data, results, language="sv"))
    sheet = book.worksheets[0]
    assert sheet.title == "Rapport"
    assert book.active == sheet
    assert [sheet.cell(row, 3).value for row in (5, 6, 7)] == ["Det är fel.", "Titta.", "Läst så."]
    assert sheet["B5"].value == "Finansiering D2"
    assert sheet["B5"].hyperlink is not None
    assert sheet["B5"].hyperlink.location == "'Finansiering'!D2"
    assert "Att rätta: 1" in str(sheet["A2"].value)


def test_the_rest_of_the_workbook_stays_as_it_was(templates: Callable[..., bytes]) -> None:
    before = opened(templates("events"))
    before["Guide"]["A1"].font = Font(italic=True)
    before.create_sheet("My own")["B2"] = "=1+1"
    data = save(before)
    after = opened(mark(data, [replace(HERE, sheet="Events")]))
    assert after.sheetnames[1:] == before.sheetnames
    for sheet in before.worksheets:
        kept = after[sheet.title]
        assert kept.freeze_panes == sheet.freeze_panes
        assert len(kept.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        for row in sheet.iter_rows():
            for cell in row:
                other = kept[cell.coordinate]
                assert other.value == cell.value
                assert repr(other.font) == repr(cell.font)
                if (sheet.title, cell.coordinate) != ("Events", "D2"):
                    assert repr(other.fill) == repr(cell.fill)
                    assert (other.comment and other.comment.text) == (cell.comment and cell.comment.text)


def test_a_second_marking_takes_the_first_away_and_keeps_own_comments(fill: Fill) -> None:
    before = opened(fill("funding", funding=[ROW]))
    before["Funding"]["D2"].comment = Comment("Ask Maija", "Pekka")
    once = mark(save(before), [HERE, Mark("violation", "Also here.", None, "Funding", 2, 5)], language="fi")
    assert "Ask Maija" in str(opened(once)["Funding"]["D2"].comment)
    twice = opened(mark(once, [], language="en"))
    assert twice.sheetnames[0] == "Report"
    assert "Raportti" not in twice.sheetnames
    assert twice["Funding"]["D2"].comment is not None
    assert twice["Funding"]["D2"].comment.text == "Ask Maija"
    assert twice["Funding"]["D2"].fill == PatternFill(fill_type=None)
    assert twice["Funding"]["E2"].comment is None


def test_a_mark_on_merged_cells_goes_to_the_first_of_them(fill: Fill) -> None:
    before = opened(fill("funding", funding=[ROW]))
    before["Funding"].merge_cells("C2:D3")
    after = opened(mark(save(before), [HERE]))
    assert after["Funding"]["C2"].comment is not None


def test_texts_of_others_are_never_formulas(fill: Fill) -> None:
    results = [Mark("violation", "=HYPERLINK(1)", "+1\x07", "Funding", 2, 1)]
    sheet = opened(mark(fill("funding", funding=[ROW]), results)).worksheets[0]
    assert sheet["C5"].data_type == "s"
    assert sheet["D5"].value == "+1"


def test_a_table_of_text_comes_back_as_a_marked_workbook() -> None:
    data = "Kind;Amount\ngift;=1+1\n".encode("cp1252")
    after = opened(mark(data, [Mark("violation", "No.", None, None, 2, 1)], language="ru"))
    assert after.sheetnames[0] == sheet_name("report", "ru")
    sheet = after.worksheets[1]
    assert sheet["A2"].comment is not None
    assert sheet["B2"].data_type == "s"


def test_nothing_found_is_said(fill: Fill) -> None:
    sheet = opened(mark(fill("funding", "fi"), [], language="fi")).worksheets[0]
    assert sheet["A2"].value == "Mitään ei tarvitse korjata."


def test_bytes_that_are_no_workbook_are_refused(templates: Callable[..., bytes]) -> None:
    with pytest.raises(InputError):
        mark(templates("places")[:500], [])
