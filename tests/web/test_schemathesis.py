"""Schemathesis asks whatever the description of the service allows, and more, and checks every answer."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from crossties.questions.catalogue import load_questions
from crossties.resources import Content

pytestmark = pytest.mark.slow
#: Each check runs in a process of its own, for seconds: the tests of validation ask it, in hundreds of ways.
ELSEWHERE = {"/validate"}


@pytest.fixture(scope="module")
def operations(app: Flask) -> list[Any]:
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    return [operation for operation in found if operation.path not in ELSEWHERE]


def failures(operations: list[Any], mode: GenerationMode) -> Iterator[str]:
    for operation in operations:

        @settings(
            max_examples=8,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case[Any]) -> None:
            # A text that the schema allows need not be a name that is known, or a query
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        try:
            ask()
        except FailureGroup as error:
            yield f"{operation.label}: {[str(one) for one in error.exceptions]}"


def test_examples_are_answered_with_rows_as_they_are_described(
    operations: list[Any], content: Content
) -> None:
    by_path = {operation.path: operation for operation in operations}
    asked = 0
    for question in load_questions(content.queries).values():
        for example in question.examples:
            for suffix, more in (("json", {}), ("json", {"proof": "true"}), ("csv", {})):
                operation = by_path[f"/questions/{question.name}.{suffix}"]
                case = operation.Case(query={**example, **more})
                answer = case.call()
                # The examples are about the shipped data: the test world knows only some of their names
                case.validate_response(answer, excluded_checks=[positive_data_acceptance])
                asked += answer.status_code == HTTPStatus.OK
    assert asked > 50


def test_the_query_service_answers_and_explains_as_described(operations: list[Any]) -> None:
    sparql = next(one for one in operations if one.path == "/sparql")
    for form in ("json", "xml", "csv", "tsv"):
        sparql.Case(query={"query": "SELECT * { ?s ?p ?o } LIMIT 3", "format": form}).call_and_validate()
    for form in ("turtle", "jsonld", "rdfxml", "trig"):
        sparql.Case(query={"query": "DESCRIBE <urn:x>", "format": form}).call_and_validate()
    empty = {"query": "SELECT * { ?s <https://w3id.org/crossties/ns#prty> ?o }", "explain": "empty"}
    answer = sparql.Case(query=empty).call_and_validate()
    assert answer.json()["empty"] == 1


def test_what_the_description_allows_is_answered_as_it_says(operations: list[Any]) -> None:
    assert len(operations) > 60
    assert list(failures(operations, GenerationMode.POSITIVE)) == []


def test_what_the_description_does_not_allow_is_refused_as_it_says(operations: list[Any]) -> None:
    assert list(failures(operations, GenerationMode.NEGATIVE)) == []
