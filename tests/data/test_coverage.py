"""Every fact of the two source texts is found by a question, with its paragraph."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import pytest

from crossties.cli.opening import in_process
from crossties.instance import Instance, open_instance
from crossties.namespaces import BASE
from crossties.questions.ask import ask
from crossties.questions.catalogue import find_question
from crossties.settings import load_settings

_TOLD: Final[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "coverage.toml").read_text("utf-8"))
_FACTS: Final[list[dict[str, Any]]] = _TOLD["fact"]
_LEFT_OUT: Final[list[dict[str, Any]]] = _TOLD["left_out"]
_PARAGRAPHS: Final = {"umea-2019": 15, "kotka-2018": 10}
_IRIS: Final = ("id/", "kind/", "theme/", "measure/", "ns#")
_FORMS: Final = {"id", "document", "paragraph", "fact", "question", "parameters", "expect"}

Run = Callable[[str], bytes]
Row = Mapping[str, str]


@pytest.fixture(scope="module")
def instance(shipped_home: Path) -> Instance:
    """Build the shipped data once."""
    return open_instance(replace(load_settings({}), home=shipped_home))


@pytest.fixture(scope="module")
def run(instance: Instance) -> Run:
    return in_process(instance)


@pytest.mark.parametrize("fact", _FACTS, ids=[fact["id"] for fact in _FACTS])
def test_a_fact_is_found_with_its_paragraph(fact: dict[str, Any], instance: Instance, run: Run) -> None:
    question = find_question(instance.content.queries, fact["question"])
    given = {name: _as_parameter(str(value)) for name, value in fact["parameters"].items()}
    table = ask(question, given, instance.version.labels(), run).table
    rows = [
        {name: cell.text if cell else "" for name, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]
    found = [row for row in rows if _has(row, fact["expect"])]
    assert found, f"no row of {len(rows)} has {fact['expect']}"
    passage = f"{BASE}id/document/{fact['document']}/p{fact['paragraph']}"
    assert any(passage in row.get("source", passage).split() for row in found)


def test_every_paragraph_of_both_texts_is_named_by_a_fact() -> None:
    named = {(fact["document"], fact["paragraph"]) for fact in _FACTS}
    assert named == {(text, number + 1) for text, last in _PARAGRAPHS.items() for number in range(last)}


def test_most_facts_are_found_by_a_question_that_shows_the_passage(instance: Instance) -> None:
    for fact in _FACTS:
        question = find_question(instance.content.queries, fact["question"])
        assert "source" in question.variables or question.name == "funding/totals", fact["id"]


def test_facts_and_what_is_left_out_are_told_once_and_in_full() -> None:
    names = [entry["id"] for entry in _FACTS + _LEFT_OUT]
    assert len(set(names)) == len(names)
    assert all(fact.keys() == _FORMS and fact["expect"] for fact in _FACTS)
    assert all(entry["why"] and entry["paragraph"] <= _PARAGRAPHS[entry["document"]] for entry in _LEFT_OUT)


def _as_parameter(text: str) -> str:
    return BASE + text if text.startswith(_IRIS) else text


def _has(row: Row, expected: Mapping[str, str | list[str]]) -> bool:
    return all(_agrees(row[name], name + "Labels" in row, wanted) for name, wanted in expected.items())


def _agrees(text: str, is_list: bool, wanted: str | list[str]) -> bool:  # noqa: FBT001 - a question of the column
    if isinstance(wanted, str):
        return _same(text, _as_parameter(wanted))
    return (
        {_as_parameter(item) for item in wanted} <= set(text.split())
        if is_list
        else all(item in text for item in wanted)
    )


def _same(text: str, wanted: str) -> bool:
    try:
        return text == wanted or Decimal(text) == Decimal(wanted)
    except InvalidOperation:
        return False
