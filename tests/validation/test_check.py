from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crossties.errors import InputError
from crossties.namespaces import BASE, CT, ID, SHAPES
from crossties.resources import Content
from crossties.validation.check import check_files
from crossties.validation.report import Report, Result

Check = Callable[..., Report]
FUNDING = """
<graph/funding/new> dct:created "2026-11-22"^^xsd:date .
<id/funding/new> a ct:Funding ; ct:kind <kind/grant> ;
    ct:funder <id/organisation/town-of-alder> ; ct:recipient <id/organisation/ferry-centre> ;
    ct:amount "500"^^xsd:decimal ; ct:currency "EUR" ;
    ct:from "2021"^^xsd:gYear ; ct:until "2021"^^xsd:gYear ;
    ct:statedIn <id/document/ferry-news-2019/p1> .
"""


def only(report: Report) -> Result:
    assert len(report.results) == 1, report.results
    return report.results[0]


@pytest.mark.slow
def test_the_test_world_conforms_to_every_shape(little: Content, content: Content) -> None:
    report, count = check_files([little.data], content=replace(little, shapes=content.shapes))
    assert report.results == ()
    assert count > 10


def test_a_good_file_conforms(check: Check) -> None:
    report = check({"new.ttl": FUNDING})
    assert (report.conforms, report.results) == (True, ())


def test_a_broken_shape_is_told_with_file_focus_path_value_and_shape(check: Check) -> None:
    result = only(check({"new.ttl": FUNDING.replace('"EUR"', '"euro"')}))
    assert result.file is not None
    assert Path(result.file).name == "new.ttl"
    assert (result.focus, result.path, result.value) == (ID + "funding/new", CT + "currency", "euro")
    assert (result.shape, result.source) == (SHAPES + "FundingShape-currency", "shape")
    assert result.severity == "violation"


def test_messages_speak_the_language_asked_for(check: Check) -> None:
    broken = {"new.ttl": FUNDING.replace('"EUR"', '"euro"')}
    messages = {only(check(broken, language=language)).message for language in ("en", "fi", "ru", "sv")}
    assert len(messages) == 4
    assert only(check(broken, language="xx")).message == only(check(broken)).message


def test_a_rule_of_the_whole_graph_is_told_like_a_shape(check: Check) -> None:
    again = FUNDING + FUNDING.replace("id/funding/new>", "id/funding/total>").replace(
        "ct:currency",
        "ct:shareOf <id/funding/total> ; ct:sharePart 1 ; ct:shareWhole 3 ; ct:currency",
    )
    found = [one for one in check({"new.ttl": again}).results if one.shape == "rules/share-circle"]
    assert [(one.source, one.focus) for one in found] == [("rule", ID + "funding/total")]


@pytest.mark.parametrize(
    ("before", "after", "told", "suggestion"),
    [
        ("ct:recipient <", "ct:recipeint <", "ct:recipeint", "ct:recipient"),
        ("a ct:Funding", "a ct:Fundings", "ct:Fundings", "ct:Funding"),
        ("dct:created", "dct:craeted", "dct:craeted", "dct:created"),
    ],
)
def test_a_misspelt_term_is_told_with_the_nearest(
    check: Check,
    before: str,
    after: str,
    told: str,
    suggestion: str,
) -> None:
    found = [
        one for one in check({"new.ttl": FUNDING.replace(before, after)}).results if one.source == "term"
    ]
    assert len(found) == 1
    assert told in found[0].message
    assert f" {suggestion}?" in (found[0].suggestion or "")
    assert found[0].severity == ("warning" if told.startswith("dct:") else "violation")


def test_what_a_rule_says_again_of_a_misspelt_term_is_told_once(check: Check, little: Content) -> None:
    query = f"SELECT ?focus ?path ?value {{ BIND(<{CT}recipeint> AS ?path) ?focus ?path ?value }}"
    (little.shapes / "rules" / "again.rq").write_text(f'#+ message.en = "No."\n{query}', encoding="utf-8")
    report = check({"new.ttl": FUNDING.replace("ct:recipient", "ct:recipeint")})
    assert [one.source for one in report.results if one.path == CT + "recipeint"] == ["term"]


def test_a_foreign_term_that_resembles_nothing_is_let_through(check: Check) -> None:
    extra = "<id/funding/new> <http://xmlns.com/foaf/0.1/page> <https://example.org/> ."
    assert check({"new.ttl": FUNDING + extra}).conforms


@pytest.mark.parametrize(
    ("before", "after", "nearest"),
    [
        ("town-of-alder", "town-of-aldre", "id/organisation/town-of-alder"),
        ("kind/grant", "kind/grnt", "kind/grant"),
        ("ferry-news-2019/p1", "ferry-news-2091/p1", "id/document/ferry-news-2019/p1"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_with_the_nearest(
    check: Check,
    before: str,
    after: str,
    nearest: str,
) -> None:
    report = check({"new.ttl": FUNDING.replace(before, after)})
    found = [one for one in report.results if one.source == "reference"]
    assert len(found) == 1
    assert (found[0].value or "").endswith(after)
    assert nearest in (found[0].suggestion or "")
    assert not report.conforms


def test_files_checked_together_may_refer_to_each_other(check: Check) -> None:
    organisation = """
    <graph/organisations/new> dct:created "2026-11-22"^^xsd:date .
    <id/organisation/new-port> a ct:Organisation ; ct:kind <kind/municipality> ;
        skos:prefLabel "New Port"@en ; ct:statedIn <id/document/ferry-news-2019/p1> .
    """
    funding = FUNDING.replace("town-of-alder", "new-port")
    together = check({"funding.ttl": funding, "organisation.ttl": organisation})
    assert not [one for one in together.results if one.source == "reference"]


def test_a_newer_state_of_a_file_takes_its_place(check: Check, little: Content) -> None:
    state = (little.data / "funding" / "ferry-centre-2019.ttl").read_text(encoding="utf-8")
    assert check({"data/funding/ferry-centre-2019.ttl": state}).results == ()
    assert check({"copy-of-it.ttl": state}).results == ()


def test_taking_away_what_others_refer_to_is_told_in_their_file(check: Check, little: Content) -> None:
    documents = (little.data / "evidence" / "documents.ttl").read_text(encoding="utf-8")
    kept = "\n\n".join(
        block for block in documents.split("\n\n") if not block.startswith("<id/document/ferry-news-2019>")
    )
    assert kept != documents
    report = check({"data/evidence/documents.ttl": kept})
    files = {Path(one.file or "").name for one in report.results if one.source == "reference"}
    assert "ferry-centre-2019.ttl" in files
    assert all("no longer described" in one.message for one in report.results if one.source == "reference")


def test_what_was_wrong_elsewhere_before_is_not_held_against_a_file(check: Check, little: Content) -> None:
    path = little.data / "funding" / "others.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace('ct:currency "EUR"', 'ct:currency "euro"'), "utf-8"
    )
    assert check({"new.ttl": FUNDING}).conforms


def test_what_a_file_breaks_elsewhere_is_told_in_the_other_file(check: Check, little: Content) -> None:
    bodies = (little.data / "organisations" / "bodies.ttl").read_text(encoding="utf-8")
    broken = bodies.replace(
        "<id/organisation/ferry-centre> a ct:Organisation", "<id/organisation/ferry-centre> a ct:Place"
    )
    assert broken != bodies
    report = check({"data/organisations/bodies.ttl": broken})
    assert "ferry-centre-2019.ttl" in {Path(one.file or "").name for one in report.results}


def test_a_file_that_does_not_parse_is_told_and_the_others_wait(check: Check) -> None:
    report = check({"a.ttl": FUNDING, "b.ttl": "\n<urn:a> <urn:b>"})
    assert not report.conforms
    told = {Path(one.file or "").name: one for one in report.results}
    assert (told["b.ttl"].source, told["b.ttl"].severity, told["b.ttl"].line) == ("syntax", "violation", 7)
    assert told["a.ttl"].severity == "info"


def test_a_file_named_twice_is_checked_once(little: Content, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:b>", encoding="utf-8")
    report, count = check_files([path, path, tmp_path / "." / "a.ttl"], content=little)
    assert (count, len(report.results)) == (1, 1)


def test_a_literal_that_would_cost_gigabytes_costs_nothing(check: Check) -> None:
    report = check({"new.ttl": FUNDING.replace('"500"^^', '"1e999999999"^^')})
    assert {one.source for one in report.results} == {"lint"}


def test_xml_in_a_literal_is_never_parsed(check: Check) -> None:
    bomb = "<!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>"
    datatype = "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"
    extra = f'<id/funding/new> dct:description "{bomb}"^^<{datatype}> .'
    report = check({"new.ttl": FUNDING + extra})
    assert "lint" in {one.source for one in report.results}


def test_nodes_without_a_name_are_refused_in_data(check: Check) -> None:
    report = check({"new.ttl": FUNDING + "<id/funding/new> ct:purpose [ ct:about <id/place/alder> ] ."})
    assert "A node has no name." in {one.message for one in report.results}


def test_the_vocabulary_itself_can_be_checked(little: Content) -> None:
    report, count = check_files([little.ontology], content=little)
    assert count == len(list(little.ontology.glob("*.ttl")))
    assert not [one for one in report.results if one.source in {"syntax", "lint", "term"}]


def test_a_broken_shipped_file_stops_the_check_with_its_name(check: Check, little: Content) -> None:
    (little.data / "places" / "broken.ttl").write_text("<urn:a>", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.ttl"):
        check({"new.ttl": FUNDING})


def test_every_result_of_ours_says_how_to_mend_it(check: Check) -> None:
    bad = FUNDING.replace("town-of-alder", "xyzzy").replace("ct:until", "ct:zyxx").replace("500", "500.0")
    found = [one for one in check({"new.ttl": bad}).results if one.source not in {"shape", "rule"}]
    assert {one.source for one in found} == {"lint", "term", "reference"}
    assert all(one.suggestion for one in found)
    assert all((one.value or "").startswith(BASE) for one in found if one.source == "reference")
