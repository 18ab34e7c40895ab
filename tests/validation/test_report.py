from __future__ import annotations

from crossties.errors import Location
from crossties.intake import Remark
from crossties.namespaces import CT, ID
from crossties.validation.report import Report, Result, find_causes, from_remark, make_report

BAD = Result("b.ttl", "violation", "It is bad.", "shape", focus=ID + "x", path=CT + "amount", value="1,0")
ODD = Result("a.ttl", "warning", "It is odd.", "lint", suggestion="Look again.")
PARSE = Result("b.ttl", "violation", "It is broken.", "syntax", 3, 7)


def test_only_a_violation_keeps_a_report_from_conforming() -> None:
    assert make_report([ODD]).conforms
    assert not make_report([ODD, BAD]).conforms
    assert make_report([]) == Report(conforms=True, results=())


def test_what_was_there_before_and_what_is_mended_does_not_block() -> None:
    there = Result("b.ttl", "violation", "It is bad.", "shape", standing="already there")
    mended = Result("b.ttl", "violation", "It is bad.", "shape", standing="fixed")
    new = Result("b.ttl", "violation", "It is bad.", "shape", standing="introduced")
    assert make_report([there, mended]).conforms
    assert not make_report([there, new]).conforms


def test_results_are_sorted_by_file_line_focus_and_path_and_told_once() -> None:
    assert make_report([PARSE, BAD, ODD, BAD]).results == (ODD, BAD, PARSE)


def test_one_mistake_at_several_nodes_is_one_cause() -> None:
    again = Result("b.ttl", "violation", "It is bad.", "shape", focus=ID + "y", path=CT + "amount")
    causes = find_causes(make_report([BAD, again, PARSE]).results)
    assert [len(cause.results) for cause in causes] == [2, 1]


def test_a_suggestion_is_a_cause_s_own_only_where_all_its_places_share_it() -> None:
    one = Result("a", "warning", "m", "term", focus=ID + "x", suggestion="s")
    same = Result("a", "warning", "m", "term", focus=ID + "y", suggestion="s")
    other = Result("a", "warning", "m", "term", focus=ID + "z", suggestion="t")
    assert find_causes([one, same])[0].suggestion == "s"
    assert find_causes([one, other])[0].suggestion is None


def test_a_remark_of_reading_becomes_a_result_at_its_cell() -> None:
    where = Location("a.xlsx", column=3, sheet="Plans", row=4)
    result = from_remark(Remark("violation", "m", where, "s", source="sheet", code="c"))
    assert (result.file, result.sheet, result.row, result.column) == ("a.xlsx", "Plans", 4, 3)
    assert (result.place, result.suggestion, result.code) == ("Plans!C4", "s", "c")


def test_places_are_written_as_their_readers_write_them() -> None:
    assert PARSE.place == "3:7"
    assert Result("a.csv", "info", "m", "sheet", row=4, column=28).place == "AB4"
    assert ODD.place == ""
