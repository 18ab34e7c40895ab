"""Code lists in genericode, and RDF of others by a mapping."""

from __future__ import annotations

import pytest
from tests.importing.conftest import PLACE, codes, said, settings

from crossties.errors import InputError, RequestError
from crossties.importing import Outcome, Register, run_import
from crossties.intake import Upload


def _row(code: str, english: str, finnish: str) -> str:
    cells = {"code": code, "Name": english, "eng_label": english, "fin_label": finnish}
    values = "".join(
        f'<Value ColumnRef="{key}"><SimpleValue>{text}</SimpleValue></Value>' for key, text in cells.items()
    )
    return f"<Row>{values}</Row>"


def listed(register: Register, *rows: str, **given: object) -> Outcome:
    space = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"
    text = f"<gc:CodeList xmlns:gc='{space}'><SimpleCodeList>{''.join(rows)}</SimpleCodeList></gc:CodeList>"
    chosen = {"version": "2024", "local": "fi", **given}
    return run_import("genericode", Upload("nuts.gc", text.encode()), settings(**chosen), register)


def test_an_entry_is_a_place_with_a_code_of_that_version(register: Register) -> None:
    text = said(listed(register, _row("FI1C5", "South Karelia", "Etelä-Karjala"), kind="region"))
    assert (
        f'<{PLACE}south-karelia/code/nuts-2024> <http://www.w3.org/2004/02/skos/core#notation> "FI1C5"'
        in text
    )
    assert f"<{PLACE}south-karelia> <https://w3id.org/crossties/ns#partOf> <{PLACE}finland>" in text
    assert '"Etelä-Karjala"@fi' in text


def test_what_is_known_by_code_and_version_is_not_described_again(register: Register) -> None:
    assert "FI1C7" not in said(listed(register, _row("FI1C7", "Kymenlaakso", "Kymenlaakso")))


def test_the_same_code_of_another_version_is_another_code(register: Register) -> None:
    assert "FI1C7" in said(listed(register, _row("FI1C7", "Kymenlaakso", "Kymenlaakso"), version="2021"))


def test_the_hierarchy_is_read_from_the_codes(register: Register) -> None:
    text = said(
        listed(register, _row("FI1C5", "South Karelia", "Etelä-Karjala"), _row("FI1C", "South", "Etelä"))
    )
    assert f"<{PLACE}south-karelia> <https://w3id.org/crossties/ns#partOf> <{PLACE}south>" in text


def test_what_lies_in_no_place_is_left_out(register: Register) -> None:
    outcome = listed(register, _row("FIZZZ", "Extra-Regio NUTS 3", "Extra-Regio NUTS 3"))
    assert codes(outcome) == [("no-place", 1)]
    assert "ZZZ" not in said(outcome)


def test_one_text_in_all_languages_is_only_the_local_name(register: Register) -> None:
    text = said(listed(register, _row("FI1C2", "Kanta-Häme", "Kanta-Häme"), local="fi"))
    assert '"Kanta-Häme"@en' in text
    assert '"Kanta-Häme"@fi' in text


def test_a_code_without_version_is_refused(register: Register) -> None:
    with pytest.raises(RequestError, match="version"):
        listed(register, _row("FI1C5", "a", "b"), version="")


def test_what_is_no_code_list_is_refused(register: Register) -> None:
    with pytest.raises(InputError):
        run_import("genericode", Upload("x.gc", b"<a/>"), settings(version="2024"), register)


MAPPING = """
[classes]
"https://other.example/City" = "place"
"https://other.example/Pact" = "partnership"
[properties]
"https://other.example/name" = { to = "skos:prefLabel", language = "en" }
"https://other.example/native" = { to = "skos:prefLabel" }
"https://other.example/side" = { to = "ct:party" }
"https://other.example/state" = { to = "ct:ending", link = true }
"https://other.example/year" = { to = "ct:from", datatype = "gYear" }
[values]
"still valid" = "ending/open-ended"
"""
RDF = """@prefix o: <https://other.example/> .
o:k a o:City ; o:name "Kotka" ; o:native "Kotka"@fi ; o:mayor "Nobody" .
o:p a o:Pact ; o:name "Pact of the North" ; o:side o:k ; o:state "still valid" ; o:year "1999" .
o:q a o:City ; o:name "Q1234" .
o:r a o:Pact ; o:name "Other pact" ; o:state "who knows" .
"""


def test_rdf_of_others_says_what_the_mapping_says(register: Register) -> None:
    outcome = run_import("rdf", Upload("a.ttl", RDF.encode()), settings(mapping=MAPPING.encode()), register)
    text = said(outcome)
    assert f"ns#party> <{PLACE}list-kotka>" in text
    assert "ending/open-ended>" in text
    assert 'ns#from> "1999"^^<http://www.w3.org/2001/XMLSchema#gYear>' in text
    assert "list/p3>" in text
    assert "Nobody" not in text
    assert codes(outcome) == [("bare-identifier", 4), ("unmapped-value", 5)]
    assert outcome.reviews[0].candidate == PLACE + "kotka"


@pytest.mark.parametrize("mapping", ["[", "[classes]\n'https://other.example/City' = 'planet'\n"])
def test_a_mapping_that_leads_nowhere_is_refused(register: Register, mapping: str) -> None:
    with pytest.raises(InputError):
        run_import("rdf", Upload("a.ttl", RDF.encode()), settings(mapping=mapping.encode()), register)
