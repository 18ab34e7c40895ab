"""Known things by name, id and code: the same over a built store as over statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.conftest import WORLD
from tests.sheets.conftest import GRAPH_HERE, quads_of

from crossties.intake import Upload
from crossties.namespaces import BASE
from crossties.resources import Content
from crossties.sheets import ListedNames, Names, StoredNames, read_sheet
from crossties.versions import Version

BODIES = {"Organisation"}
ALDER = BASE + "id/organisation/town-of-alder"


@pytest.fixture(scope="module")
def stored(world_version: Version, world_run: Callable[[str], bytes]) -> StoredNames:
    return StoredNames(world_version.labels(), world_run)


@pytest.fixture(scope="module")
def listed(content: Content) -> ListedNames:
    return ListedNames(quads_of(content.ontology, WORLD))


@pytest.fixture(params=["stored", "listed"])
def either(request: pytest.FixtureRequest) -> Names:
    found: Names = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("name", ["Town of Alder", "town  of ALDER", "Lepän kaupunki", "Город Ольха"])
def test_a_name_is_found_in_every_language_case_and_spaces_aside(name: str, either: Names) -> None:
    assert [one.iri for one in either.exact(name, BODIES)] == [ALDER]


@pytest.mark.parametrize("name", ["Lepan kaupunki", "Town of Aldr", "Gorod Olkha", ""])
def test_what_is_only_alike_is_near_and_never_exact(name: str, either: Names) -> None:
    assert either.exact(name, BODIES) == []
    assert not name or ALDER in [one.iri for one in either.near(name, BODIES)]


def test_only_the_classes_asked_for_are_found(either: Names) -> None:
    assert either.exact("Town of Alder", {"Place"}) == []
    assert {one.cls for one in either.near("Alder", {"Place"})} == {"Place"}


def test_a_thing_is_found_by_iri_and_by_the_address_of_its_page(either: Names) -> None:
    assert either.by_iri(ALDER) is not None
    assert either.by_iri(BASE + "id/organisation/nobody") is None
    found = either.by_code("https://ferry.example/2019/money", {"Document"})
    assert [one.slug for one in found] == ["ferry-news-2019"]
    assert either.by_code("https://ferry.example/ not an address", {"Document"}) == []


def test_a_place_is_found_by_its_code(either: Names, content: Content) -> None:
    shipped = ListedNames(quads_of(content.data / "places"))
    assert [one.slug for one in shipped.by_code("FI1C7", {"Place"})] == ["kymenlaakso"]
    assert either.by_code("no such code", {"Place"}) == []


def test_every_thing_of_a_class_is_listed_by_its_label_in_the_language(either: Names) -> None:
    listed = either.every({"Place"}, "fi")
    assert "Leppä" in {one.label for one in listed}
    assert len({one.iri for one in listed}) == len(listed)


def test_a_sheet_reads_alike_with_the_names_of_a_store_and_of_statements(
    stored: StoredNames, listed: ListedNames
) -> None:
    text = (
        "slug;Name in English;Name in Swedish;Party;Party;Ending;Document;statedIn\n"
        "x;Alder and Birch;Al och Björk;Lepän kaupunki;town-of-spruce;not stated;ferry-news-2019;1\n"
        "y;Alder again;Al igen;Town of Aldr;Spruce;perhaps;https://ferry.example/2019/money;2\n"
    )
    upload = Upload("agreements.csv", text.encode())
    both = [read_sheet(upload, graph=GRAPH_HERE, names=names) for names in (stored, listed)]
    assert both[0].quads == both[1].quads
    assert any(one.predicate.value.endswith("statedIn") for one in both[0].quads)
    assert [one.code for one in both[0].problems] == [one.code for one in both[1].problems]
