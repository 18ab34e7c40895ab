"""Mistakes that people make, all in one file: each is told at its place, with how to mend it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.validation.conftest import HEAD

from crossties.resources import Content
from crossties.validation.check import check_files
from crossties.validation.report import Report, Result

WORLD = Path(__file__).parents[1] / "world"
TEXT = """
<graph/agreements/bad> dct:created "2026-11-22"^^xsd:date .

<id/place/new-alder> a ct:Place ; ct:kind <kind/municipality> ;
    skos:prefLabel "Alder"@en , "Leppä"@fi .

<id/organisation/town-of-larch> a ct:Organisation ; skos:prefLabel "Another Larch"@en , "Toinen"@fi .

<id/funding/bad> a ct:Funding ; ct:kind <kind/grnt> ;
    ct:funder <id/organisation/your-organisation> ;
    ct:recipient <id/place/spruce> ;
    ct:amount "12 000 kr"^^xsd:decimal ; ct:currency "euro" ;
    ct:from "1.2.2021"^^xsd:date ; ct:untill "2020"^^xsd:gYear ;
    dct:craeted "2026-11-22"^^xsd:date ;
    ct:purpose [ ct:about <id/place/alder> ] ;
    ct:statedIn <id/document/ferry-news-2091/p1> .
"""
LINES = (HEAD + TEXT).splitlines()


@pytest.fixture(scope="module")
def content_of_world(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Content:
    folder = tmp_path_factory.mktemp("shipped")
    shapes = folder / "shapes"
    (shapes / "rules").mkdir(parents=True)
    shutil.copy(content.shapes / "funding.ttl", shapes / "funding.ttl")
    shutil.copytree(WORLD, folder / "data")
    shutil.copytree(content.data / "themes", folder / "data" / "themes", dirs_exist_ok=True)
    return replace(content, data=folder / "data", shapes=shapes)


@pytest.fixture(scope="module")
def reports(content_of_world: Content, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    path = tmp_path_factory.mktemp("given") / "bad.ttl"
    path.write_text(HEAD + TEXT, encoding="utf-8")
    return {
        language: check_files([path], content=content_of_world, language=language)[0]
        for language in ("en", "fi", "ru", "sv")
    }


def find(report: Report, value: str) -> Result:
    found = [one for one in report.results if value in (one.value or "")]
    assert len(found) == 1, [(one.message, one.value) for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("kind/grnt", "kind/grant"),
        ("your-organisation", "Write the real one"),
        ("12 000 kr", "Write 12000."),
        ("euro", None),
        ("1.2.2021", "2021-02-01"),
        ("ferry-news-2091", "ferry-news-2019/p1"),
    ],
)
def test_a_wrong_value_is_told_once_at_its_line_with_what_was_meant(
    reports: dict[str, Report], value: str, suggestion: str | None
) -> None:
    result = find(reports["en"], value)
    assert value in LINES[(result.line or 0) - 1]
    assert result.column
    assert suggestion is None or suggestion in (result.suggestion or "")


@pytest.mark.parametrize(("term", "near"), [("untill", "ct:until"), ("craeted", "dct:created")])
def test_a_misspelt_property_is_told_at_its_line(reports: dict[str, Report], term: str, near: str) -> None:
    [result] = [
        one for one in reports["en"].results if (one.path or "").endswith(term) and one.source == "term"
    ]
    assert term in LINES[(result.line or 0) - 1]
    assert near in (result.suggestion or "")


def test_a_node_without_a_name_is_told_and_never_shown_bare(reports: dict[str, Report]) -> None:
    assert [one for one in reports["en"].results if one.message == "A node has no name."]
    told = [f"{one.focus}{one.value}{one.message}{one.details}" for one in reports["en"].results]
    assert not [text for text in told if "_:" in text or "unnamed" in text]


def test_a_place_that_acts_is_answered_with_its_bodies(reports: dict[str, Report]) -> None:
    result = find(reports["en"], "id/place/spruce")
    assert "id/organisation/town-of-spruce" in (result.suggestion or "")


def test_a_new_thing_with_a_known_name_is_probably_known(reports: dict[str, Report]) -> None:
    [result] = [one for one in reports["en"].results if one.code == "likely-duplicate"]
    assert (result.severity, LINES[(result.line or 0) - 1].strip()[:13]) == ("warning", "skos:prefLabe")
    assert "id/place/alder" in (result.suggestion or "")


def test_a_taken_iri_is_told_with_the_next_free_one(reports: dict[str, Report]) -> None:
    [result] = [one for one in reports["en"].results if one.code == "taken-iri"]
    assert "id/organisation/town-of-larch-2" in (result.suggestion or "")


def test_every_result_has_its_place(reports: dict[str, Report]) -> None:
    assert all(one.file and one.line and one.column for report in reports.values() for one in report.results)


def test_the_same_is_found_in_every_language_in_other_words(reports: dict[str, Report]) -> None:
    places = {
        language: [(one.line, one.column, one.code) for one in report.results]
        for language, report in reports.items()
    }
    assert all(sorted(found, key=str) == sorted(places["en"], key=str) for found in places.values())
    first = {language: {one.message for one in report.results} for language, report in reports.items()}
    assert not first["en"] & (first["fi"] | first["ru"] | first["sv"])


def test_everything_that_is_not_of_a_shape_says_how_to_mend_it(reports: dict[str, Report]) -> None:
    assert not [
        one.message
        for report in reports.values()
        for one in report.results
        if one.source not in {"shape", "rule"} and not one.suggestion
    ]


def test_statements_about_a_vocabulary_are_told_and_change_nothing(
    content_of_world: Content, tmp_path: Path
) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(
        f'{HEAD}<graph/places/bad> dct:created "2026-11-22"^^xsd:date .\n'
        "ct:Place <http://www.w3.org/2000/01/rdf-schema#subClassOf> ct:Funding .\n",
        encoding="utf-8",
    )
    [result] = check_files([path], content=content_of_world)[0].results
    assert (result.code, result.line) == ("foreign_term", len(HEAD.splitlines()) + 2)


def test_a_file_that_names_the_derived_graph_is_not_that_graph(
    content_of_world: Content, tmp_path: Path
) -> None:
    path = tmp_path / "bad.trig"
    path.write_text(
        f'{HEAD}<graph/derived> {{ <graph/derived> dct:created "2026-11-22"^^xsd:date }}\n', encoding="utf-8"
    )
    report = check_files([path], content=content_of_world)[0]
    assert {"other_name", "other_graph"} <= {one.code for one in report.results}
    assert all(one.file == str(path) for one in report.results)


def test_a_file_that_cannot_be_read_is_told_without_the_graph_around_it(
    content: Content, tmp_path: Path
) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("<a> <b>", encoding="utf-8")
    report = check_files([path], content=replace(content, data=tmp_path / "nowhere", shapes=tmp_path))[0]
    assert not report.conforms


def test_where_references_alone_settle_the_verdict_it_says_that_the_shapes_were_not_asked(
    content_of_world: Content, tmp_path: Path
) -> None:
    path = tmp_path / "bad.ttl"
    many = " , ".join(f"<id/theme/nowhere-{number}>" for number in range(1_001))
    path.write_text(f"{HEAD}<id/funding/bad> ct:about {many} .\n", encoding="utf-8")
    report = check_files([path], content=content_of_world)[0]
    assert [one.code for one in report.results if one.line is None] == ["settled"]
