"""How many statements of the W3C's tests have their exact place, and that what is wrong is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace

from crossties.intake import Upload, read_rdf
from crossties.quads.strict import SYNTAXES

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_NAMED: Final = os.environ.get("CROSSTIES_CONFORMANCE", "")
SUITE: Final = Path(_NAMED).resolve() / "rdf" / "rdf11"
FOLDERS: Final = {"rdf-turtle": "ttl", "rdf-trig": "trig", "rdf-n-triples": "nt", "rdf-n-quads": "nq"}
GRAPH: Final = "https://w3id.org/crossties/graph/x"
#: The least part of the statements whose place must be known.
LEAST: Final = 0.95

needs_suite = pytest.mark.skipif(not _NAMED or not SUITE.is_dir(), reason="suite not found")


def list_tests(folder: str, *, is_negative: bool) -> Iterator[Path]:
    path = SUITE / folder / "manifest.ttl"
    manifest = Graph().parse(path, format="turtle", publicID=path.as_uri())
    for test, kind in manifest.subject_objects(RDF.type):
        action = manifest.value(test, MF.action)
        if action is not None and ("Negative" in str(kind)) == is_negative:
            yield SUITE / folder / str(action).rpartition("/")[2]


def with_base(path: Path, syntax: str) -> bytes:
    """Give relative names in a test what the W3C gives them: the address of the test."""
    head = (
        b"@base <https://w3c.github.io/rdf-tests/rdf/rdf11/x.ttl> .\n" if syntax in {"ttl", "trig"} else b""
    )
    return head + path.read_bytes()


@needs_suite
@pytest.mark.parametrize("folder", FOLDERS)
def test_statements_have_their_exact_places(folder: str) -> None:
    syntax = FOLDERS[folder]
    stated = placed = 0
    for path in list_tests(folder, is_negative=False):
        data = with_base(path, syntax)
        intake = read_rdf(Upload(path.name, data), graph=GRAPH)
        strict = {(q.subject, q.predicate, q.object) for q in ox.parse(data, format=SYNTAXES[syntax])}
        assert not strict or intake.quads, path.name
        stated += len(strict)
        placed += len(intake.places.statements)
    print(f"{folder}: {placed} of {stated} statements have their place")  # noqa: T201
    assert placed / stated >= LEAST


@needs_suite
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_negative_test_has_a_problem_with_a_place(folder: str) -> None:
    paths = list(list_tests(folder, is_negative=True))
    assert len(paths) > 25
    for path in paths:
        intake = read_rdf(Upload(path.name, with_base(path, FOLDERS[folder])), graph=GRAPH)
        assert intake.problems, path.name
        assert all(one.message and one.suggestion for one in intake.problems), path.name
