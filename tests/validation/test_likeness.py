from __future__ import annotations

from collections.abc import Callable

import pytest

from crossties.validation.report import Report, Result

Check = Callable[..., Report]
PLACE = """
<graph/places/new> dct:created "2026-11-22"^^xsd:date .
<id/place/new> a ct:Place ; ct:kind <kind/municipality> ; skos:prefLabel "{name}"@{language} .
"""
AGREEMENT = """
<graph/agreements/new> dct:created "2026-11-22"^^xsd:date .
<id/agreement/new> a ct:Agreement ; skos:prefLabel "Something else entirely"@en ;
    ct:party <id/organisation/town-of-alder> , <id/organisation/town-of-spruce> .
<id/signing/new> a ct:Signing ; ct:signs <id/agreement/new> ; ct:date "{day}"^^xsd:date .
"""


def likely(report: Report) -> list[Result]:
    return [one for one in report.results if one.code == "likely-duplicate"]


@pytest.mark.parametrize(
    ("name", "language"),
    [("Alder", "en"), ("ALDER", "en"), ("leppa", "fi"), ("Ольха", "ru"), ("Olkha", "en"), ("Al", "sv")],
)
def test_a_name_that_is_borne_already_is_told_in_any_spelling_and_script(
    check: Check, name: str, language: str
) -> None:
    [result] = likely(check({"new.ttl": PLACE.format(name=name, language=language)}))
    assert result.severity == "warning"
    assert "id/place/alder" in (result.suggestion or "")


@pytest.mark.parametrize("name", ["Quince", "Alder 2"])
def test_another_name_is_let_through(check: Check, name: str) -> None:
    assert not likely(check({"new.ttl": PLACE.format(name=name, language="en")}))


def test_the_same_sides_in_the_same_year_are_probably_the_same_agreement(check: Check) -> None:
    [result] = likely(check({"new.ttl": AGREEMENT.format(day="2018-05-04")}))
    assert "id/agreement/alder-spruce-2018" in (result.suggestion or "")


def test_the_same_sides_in_another_year_are_not(check: Check) -> None:
    assert not likely(check({"new.ttl": AGREEMENT.format(day="2024-05-04")}))
