"""Every question file keeps the form that the binder, the pages and other engines rely on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from crossties.questions.catalogue import Question, load_question

_ROOT: Final = Path(__file__).parents[2]
_FILES: Final = sorted((_ROOT / "queries").glob("*/*.rq"))
_NAMES: Final = [f"{path.parent.name}/{path.stem}" for path in _FILES]
_LONGEST: Final = 40
_LINE: Final = re.compile(r"VALUES \?(\w+) \{ [^{}]* \}")


@pytest.fixture(params=_FILES, ids=_NAMES)
def question(request: pytest.FixtureRequest) -> Question:
    return load_question(request.param)


def test_the_columns_are_those_of_the_projection(question: Question) -> None:
    answer = ox.Store().query(question.text)
    assert isinstance(answer, ox.QuerySolutions)
    assert tuple(variable.value for variable in answer.variables) == question.variables


def test_another_engine_parses_the_file_as_it_stands(question: Question) -> None:
    path = _ROOT / "queries" / f"{question.name}.rq"
    projected = prepareQuery(path.read_text("utf-8")).algebra["PV"]
    assert tuple(map(str, projected)) == question.variables


def test_each_parameter_has_its_own_line_and_each_line_its_parameter(question: Question) -> None:
    named = {one.name for one in question.parameters}
    assert set(_LINE.findall(question.text)) == named - {"lang"}


def test_rows_have_an_order(question: Question) -> None:
    assert re.search(r"^ORDER BY ", question.text, re.MULTILINE)


def test_a_query_is_short(question: Question) -> None:
    assert len(question.text.splitlines()) <= _LONGEST


def test_title_and_description_are_told(question: Question) -> None:
    assert question.title.endswith("?")
    assert question.description.strip().endswith(".")
    assert all(one.description.endswith(".") and one.example for one in question.parameters)


def test_an_entity_says_what_it_may_name_and_a_code_its_list(question: Question) -> None:
    for parameter in question.parameters:
        assert bool(parameter.classes) == (parameter.type == "entity"), parameter.name
        assert bool(parameter.scheme) == (parameter.type in {"concept", "code"}), parameter.name


def test_examples_use_only_known_parameters(question: Question) -> None:
    assert question.examples
    known = {parameter.name for parameter in question.parameters}
    assert all(example.keys() <= known for example in question.examples)


def test_every_parameter_is_asked_with_in_some_case(question: Question) -> None:
    path = Path(__file__).parent / f"{question.name}.toml"
    cases = tomllib.loads(path.read_text("utf-8"))["cases"]
    used = {name for case in cases for name in case.get("parameters", {})}
    assert used >= {parameter.name for parameter in question.parameters} - {"lang"}
    assert any(case["rows"] for case in cases)
