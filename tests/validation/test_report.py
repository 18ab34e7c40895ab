from __future__ import annotations

import json

from crossties.namespaces import CT, ID
from crossties.validation.report import Report, Result, make_report, to_json, to_text

BAD = Result("b.ttl", "violation", "It is bad.", "shape", focus=ID + "x", path=CT + "amount", value="1,0")
ODD = Result("a.ttl", "warning", "It is odd.", "lint", suggestion="Look again.")
PARSE = Result("b.ttl", "violation", "It is broken.", "syntax", 3, 7)


def test_only_a_violation_keeps_a_report_from_conforming() -> None:
    assert make_report([ODD]).conforms
    assert not make_report([ODD, BAD]).conforms
    assert make_report([]) == Report(conforms=True, results=())


def test_results_are_sorted_by_file_line_focus_and_path_and_told_once() -> None:
    assert make_report([PARSE, BAD, ODD, BAD]).results == (ODD, BAD, PARSE)


def test_json_holds_null_where_nothing_is_known() -> None:
    [told] = json.loads(to_json(make_report([ODD])))["results"]
    assert told["line"] is None
    assert told["suggestion"] == "Look again."


def test_the_text_is_grouped_by_file_with_counts_at_the_end() -> None:
    text = to_text(make_report([PARSE, BAD, ODD]), files=2)
    assert text == (
        "a.ttl\n  warning\n      It is odd.\n      → Look again.\n\n"
        "b.ttl\n  violation  id/x · ct:amount · 1,0\n      It is bad.\n"
        "  violation  3:7\n      It is broken.\n\n"
        "Does not conform: 2 files checked, 2 violations, 1 warning.\n"
    )


def test_the_text_of_a_good_report_is_one_line() -> None:
    assert to_text(make_report([]), files=1) == "Conforms: 1 file checked.\n"
