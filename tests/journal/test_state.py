from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import WORLD
from tests.journal.conftest import judged, offer

from crossties.instance import Instance, open_instance
from crossties.journal import add_contribution, add_token, last_entry, merge, read_present, verify
from crossties.journal.state import amend_state, read_graph, stand
from crossties.quads.canonical import canonical_lines
from crossties.settings import Settings
from crossties.store.dump import read_named_graphs

GRAPH = "https://w3id.org/crossties/graph/places/delta"


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    return open_instance(Settings(home=tmp_path), files=[WORLD])


def reopen(instance: Instance) -> Instance:
    return open_instance(instance.settings, files=[WORLD])


def accept(instance: Instance, name: str) -> None:
    assert instance.ground is not None
    found = judged(name, entry=stand(instance.ground)[1], graph=GRAPH)
    based_on = read_present(instance.ground.journal).get(GRAPH)
    made = add_contribution(instance.ground.journal, offer(graph=GRAPH, based_on=based_on), found)
    merge(instance.ground.journal, made.id, found, by="Boris")


def graphs(instance: Instance) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in canonical_lines(read_named_graphs(instance.version.store)):
        found.setdefault(line.rpartition(" <")[2], []).append(line)
    return found


def test_an_instance_without_contributions_has_no_journal(instance: Instance) -> None:
    assert instance.ground is not None
    assert not instance.ground.journal.exists


def test_a_journal_without_changes_says_what_the_files_say(instance: Instance) -> None:
    assert instance.ground is not None
    before = graphs(instance)
    add_token(instance.ground.journal, holder="Aino", scope="contributor")
    again = reopen(instance)
    assert graphs(again) == before
    assert last_entry(instance.ground.journal) is not None


def test_what_was_accepted_is_there_after_a_start(instance: Instance) -> None:
    accept(instance, "Delta")
    again = reopen(instance)
    assert any('"Delta"' in line for line in graphs(again)[GRAPH + "> ."])
    assert reopen(instance).version == again.version


def test_a_version_made_of_the_one_before_equals_one_built_anew(instance: Instance) -> None:
    assert instance.ground is not None
    base, _ = stand(instance.ground)
    accept(instance, "Delta")
    digest = read_present(instance.ground.journal)[GRAPH]
    amended = amend_state(instance.ground, base, [read_graph(instance.ground.journal, GRAPH, digest)])
    changed = graphs(replace(instance, version=amended))
    counts = amended.counts()
    assert stand(instance.ground)[0] == amended
    shutil.rmtree(amended.folder)
    rebuilt = reopen(instance)
    assert graphs(rebuilt) == changed
    assert rebuilt.version.counts() == counts


def test_other_files_have_a_journal_of_their_own(instance: Instance) -> None:
    accept(instance, "Delta")
    other = open_instance(instance.settings, files=[WORLD / "places"])
    assert other.ground is not None
    assert not other.ground.journal.exists


def test_the_journal_of_an_instance_holds_together(instance: Instance) -> None:
    accept(instance, "Delta")
    accept(instance, "Deltan")
    assert instance.ground is not None
    assert verify(instance.ground.journal) == 3
