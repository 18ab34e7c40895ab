"""Every question answers as a reader of the test world's Turtle would, on two engines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
import rdflib

from crossties.namespaces import BASE, CT, XSD
from crossties.questions.binding import bind
from crossties.questions.catalogue import Question

_HERE: Final = Path(__file__).parent
_DATATYPES: Final = {
    "decimal": "decimal",
    "day": "date",
    "from": "date",
    "until": "date",
    "year": "integer",
    "integer": "integer",
}
Rows = list[tuple[str, ...]]


def _read_cases() -> Iterator[Any]:
    for path in sorted(_HERE.glob("*/*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["cases"]:
            name = f"{path.parent.name}/{path.stem}"
            yield pytest.param(name, case, id=f"{name}: {case['title']}")


_CASES: Final = list(_read_cases())


@pytest.mark.parametrize(("name", "case"), _CASES)
def test_answers_are_what_the_turtle_says(
    name: str, case: Mapping[str, Any], questions: dict[str, Question], store: ox.Store
) -> None:
    question = questions[name]
    answer = store.query(bind(question, _terms(question, case.get("parameters", {}))))
    assert isinstance(answer, ox.QuerySolutions)
    rows = [tuple("" if term is None else _short(term.value) for term in solution) for solution in answer]
    assert _chosen(question, case, rows) == _expected(question, case)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "case"), _CASES)
def test_a_second_engine_gives_the_same_rows_in_the_same_order(
    name: str, case: Mapping[str, Any], questions: dict[str, Question], graph: rdflib.Graph
) -> None:
    question = questions[name]
    answer = graph.query(bind(question, _terms(question, case.get("parameters", {}))))
    rows = [tuple("" if term is None else _short(str(term)) for term in solution) for solution in answer]  # type: ignore[union-attr]
    assert _chosen(question, case, rows) == _expected(question, case)


def _terms(question: Question, given: Mapping[str, str]) -> dict[str, ox.NamedNode | ox.Literal]:
    types = {parameter.name: parameter.type for parameter in question.parameters}
    return {name: _term(types[name], text) for name, text in given.items()}


def _term(type_: str, text: str) -> ox.NamedNode | ox.Literal:
    if type_ in {"entity", "concept", "code"}:
        return ox.NamedNode(BASE + text)
    if type_ == "language":
        return ox.NamedNode(f"{CT}label{text.capitalize()}")
    return ox.Literal(text, datatype=ox.NamedNode(XSD + _DATATYPES.get(type_, "string")))


def _expected(question: Question, case: Mapping[str, Any]) -> Rows:
    names = case.get("columns", question.variables)
    return [_by_value(question, names, row) for row in case["rows"]]


def _chosen(question: Question, case: Mapping[str, Any], rows: Rows) -> Rows:
    names = case.get("columns", question.variables)
    places = [question.variables.index(name) for name in names]
    return [_by_value(question, names, [row[place] for place in places]) for row in rows]


def _by_value(question: Question, names: list[str], row: list[str]) -> tuple[str, ...]:
    """Write decimals alike: engines differ in the zeros behind the point."""
    decimals = {column.name for column in question.columns if column.type == "decimal"}
    return tuple(
        f"{Decimal(text).normalize():f}" if name in decimals and text else text
        for name, text in zip(names, row, strict=True)
    )


def _short(text: str) -> str:
    return text.replace(BASE, "")
