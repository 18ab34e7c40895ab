from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import WORLD, Crossties

from crossties.instance import open_instance
from crossties.journal import list_tokens
from crossties.settings import Settings

TOWN = """@base <https://w3id.org/crossties/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<id/place/testila> a ct:Place ; ct:kind <kind/municipality> ; ct:partOf <id/place/finland> ;
    skos:prefLabel "Testila"@en , "Testilä"@fi .
"""
QUERY = (
    "SELECT ?l { <https://w3id.org/crossties/id/place/testila> <https://w3id.org/crossties/ns#labelEn> ?l }"
)


def test_a_token_is_shown_once_and_listed_without_itself(crossties: Crossties, tmp_path: Path) -> None:
    made = crossties("token", "add", "Aino Lehto", "--scope", "reviewer", home=tmp_path)
    assert made.stdout.startswith("crossties_")
    listed = crossties("token", "list", home=tmp_path).stdout
    assert "Aino Lehto" in listed
    assert made.stdout.strip() not in listed


def test_a_token_is_revoked_by_its_number(crossties: Crossties, tmp_path: Path) -> None:
    crossties("token", "add", "Aino", home=tmp_path)
    assert "is revoked since" in crossties("token", "revoke", "1", home=tmp_path).stdout
    assert "revoked" in crossties("token", "list", home=tmp_path).stdout
    assert crossties("token", "revoke", "9", home=tmp_path).exit_code == 2


def test_files_that_are_served_have_tokens_of_their_own(crossties: Crossties, tmp_path: Path) -> None:
    world = ("--files", WORLD)
    crossties("token", "add", "Aino", *world, home=tmp_path)
    assert "Aino" in crossties("token", "list", *world, home=tmp_path).stdout
    assert crossties("token", "list", home=tmp_path).stdout == ""
    instance = open_instance(Settings(home=tmp_path), files=[WORLD])
    assert instance.ground
    assert [one.holder for one in list_tokens(instance.ground.journal)] == ["Aino"]
    assert crossties("token", "revoke", "1", *world, home=tmp_path).exit_code == 0


def test_without_tokens_nothing_is_listed_and_nothing_is_made(crossties: Crossties, tmp_path: Path) -> None:
    assert crossties("token", "list", home=tmp_path).stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_contribution_is_sent_reviewed_accepted_given_back_and_taken_back(
    crossties: Crossties, tmp_path: Path, write_file: Callable[[str, str], Path]
) -> None:
    home, file = tmp_path / "home", write_file("testila.ttl", TOWN)
    sent = crossties("contribute", file, "--by", "Aino", "--format", "json", home=home)
    assert (sent.exit_code, json.loads(sent.stdout)["state"]) == (0, "waiting")
    assert "places/testila" in crossties("review", "list", home=home).stdout
    assert "+ Testila (place)" in crossties("review", "show", "1", home=home).stdout
    assert crossties("review", "show", "1", "--upload", home=home).stdout == TOWN
    assert "your own" in crossties("review", "accept", "1", "--by", "aino", home=home).stderr
    assert crossties("review", "accept", "1", "--by", "Boris", home=home).exit_code == 0
    assert "Testila" in crossties("query", QUERY, home=home).stdout
    crossties("export", "--accepted", "-o", tmp_path / "out", home=home)
    assert '"Testila"@en' in (tmp_path / "out" / "places" / "testila.ttl").read_text("utf-8")
    assert crossties("rollback", "2", "--by", "Olga", "-m", "wrong", home=home).exit_code == 0
    assert "0 rows" in crossties("query", QUERY, home=home).stdout
    assert "entries hold together" in crossties("review", "entries", "--verify", home=home).stderr


@pytest.mark.slow
def test_a_contribution_that_does_not_conform_ends_with_one(
    crossties: Crossties, tmp_path: Path, write_file: Callable[[str, str], Path]
) -> None:
    file = write_file("testila.ttl", TOWN.replace("kind/municipality", "kind/none"))
    sent = crossties("contribute", file, "--by", "Aino", home=tmp_path / "home")
    assert sent.exit_code == 1
    assert "Does not conform" in sent.stdout
    assert "testila.ttl:5" in sent.stdout
