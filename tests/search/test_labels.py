from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crossties.errors import HostError
from crossties.namespaces import ID
from crossties.search.labels import Labels, Match, Name, write_index
from crossties.versions import Version

ALDER = ID + "place/alder"


@pytest.fixture(scope="module")
def labels(world_version: Version) -> Labels:
    return world_version.labels()


@pytest.mark.parametrize("name", ["Alder", "ALDER", "Leppä", "leppa", "Ольха", "Olkha", "Al", "alder"])
def test_a_place_is_found_by_its_name_in_any_language_and_script(labels: Labels, name: str) -> None:
    assert ALDER in [match.iri for match in labels.by_name(name, ("Place",))]


def test_a_thing_is_found_by_the_end_of_its_iri(labels: Labels) -> None:
    found = labels.by_name("town-of-alder")
    assert [match.iri for match in found] == [ID + "organisation/town-of-alder"]


def test_a_name_asked_for_exactly_is_never_the_end_of_an_iri(labels: Labels) -> None:
    assert labels.called("town-of-alder") != []
    assert labels.called("alder-news-2018") == []
    assert labels.by_name("alder-news-2018") != []


def test_a_thing_tells_every_name_that_it_has(labels: Labels) -> None:
    names = labels.names_of("https://w3id.org/crossties/id/organisation/town-of-alder")
    assert {"Town of Alder", "Lepän kaupunki"} <= set(names)
    assert len(set(names)) == len(names)


def test_a_thing_found_bears_its_best_label_and_class(labels: Labels) -> None:
    assert labels.by_name("Ольха", ("Place",)) == [Match(ALDER, "Place", "Alder")]
    assert labels.by_iri(ALDER) == Match(ALDER, "Place", "Alder")


def test_the_class_can_be_asked_for(labels: Labels) -> None:
    assert labels.by_iri(ALDER, ("Organisation",)) is None
    assert all(match.kind == "Organisation" for match in labels.starting("alder", ("Organisation",)))


def test_words_are_found_by_their_starts(labels: Labels) -> None:
    assert ID + "organisation/ferry-centre" in [match.iri for match in labels.starting("ferr")]


def test_a_misspelt_name_finds_what_is_near(labels: Labels) -> None:
    assert ALDER in [match.iri for match in labels.near("Aldre", ("Place",))]


@pytest.mark.parametrize("text", ["", "x", "!!", '"', "%", "_", "a' OR 1=1 --", "NEAR(", "*", "\x00"])
def test_any_text_can_be_searched_for(labels: Labels, text: str) -> None:
    for search in (labels.by_name, labels.starting, labels.near):
        assert isinstance(search(text), list)
    assert labels.by_iri(text) is None


@pytest.mark.parametrize("pattern", ["%", "alde_", "a%"])
def test_wildcards_are_plain_letters(labels: Labels, pattern: str) -> None:
    assert labels.by_name(pattern) == []


def test_a_place_knows_the_bodies_that_act_for_it(labels: Labels) -> None:
    bodies = labels.bodies_of(ALDER)
    assert {ID + "organisation/town-of-alder", ID + "organisation/alder-committee"} <= bodies
    assert ID + "organisation/town-of-spruce" not in bodies


def test_two_things_of_one_name_are_both_found(tmp_path: Path) -> None:
    names = [Name(f"urn:{key}", "Place", "Springfield", best=True) for key in "ab"]
    write_index(tmp_path / "labels.sqlite", names, [])
    assert [match.iri for match in Labels(tmp_path / "labels.sqlite").by_name("springfield")] == [
        "urn:a",
        "urn:b",
    ]


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(HostError):
        Labels(tmp_path / "no.sqlite")


def test_an_index_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(HostError):
        write_index(tmp_path / "no" / "labels.sqlite", [], [])


def test_reading_never_changes_the_index(labels: Labels, world_version: Version) -> None:
    before = (world_version.folder / "labels.sqlite").read_bytes()
    labels.starting("alder")
    assert (world_version.folder / "labels.sqlite").read_bytes() == before
    assert before.startswith(b"SQLite format 3")
    assert sqlite3.sqlite_version_info >= (3, 34)
