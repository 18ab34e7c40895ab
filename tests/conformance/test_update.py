"""Update evaluation, through the function that the writer changes its store with."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest
from rdflib import RDFS
from rdflib.term import Node
from tests.conformance import answers
from tests.conformance.suite import MF, UT, Case, path_of, read_cases

from crossties.store.writer import apply_update

FOLDERS: Final = (
    "add",
    "basic-update",
    "clear",
    "copy",
    "delete",
    "delete-data",
    "delete-insert",
    "delete-where",
    "drop",
    "move",
    "update-silent",
)
_ALL: Final = [case for folder in FOLDERS for case in read_cases(folder)]
CASES: Final = [case for case in _ALL if case.kind == "UpdateEvaluationTest"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_store_holds_what_it_should(case: Case) -> None:
    action, result = case.value(MF.action), case.value(MF.result)
    assert action is not None
    assert result is not None
    store, expected = ox.Store(), ox.Store()
    fill(store, case, action)
    fill(expected, case, result)
    request = case.path(UT.request, action)
    apply_update(store, request.read_text(encoding="utf-8"), request.as_uri())
    assert answers.canonical(store) == answers.canonical(expected)


def fill(store: ox.Store, case: Case, node: Node) -> None:
    for data in case.values(UT.data, node):
        answers.load(store, path_of(data))
    for graph in case.values(UT.graphData, node):
        name = str(case.value(RDFS.label, graph))
        answers.load(store, case.path(UT.graph, graph), graph=name)
