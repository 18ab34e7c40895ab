from __future__ import annotations

import sqlite3

import pytest
from tests.journal.conftest import GRAPH, digest, judged, offer, text

from crossties.errors import ConflictError, NotFoundError
from crossties.journal import (
    Change,
    Journal,
    add_contribution,
    find_contribution,
    find_entry,
    last_entry,
    list_entries,
    merge,
    read_present,
    read_reviews,
    read_texts,
    roll_back,
    verify,
)

OTHER = "https://w3id.org/crossties/graph/places/other"


def accept(journal: Journal, name: str, *, based_on: str | None = None, graph: str = GRAPH) -> int:
    entry = last_entry(journal)
    found = judged(name, entry=entry.number if entry else 0, graph=graph)
    made = add_contribution(journal, offer(graph=graph, based_on=based_on), found)
    return merge(journal, made.id, found, by="Boris").number


def test_an_acceptance_is_one_entry_with_old_against_new(journal: Journal) -> None:
    accept(journal, "Delta")
    number = accept(journal, "Deltan", based_on=digest("Delta"))
    entry, changes = find_entry(journal, number)
    assert (entry.act, entry.by, entry.contribution) == ("merge", "Boris", 2)
    assert changes == [Change(GRAPH, digest("Delta"), digest("Deltan"))]
    assert read_present(journal) == {GRAPH: digest("Deltan")}
    assert read_texts(journal, [digest("Delta"), digest("Deltan")]) == [text("Delta"), text("Deltan")]


def test_what_replaces_an_older_text_than_the_present_one_is_a_conflict(journal: Journal) -> None:
    accept(journal, "Delta")
    accept(journal, "Deltan", based_on=digest("Delta"))
    with pytest.raises(ConflictError, match="not what this change starts from"):
        accept(journal, "Delt", based_on=digest("Delta"))
    assert read_present(journal) == {GRAPH: digest("Deltan")}
    assert find_contribution(journal, 3).state == "waiting"


def test_a_new_graph_of_a_name_that_is_taken_is_a_conflict(journal: Journal) -> None:
    accept(journal, "Delta")
    with pytest.raises(ConflictError):
        accept(journal, "Delt")


def test_a_verdict_on_top_of_an_older_entry_does_not_count(journal: Journal) -> None:
    stale = judged("Delta", entry=0)
    waits = add_contribution(journal, offer(), stale)
    accept(journal, "Other", graph=OTHER)
    with pytest.raises(ConflictError, match="between the check and the acceptance"):
        merge(journal, waits.id, stale, by="Boris")
    assert merge(journal, waits.id, judged("Delta", entry=1), by="Boris").number == 2


def test_only_what_was_checked_is_stored(journal: Journal) -> None:
    waits = add_contribution(journal, offer(), judged("Delta"))
    with pytest.raises(ConflictError, match="not what was sent in"):
        merge(journal, waits.id, judged("Another"), by="Boris")


def test_an_acceptance_taken_back_leaves_the_graph_as_it_was_and_is_an_entry(journal: Journal) -> None:
    first = accept(journal, "Delta")
    second = accept(journal, "Deltan", based_on=digest("Delta"))
    back = roll_back(journal, second, by="Olga", reason="wrong town", at=second)
    assert (back.act, back.undoes, back.contribution, back.note) == ("rollback", second, 2, "wrong town")
    assert read_present(journal) == {GRAPH: digest("Delta")}
    assert find_contribution(journal, 2).state == "rolled back"
    assert read_reviews(journal, 2)[-1].act == "roll back"
    roll_back(journal, first, by="Olga", reason="", at=back.number)
    assert read_present(journal) == {}


def test_what_was_taken_back_comes_again_when_that_is_taken_back(journal: Journal) -> None:
    first = accept(journal, "Delta")
    back = roll_back(journal, first, by="Olga", reason="", at=first)
    roll_back(journal, back.number, by="Olga", reason="", at=back.number)
    assert read_present(journal) == {GRAPH: digest("Delta")}
    assert find_contribution(journal, 1).state == "accepted"


def test_what_was_taken_back_again_and_again_is_as_the_last_time_left_it(journal: Journal) -> None:
    number = accept(journal, "Delta")
    for turn in range(5):
        number = roll_back(journal, number, by="Olga", reason="", at=number).number
        state = find_contribution(journal, 1).state
        assert (state == "accepted") == (GRAPH in read_present(journal)) == bool(turn % 2)


def test_an_entry_is_taken_back_once(journal: Journal) -> None:
    first = accept(journal, "Delta")
    roll_back(journal, first, by="Olga", reason="", at=first)
    with pytest.raises(ConflictError, match="taken back already"):
        roll_back(journal, first, by="Olga", reason="", at=first + 1)


def test_an_entry_stays_where_a_later_one_changed_its_graph(journal: Journal) -> None:
    first = accept(journal, "Delta")
    second = accept(journal, "Deltan", based_on=digest("Delta"))
    with pytest.raises(ConflictError):
        roll_back(journal, first, by="Olga", reason="", at=second)
    assert read_present(journal) == {GRAPH: digest("Deltan")}


def test_an_entry_that_nobody_made_is_told(journal: Journal) -> None:
    accept(journal, "Delta")
    with pytest.raises(NotFoundError):
        find_entry(journal, 7)
    with pytest.raises(NotFoundError):
        roll_back(journal, 7, by="Olga", reason="", at=1)


def test_entries_are_listed_by_the_graph_that_they_changed(journal: Journal) -> None:
    accept(journal, "Delta")
    accept(journal, "Other", graph=OTHER)
    assert [entry.number for entry in list_entries(journal, graph=OTHER)] == [2]
    assert [entry.number for entry in list_entries(journal, after=1)] == [2]


@pytest.mark.parametrize(
    "sql", ["UPDATE entry SET by = 'x'", "DELETE FROM entry", "UPDATE change SET new = NULL"]
)
def test_what_is_entered_never_changes(journal: Journal, sql: str) -> None:
    accept(journal, "Delta")
    with pytest.raises(sqlite3.IntegrityError, match="never"), journal.writing() as database:
        database.execute(sql)


def test_what_was_sent_never_changes(journal: Journal) -> None:
    add_contribution(journal, offer(), judged())
    with pytest.raises(sqlite3.IntegrityError, match="never"), journal.writing() as database:
        database.execute("UPDATE contribution SET upload = x'00'")


def test_a_journal_holds_together(journal: Journal) -> None:
    first = accept(journal, "Delta")
    roll_back(journal, first, by="Olga", reason="", at=first)
    assert verify(journal) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TRIGGER entry_stays; UPDATE entry SET by = 'Eve' WHERE number = 1",
        "DROP TRIGGER change_stays; UPDATE change SET graph = 'urn:x' WHERE entry = 1",
        "DELETE FROM present",
    ],
)
def test_a_journal_that_was_tampered_with_is_found_out(journal: Journal, sql: str) -> None:
    accept(journal, "Delta")
    with journal.writing() as database:
        for statement in sql.split("; "):
            database.execute(statement)
    with pytest.raises(ConflictError, match="damaged"):
        verify(journal)
