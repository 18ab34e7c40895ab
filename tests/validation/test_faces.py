from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from crossties.namespaces import CT, ID, SH, SHAPES
from crossties.quads import RDF_SUFFIXES, Quad, parse_bytes
from crossties.validation.faces import FACES
from crossties.validation.faces.values import COLUMNS, pack_report, unpack_report
from crossties.validation.report import Report, Result, make_report

TEXTS = (("en", "It is bad."), ("fi", "Se on huono."), ("ru", "Плохо."), ("sv", "Det är dåligt."))
BAD = Result(
    "data/b.ttl",
    "violation",
    "It is bad.",
    "shape",
    5,
    9,
    focus=ID + "x",
    path=f"<{CT}from>/^<{CT}until>",
    value="1,0",
    suggestion="Write 1.",
    shape=SHAPES + "FundingShape-amount",
    code="Datatype",
    details=("It is no number.",),
    texts=TEXTS,
)
CELL = Result("a.xlsx", "violation", "Empty.", "sheet", None, 3, sheet="Plans", row=4, code="empty")
ODD = Result("a.ttl", "warning", "It is odd.", "term", 1, 1, code="unfamiliar-term")
HINT = Result("a.ttl", "info", "Add more.", "shape", standing="introduced", shape=SHAPES + "XShape-y")
REPORT = make_report([BAD, CELL, ODD, HINT], files=["a.ttl", "a.xlsx", "data/b.ttl", "good.ttl"])


def render(name: str, report: Report = REPORT, language: str = "en") -> str:
    return FACES[name].render(report, language).decode()


def sarif(report: Report = REPORT, language: str = "en") -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render("sarif", report, language))["runs"][0]
    return run


def graph(name: str) -> tuple[Quad, ...]:
    syntax = {"turtle": ".ttl"}[name]
    return parse_bytes(
        FACES[name].render(REPORT, "en"), rdf_format=RDF_SUFFIXES[syntax], graph="urn:r", origin="r"
    ).quads


def test_json_tells_the_verdict_the_counts_the_causes_and_every_result() -> None:
    told = json.loads(render("json"))
    assert told["conforms"] is False
    assert told["counts"] == {"violation": 2, "warning": 1, "info": 1}
    assert [list(one) for one in told["results"]] == [list(COLUMNS)] * 4
    [cell] = [one for one in told["results"] if one["sheet"]]
    assert (cell["row"], cell["column"], cell["line"]) == (4, 3, None)
    assert sorted(number for cause in told["causes"] for number in cause["results"]) == [0, 1, 2, 3]


def test_json_speaks_the_language_asked_for_where_a_text_is_had_in_it() -> None:
    messages = {one["message"] for one in json.loads(render("json", language="fi"))["results"]}
    assert messages == {"Se on huono.", "Empty.", "It is odd.", "Add more."}


def test_a_report_survives_the_way_between_processes() -> None:
    assert unpack_report(json.loads(json.dumps(pack_report(REPORT)))) == REPORT


def test_the_text_is_grouped_by_file_and_cause_with_the_counts_at_the_end() -> None:
    more = Result("data/b.ttl", "violation", "It is bad.", "term", 8, 1, focus=ID + "y", suggestion="Mend.")
    same = Result("data/b.ttl", "violation", "It is bad.", "term", 9, 1, focus=ID + "z", suggestion="Mend.")
    assert render("text", make_report([BAD, more, same], files=["data/b.ttl"])) == (
        "data/b.ttl\n"
        "  violation  5:9  id/x · ct:from/^ct:until · 1,0\n"
        "      It is bad.\n      · It is no number.\n      → Write 1.\n"
        "  violation  2 times\n      It is bad.\n      8:1  id/y\n      9:1  id/z\n      → Mend.\n\n"
        "Does not conform: files 1, violations 3.\n"
    )


def test_a_terminal_is_sent_no_character_that_it_would_obey() -> None:
    told = render("text", make_report([Result("a.ttl", "violation", "m", "lint", value="a\x1b[2J\u202eb")]))
    assert "a[U+001B][2J[U+202E]b" in told
    assert not {"\x1b", "\u202e"} & set(told)


def test_the_text_of_a_good_report_is_one_line() -> None:
    assert render("text", make_report([], files=["a.ttl"])) == "Conforms: files 1.\n"
    assert render("text", make_report([], files=["a.ttl"]), "sv") == "Godkänt: filer 1.\n"


def test_sarif_has_what_its_schema_requires() -> None:
    told = json.loads(render("sarif"))
    assert told["version"] == "2.1.0"
    assert told["$schema"].endswith("sarif-schema-2.1.0.json")
    run = told["runs"][0]
    driver = run["tool"]["driver"]
    assert driver["name"] == "crossties"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for result in run["results"]:
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        assert ids[result["ruleIndex"]] == result["ruleId"]
        for location in result["locations"]:
            physical = location["physicalLocation"]
            assert not physical["artifactLocation"]["uri"].startswith("/")
            region = physical.get("region", {})
            assert all(isinstance(number, int) and number > 0 for number in region.values())
            assert set(region) <= {"startLine", "startColumn"}


def test_sarif_names_line_column_and_page_of_the_rule() -> None:
    run = sarif()
    [bad] = [one for one in run["results"] if one["ruleId"] == "FundingShape-amount"]
    region = bad["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 5, "startColumn": 9}
    assert run["tool"]["driver"]["rules"][bad["ruleIndex"]]["helpUri"] == SHAPES + "FundingShape-amount"


def test_sarif_keeps_every_language() -> None:
    [bad] = [one for one in sarif(language="sv")["results"] if one["ruleId"] == "FundingShape-amount"]
    assert bad["properties"]["messages"] == dict(TEXTS)
    assert bad["message"]["text"].startswith("Det är dåligt.")


def test_sarif_tells_the_cell_of_a_sheet_and_what_is_new() -> None:
    results = {one["ruleId"]: one for one in sarif()["results"]}
    names = results["sheet/empty"]["locations"][0]["logicalLocations"]
    assert names[0] == {"fullyQualifiedName": "Plans!C4", "kind": "cell"}
    assert "region" not in results["sheet/empty"]["locations"][0]["physicalLocation"]
    assert results["XShape-y"]["baselineState"] == "new"


def test_junit_has_a_suite_for_each_file_and_a_failure_for_what_blocks() -> None:
    suites = fromstring(FACES["junit"].render(REPORT, "en"))
    told = {
        suite.get("name"): (suite.get("tests"), suite.get("failures")) for suite in suites.iter("testsuite")
    }
    assert told == {
        "a.ttl": ("2", "0"),
        "a.xlsx": ("1", "1"),
        "data/b.ttl": ("1", "1"),
        "good.ttl": ("1", "0"),
    }
    assert suites.get("failures") == "2"


def test_junit_takes_any_text() -> None:
    nasty = Result("a<&>.ttl", "violation", "\x00\x1b]]>&\ud800", "syntax", 1, 1)
    assert fromstring(FACES["junit"].render(make_report([nasty]), "en")) is not None


def test_csv_has_a_row_for_each_result_and_no_formula() -> None:
    nasty = Result("a.csv", "violation", "m", "sheet", row=2, column=1, value='=HYPERLINK("x")')
    rows = list(csv.DictReader(io.StringIO(render("csv", make_report([nasty, ODD])))))
    assert [row["file"] for row in rows] == ["a.csv", "a.ttl"]
    assert rows[0]["value"].startswith("'=")
    assert list(rows[0]) == list(COLUMNS)


def test_turtle_is_a_validation_report_with_places() -> None:
    text = " ".join(str(quad) for quad in graph("turtle"))
    for part in (
        "ValidationReport",
        "lineNumber",
        "charNumber",
        "earl#pointer",
        "earl#info",
        "inversePath",
    ):
        assert part in text
    values = {quad.predicate.value.partition("#")[2]: quad for quad in graph("turtle")}
    assert "Plans!C4" in text
    assert values["sourceShape"].object.value.startswith(SHAPES)  # type: ignore[union-attr]
    assert str(values["sourceConstraintComponent"].object) == f"<{SH}DatatypeConstraintComponent>"


def test_turtle_tells_the_message_in_every_language() -> None:
    messages = {
        quad.object.language: quad.object.value  # type: ignore[union-attr]
        for quad in graph("turtle")
        if quad.predicate.value == SH + "resultMessage" and "bad" in str(quad.object) + "bad"
    }
    assert messages["fi"] == "Se on huono."
    assert messages["ru"] == "Плохо."


def test_jsonld_needs_no_context() -> None:
    told = render("jsonld")
    assert "@context" not in told
    assert SH + "ValidationReport" in told
    assert {one["@id"][:2] for one in json.loads(told)} == {"_:"}


@pytest.mark.parametrize("name", list(FACES))
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert FACES[name].render(REPORT, "fi") == FACES[name].render(REPORT, "fi")
