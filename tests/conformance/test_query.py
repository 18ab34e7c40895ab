"""Query evaluation and result formats, through the function that workers evaluate with."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest
from tests.conformance import answers
from tests.conformance.suite import MF, QT, Case, path_of, read_cases

from crossties.store.engine import Collected, Request, evaluate

FOLDERS: Final = (
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "csv-tsv-res",
    "exists",
    "functions",
    "grouping",
    "json-res",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
)
_KINDS: Final = {"QueryEvaluationTest", "CSVResultFormatTest"}
FACES: Final = {".srx": "xml", ".srj": "json", ".tsv": "tsv"}
CASES: Final = [case for folder in FOLDERS for case in read_cases(folder) if case.kind in _KINDS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answer_is_the_expected_one(case: Case) -> None:
    action = case.value(MF.action)
    assert action is not None
    store = ox.Store()
    for data in case.values(QT.data, action):
        answers.load(store, path_of(data))
    for data in case.values(QT.graphData, action):
        answers.load(store, path_of(data), graph=str(data))
    query = case.path(QT.query, action)
    text = f"BASE <{query.as_uri()}>\n" + query.read_text(encoding="utf-8")
    expected = case.path(MF.result)
    compare(store, text, expected.suffix, expected.read_bytes(), expected.as_uri())


def compare(store: ox.Store, text: str, suffix: str, expected: bytes, base: str) -> None:
    if suffix == ".csv":
        assert answers.same_csv(run(store, text, "csv"), expected)
    elif suffix in FACES or b"ResultSet" in expected:
        face = FACES.get(suffix, "json")
        told = run(store, text, face)
        found = answers.read_results(told, ".srj" if face == "json" else suffix)
        wanted = answers.read_results(expected, suffix, base=base)
        if isinstance(found, bool) or isinstance(wanted, bool):
            assert found == wanted
        else:
            assert found[0] == wanted[0]
            assert answers.same_rows(found[1], wanted[1]), (found[1], wanted[1])
    else:
        syntax = ox.RdfFormat.RDF_XML if suffix == ".rdf" else ox.RdfFormat.TURTLE
        wanted_graph = answers.read_graph(expected, syntax=syntax, base=base)
        assert answers.read_graph(run(store, text, "ntriples")) == wanted_graph


def run(store: ox.Store, text: str, face: str) -> bytes:
    sink = Collected()
    evaluate(store, Request(text, format=face), sink)
    return sink.body
