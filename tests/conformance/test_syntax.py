"""Syntax of queries and updates: what parses, and what must not."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import pyoxigraph as ox
import pytest
from tests.conformance.suite import MF, Case, read_cases

from crossties.errors import QuerySyntaxError
from crossties.store.engine import Collected, Request, evaluate

FOLDERS: Final = (
    "aggregates",
    "construct",
    "delete",
    "delete-insert",
    "delete-where",
    "basic-update",
    "grouping",
    "syntax-fed",
    "syntax-query",
    "syntax-update-1",
    "syntax-update-2",
)
_ALL: Final = [case for folder in FOLDERS for case in read_cases(folder)]
CASES: Final = [case for case in _ALL if "Syntax" in case.kind]
QUERIES: Final = [case for case in CASES if "Update" not in case.kind]
#: A case that parses and calls a function that nobody has: it can't be answered, and 400 says which one.
UNKNOWN_FUNCTION: Final = "syntax-query/manifest#test_4"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_parses_and_what_does_not_is_as_the_suite_says(case: Case) -> None:
    text = case.path(MF.action).read_text(encoding="utf-8")
    base = case.path(MF.action).as_uri()
    parse = ox.Store().update if "Update" in case.kind else ox.Store().query
    if case.kind.startswith("Negative"):
        with pytest.raises(SyntaxError):
            parse(text, base_iri=base)
    else:
        with suppress(RuntimeError, OSError):  # it parsed, and can't be carried out on an empty store
            parse(text, base_iri=base)


@pytest.mark.parametrize("query", QUERIES, ids=lambda case: case.name)
def test_the_service_refuses_exactly_what_does_not_parse_and_what_it_can_not_answer(query: Case) -> None:
    path = query.path(MF.action)
    text = f"BASE <{path.as_uri()}>\n" + path.read_text(encoding="utf-8")
    unanswerable = "syntax-fed" in query.iri or query.iri.endswith(UNKNOWN_FUNCTION)
    refused = query.kind.startswith("Negative") or unanswerable
    told = verdict(text)
    assert told is refused


def verdict(text: str) -> bool:
    """Say whether the service refuses the query."""
    try:
        evaluate(ox.Store(), Request(text), Collected())
    except QuerySyntaxError:
        return True
    except RuntimeError:
        return False
    return False
