from __future__ import annotations

from collections.abc import Iterator

import pytest

from crossties.errors import NotFoundError
from crossties.namespaces import BASE, CT
from crossties.publication import Description, Group, Statement, construct_query, describe
from crossties.store.engine import Request
from crossties.store.pool import Pool


def about(pool: Pool, path: str, language: str = "en") -> Description:
    return describe(BASE + path, lambda query: whole(pool, query), language=language)


def whole(pool: Pool, query: str, name: str = "json") -> bytes:
    return b"".join(pool.answer(Request(query, format=name)).body)


def texts(statements: tuple[Statement, ...], name: str) -> list[str]:
    return [value.text for one in statements if one.property == CT + name for value in one.values]


def group(description: Description, property_: str, kind: str) -> Group:
    found = [one for one in description.groups if (one.property, one.kind) == (CT + property_, CT + kind)]
    assert len(found) == 1
    return found[0]


def test_a_thing_is_told_with_names_in_all_languages(pool: Pool) -> None:
    told = about(pool, "id/organisation/ferry-centre")
    assert told.label == "Ferry Centre"
    assert {(one.text, one.language) for one in told.names} >= {
        ("Lauttakeskus", "fi"),
        ("Паромный центр", "ru"),
    }


def test_the_preferred_name_stands_before_every_other(pool: Pool) -> None:
    told = about(pool, "id/organisation/town-of-alder")
    assert told.label == "Town of Alder"
    assert [one.text for one in told.names if one.language == "en"] == ["Town of Alder", "Alder"]


def test_labels_come_in_the_language_asked_for(pool: Pool) -> None:
    told = about(pool, "id/organisation/ferry-centre", "fi")
    assert told.label == "Lauttakeskus"
    assert texts(told.statements, "serves") == ["Ala-Mänty", "Ylä-Koivu"]


def test_facts_that_point_to_a_thing_are_told_whole(pool: Pool) -> None:
    money = group(about(pool, "id/organisation/ferry-centre"), "recipient", "Funding")
    assert money.count == len(money.things)
    rows = [(texts(one.parts, "funder"), texts(one.parts, "amount")) for one in money.things]
    assert (["Town of Alder"], ["1000"]) in rows


def test_parts_of_a_thing_are_told_with_it(pool: Pool) -> None:
    told = about(pool, "id/signing/alder-spruce-2018")
    signatures = next(one.values for one in told.statements if one.property == CT + "signature")
    assert ["Ida Lehto"] in [texts(one.parts, "signatory") for one in signatures]


def test_parts_of_the_facts_that_point_here_are_told_too(pool: Pool) -> None:
    signing = group(about(pool, "id/agreement/alder-spruce-2018"), "signs", "Signing").things[0]
    signatures = next(one for one in signing.parts if one.property == CT + "signature").values
    assert ["Pavel Elkin"] in [texts(one.parts, "signatory") for one in signatures]


def test_concepts_below_a_scheme_are_links_not_parts(pool: Pool) -> None:
    told = about(pool, "theme")
    concepts = [
        value for one in told.statements for value in one.values if value.iri.startswith(BASE + "theme/")
    ]
    assert concepts
    assert not any(value.parts for value in concepts)


def test_the_convenience_layer_stays_out_of_pages_and_data(pool: Pool) -> None:
    told = about(pool, "id/organisation/town-of-alder")
    properties = {one.property for one in told.statements} | {one.property for one in told.groups}
    hidden = {CT + name for name in ("labelEn", "coveredBy", "within", "sideBody", "evidence")}
    assert not properties & hidden
    data = whole(pool, construct_query(BASE + "id/organisation/town-of-alder"), "ntriples").decode()
    assert not any(f"<{name}>" in data for name in hidden)


def test_a_passage_tells_its_document_and_what_it_states(pool: Pool) -> None:
    told = about(pool, "id/document/ferry-news-2019/p1")
    assert texts(told.statements, "document") == ["Money for the Ferry Centre"]
    assert group(told, "statedIn", "Funding").count == 2


def test_a_text_in_several_languages_is_shown_once(pool: Pool) -> None:
    definitions = [one for one in about(pool, "theme/culture", "sv").statements if one.label == "definition"]
    assert [value.language for value in definitions[0].values] == ["sv"]


def test_what_nothing_is_said_of_is_not_found(pool: Pool) -> None:
    with pytest.raises(NotFoundError):
        about(pool, "id/place/atlantis")


def test_an_address_cannot_break_out_of_the_query(pool: Pool) -> None:
    for path in ("id/x> ?p ?o } #", "id/x\\", 'id/x"y', "id/x y"):
        with pytest.raises(Exception, match=r"IRI|Nothing") as caught:
            about(pool, path)
        assert type(caught.value).__name__ in {"NotFoundError", "RequestError"}


def test_the_data_hold_own_statements_parts_facts_and_incoming_links(pool: Pool) -> None:
    lines = set(data_lines(pool, "id/signing/alder-spruce-2018"))
    iri = f"<{BASE}id/signing/alder-spruce-2018"
    assert f"{iri}> <{CT}place> <{BASE}id/place/spruce> ." in lines
    assert f"{iri}/signature/lehto> <{CT}signatory> <{BASE}id/person/ida-lehto> ." in lines
    plan = set(data_lines(pool, "id/agreement/alder-spruce-2018"))
    assert f"{iri}> <{CT}date> {to_text_date('2018-05-04')} ." in plan


def to_text_date(day: str) -> str:
    return f'"{day}"^^<http://www.w3.org/2001/XMLSchema#date>'


def data_lines(pool: Pool, path: str) -> Iterator[str]:
    yield from whole(pool, construct_query(BASE + path), "ntriples").decode().splitlines()


def test_numbers_in_labels_are_ordered_by_size(pool: Pool) -> None:
    passages = group(about(pool, "id/document/ferry-news-2019"), "document", "Passage")
    numbers = [int(one.text.rpartition(" ")[2]) for one in passages.things]
    assert numbers == sorted(numbers)
