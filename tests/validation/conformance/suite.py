"""The SHACL suite of the W3C, read from the folder that CROSSTIES_CONFORMANCE names."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import rdflib
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

from crossties.validation.paths import write_path

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT: Final = Namespace("http://www.w3.org/ns/shacl-test#")
_NAMED: Final = os.environ.get("CROSSTIES_CONFORMANCE", "")
SUITE: Final = Path(_NAMED).resolve() / "shacl" / "tests"
FOUND: Final = bool(_NAMED) and SUITE.is_dir()
#: Test → why it fails, and may.
EXPECTED_FAILURES: Final[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "expected_failures.toml").read_text(encoding="utf-8")
)
#: What a report must agree on; texts and inner reasons are free.
_COMPARED: Final = (
    *(SH.focusNode, SH.resultPath, SH.resultSeverity, SH.sourceConstraint),
    *(SH.sourceConstraintComponent, SH.sourceShape, SH.value),
)


@dataclass(frozen=True)
class Case:
    """One test: its name below the suite, its data and shapes, and the report that is wanted, or None."""

    name: str
    data: Path
    shapes: Path
    manifest: Graph
    wanted: Node


def read_cases(folder: str) -> Iterator[Case]:
    """Yield the tests of a part of the suite; nothing where the suite isn't there."""
    if FOUND:
        yield from _read(SUITE / folder / "manifest.ttl")


def _read(path: Path) -> Iterator[Case]:
    graph = read_graph(path)
    for included in sorted(graph.objects(None, MF.include), key=str):
        yield from _read(_path(included))
    for entries in graph.objects(None, MF.entries):
        for test in Collection(graph, entries):
            action = graph.value(test, MF.action)
            data, shapes = (graph.value(action, one) for one in (SHT.dataGraph, SHT.shapesGraph))
            name = path.relative_to(SUITE).with_suffix("").as_posix()
            yield Case(name, _path(data), _path(shapes), graph, graph.value(test, MF.result) or BNode())


def read_graph(path: Path) -> Graph:
    """Read a file with its literals as they are written."""
    rdflib.NORMALIZE_LITERALS = False
    try:
        return Graph(bind_namespaces="none").parse(path, format="turtle", publicID=path.as_uri())
    finally:
        rdflib.NORMALIZE_LITERALS = True


def agree(wanted: Graph, node: Node, report: Graph) -> bool:
    """Say whether two reports agree on their verdict and on every result."""
    return isomorphic(
        _essence(wanted, node), _essence(report, report.value(None, RDF.type, SH.ValidationReport))
    )


def _essence(graph: Graph, report: Node | None) -> Graph:
    """Return what counts in a report, each path as text: how it is shared among results is free."""
    essence, node = Graph(bind_namespaces="none"), URIRef("urn:report")
    essence.add((node, SH.conforms, Literal(str(graph.value(report, SH.conforms)).lower())))
    for result in graph.objects(report, SH.result):
        essence.add((node, SH.result, result))
        for predicate in _COMPARED:
            for value in graph.objects(result, predicate):
                told = Literal(write_path(graph, value)) if predicate == SH.resultPath else value
                essence.add((result, predicate, told))
    return essence


def _path(node: Node | None) -> Path:
    return Path(str(node).removeprefix("file://"))
