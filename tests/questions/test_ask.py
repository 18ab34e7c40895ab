from __future__ import annotations

from collections.abc import Callable

from crossties.questions.ask import ask, prepare
from crossties.questions.catalogue import Question
from crossties.search.labels import Labels

Run = Callable[[str], bytes]


def column(question: Question, labels: Labels, run: Run, name: str, **given: str) -> list[str]:
    asked = ask(question, given, labels, run)
    at = asked.table.columns.index(name)
    return [cell.text for row in asked.table.rows if (cell := row[at])]


def test_a_question_is_answered_in_its_order(question: Question, labels: Labels, world_run: Run) -> None:
    found = column(question, labels, world_run, "foundLabel")
    assert {"Alder", "Spruce"} <= set(found)
    assert found == sorted(found)


def test_a_default_can_be_overruled(question: Question, labels: Labels, world_run: Run) -> None:
    assert "Birchland" in column(question, labels, world_run, "foundLabel", kind="country")


def test_labels_come_in_the_language_asked_for(question: Question, labels: Labels, world_run: Run) -> None:
    assert "Leppä" in column(question, labels, world_run, "foundLabel", lang="fi")


def test_the_query_that_is_run_can_be_seen(question: Question, labels: Labels) -> None:
    assert "id/place/alder>" in prepare(question, {"place": "Alder"}, labels)
