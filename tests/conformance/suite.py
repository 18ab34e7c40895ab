"""The suites of the W3C, read from the folder that CROSSTIES_CONFORMANCE names."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT: Final = Namespace("http://www.w3.org/2011/http#")
CNT: Final = Namespace("http://www.w3.org/2011/content#")

_HERE: Final = Path(__file__).parent
#: Test IRI → why it fails, and may.
EXPECTED_FAILURES: Final[dict[str, str]] = tomllib.loads(
    (_HERE / "expected_failures.toml").read_text(encoding="utf-8")
)
_NAMED: Final = os.environ.get("CROSSTIES_CONFORMANCE", "")
SUITE: Final = Path(_NAMED).resolve() / "sparql" / "sparql11"
FOUND: Final = bool(_NAMED) and SUITE.is_dir()


@dataclass(frozen=True)
class Case:
    """One test of a manifest: its name there, its kind, and its node in the manifest's graph."""

    iri: str
    kind: str
    node: URIRef
    manifest: Graph

    @property
    def name(self) -> str:
        """Return the folder and the name, as pytest shows it."""
        return self.iri.removeprefix("http://www.w3.org/2009/sparql/docs/tests/data-sparql11/")

    def value(self, predicate: URIRef, node: Node | None = None) -> Node | None:
        """Return what the manifest says of the test, or of a node of it."""
        return self.manifest.value(self.node if node is None else node, predicate)

    def values(self, predicate: URIRef, node: Node) -> list[Node]:
        """Return all that the manifest says of a node."""
        return list(self.manifest.objects(node, predicate))

    def path(self, predicate: URIRef, node: Node | None = None) -> Path:
        """Return the file that the manifest names."""
        return path_of(self.value(predicate, node))


def path_of(node: Node | None) -> Path:
    """Return the file of a manifest's reference."""
    return Path(unquote(urlsplit(str(node)).path))


def read_cases(folder: str, manifest: str = "manifest.ttl") -> Iterator[Case]:
    """Yield the tests of one manifest in their order; nothing where the suite isn't there."""
    if not FOUND:
        return
    path = SUITE / folder / manifest
    graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
    for entries in graph.objects(URIRef(path.as_uri()), MF.entries):
        for node in Collection(graph, entries):
            kind = str(graph.value(node, RDF.type)).rpartition("#")[2]
            yield Case(_iri(folder, str(node)), kind, URIRef(str(node)), graph)


def _iri(folder: str, node: str) -> str:
    """Name a test as the W3C does, wherever the suite lies on this machine."""
    base = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
    return f"{base}{folder}/manifest#{node.rpartition('#')[2]}"
