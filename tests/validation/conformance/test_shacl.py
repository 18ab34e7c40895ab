from __future__ import annotations

import pytest
from tests.validation.conformance.suite import (
    EXPECTED_FAILURES,
    FOUND,
    SHT,
    Case,
    agree,
    read_cases,
    read_graph,
)

from crossties.errors import InputError
from crossties.validation.engine import run_engine

pytestmark = pytest.mark.skipif(not FOUND, reason="suite not found")


def cases(*folders: str) -> list[object]:
    return [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(reason=EXPECTED_FAILURES[case.name], strict=True)]
            if case.name in EXPECTED_FAILURES
            else [],
        )
        for folder in folders
        for case in read_cases(folder)
    ]


@pytest.mark.parametrize("case", cases("core", "sparql"))
def test_the_report_is_the_one_that_the_suite_wants(case: Case) -> None:
    data, shapes = read_graph(case.data), read_graph(case.shapes)
    if case.wanted == SHT.Failure:
        with pytest.raises(InputError, match="can't be evaluated"):
            run_engine(data, shapes)
        return
    outcome = run_engine(data, shapes)
    assert agree(case.manifest, case.wanted, outcome.report)


def test_the_suite_is_whole() -> None:
    assert len(cases("core")) == 98
    assert len(cases("sparql")) == 22
