"""What we publish is read back unchanged by processors in Python: rdflib, pyoxigraph, PyLD."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox
import pytest
import rdflib
from pyld import jsonld

from crossties.quads.canonical import canonical_lines

ReadBack = Callable[[str], list[str]]
#: rdflib warns of its own parsers.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph).* is deprecated:DeprecationWarning"
)
NAMED = {"crossties.nq": "nquads", "crossties.trig": "trig", "crossties.jsonld": "json-ld"}


@pytest.mark.parametrize("name", NAMED)
def test_rdflib_reads_the_same_quads(
    dumps: Path, original: list[str], read_back: ReadBack, name: str
) -> None:
    dataset = rdflib.Dataset().parse(dumps / name, format=NAMED[name])
    assert read_back(str(dataset.serialize(format="nquads"))) == original


def test_rdflib_reads_the_same_triples_in_turtle(dumps: Path, merged: list[str], read_back: ReadBack) -> None:
    graph = rdflib.Graph().parse(dumps / "crossties.ttl")
    assert read_back(str(graph.serialize(format="nt"))) == merged


@pytest.mark.parametrize("name", NAMED)
def test_pyoxigraph_reads_the_same_quads(dumps: Path, original: list[str], name: str) -> None:
    form = ox.RdfFormat.from_extension(Path(name).suffix.removeprefix("."))
    assert form is not None
    assert canonical_lines(ox.parse(path=dumps / name, format=form)) == original


def test_pyoxigraph_reads_the_same_triples_in_turtle(dumps: Path, merged: list[str]) -> None:
    assert canonical_lines(ox.parse(path=dumps / "crossties.ttl", format=ox.RdfFormat.TURTLE)) == merged


def refuse(address: str, _: object) -> NoReturn:
    message = f"it wants {address}"
    raise AssertionError(message)


def to_quads(document: Any) -> str:  # noqa: ANN401 - JSON
    return str(jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": refuse}))


def test_pyld_reads_the_same_quads_and_fetches_nothing(
    dumps: Path, original: list[str], read_back: ReadBack
) -> None:
    document = json.loads((dumps / "crossties.jsonld").read_text(encoding="utf-8"))
    assert read_back(to_quads(document)) == original


def test_json_ld_goes_round_through_pyld_unchanged(
    dumps: Path, original: list[str], read_back: ReadBack
) -> None:
    document = json.loads((dumps / "crossties.jsonld").read_text(encoding="utf-8"))
    options = {"documentLoader": refuse}
    expanded = jsonld.expand(document, options)
    compacted = jsonld.compact(expanded, document["@context"], options)
    assert read_back(to_quads(compacted)) == original
    flat = jsonld.flatten(expanded, None, options)
    assert read_back(to_quads(flat)) == original


def test_canonical_hashes_agree_with_pyld(dumps: Path) -> None:
    text = (dumps / "crossties.nq").read_text(encoding="utf-8")
    assert "_:c14n0" in text
    options = {
        "algorithm": "URDNA2015",
        "inputFormat": "application/n-quads",
        "format": "application/n-quads",
    }
    theirs = jsonld.normalize(text.replace("_:c14n", "_:other"), options)
    ours = hashlib.sha256(text.encode()).hexdigest()
    assert hashlib.sha256(theirs.encode()).hexdigest() == ours


@pytest.mark.parametrize(
    "text",
    [
        "_:a <urn:p> _:b .\n_:b <urn:p> _:a .\n",
        "_:a <urn:p> _:b .\n_:b <urn:p> _:c .\n_:c <urn:p> _:a .\n_:d <urn:q> _:a .\n",
        '_:x <urn:p> "line\\nbreak \\"quoted\\" back\\\\slash" .\n',
        '_:x <urn:p> "ä Щ"@fi _:g .\n_:g <urn:q> <urn:o> .\n',
        "_:a <urn:p> _:a .\n_:b <urn:p> _:b .\n_:c <urn:p> <urn:x> .\n",
    ],
    ids=["two in a ring", "three in a ring", "escapes", "a graph without a name", "loops"],
)
def test_canonical_forms_of_tangled_blank_nodes_agree_with_pyld(text: str, read_back: ReadBack) -> None:
    options = {
        "algorithm": "URDNA2015",
        "inputFormat": "application/n-quads",
        "format": "application/n-quads",
    }
    assert read_back(text) == str(jsonld.normalize(text, options)).splitlines()
