"""Exports: the same bytes for the same data, and nothing lost in any format."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib

from crossties.errors import RequestError
from crossties.export import FORMATS, export_folder, export_text, select_quads
from crossties.quads import Quad, parse_file
from crossties.quads.canonical import canonical_lines
from crossties.resources import Content
from crossties.store.dump import read_named_graphs
from crossties.turtle import format_turtle
from crossties.versions import Version, folder_sources, shipped_sources
from crossties.vocabulary import Vocabulary, read_vocabulary

READ: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
WITHOUT_GRAPHS: Final = ("turtle", "ntriples")


@pytest.fixture(scope="module")
def vocabulary(content: Content) -> Vocabulary:
    return read_vocabulary(content)


@pytest.fixture(scope="module")
def everything(content: Content) -> list[Quad]:
    """Return all shipped files, the vocabulary with its blank nodes among them."""
    quads = [quad for one in shipped_sources(content) for quad in parse_file(one.path, graph=one.graph).quads]
    return select_quads(quads, vocabulary=True)


@pytest.fixture(scope="module")
def data(everything: list[Quad]) -> list[Quad]:
    return select_quads(everything)


def without_graphs(quads: list[Quad]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_exported_reads_back_as_the_same_quads(
    form: str, everything: list[Quad], vocabulary: Vocabulary
) -> None:
    text = export_text(everything, form=form, vocabulary=vocabulary)
    expected = without_graphs(everything) if form in WITHOUT_GRAPHS else everything
    assert canonical_lines(ox.parse(text.encode(), format=READ[form])) == canonical_lines(expected)


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_in_which_the_store_gives_quads_does_not_matter(
    form: str, data: list[Quad], vocabulary: Vocabulary
) -> None:
    shuffled = random.Random(7).sample(data, len(data))  # noqa: S311
    texts = {export_text(quads, form=form, vocabulary=vocabulary) for quads in (data, shuffled)}
    assert len(texts) == 1


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_the_same_quads_from_json_ld(data: list[Quad], vocabulary: Vocabulary) -> None:
    text = export_text(data, form="jsonld", vocabulary=vocabulary)
    graph = rdflib.Dataset()
    graph.parse(data=text, format="json-ld")
    assert canonical_lines(_from_rdflib(graph)) == canonical_lines(data)


def _from_rdflib(graph: rdflib.Dataset) -> list[Quad]:
    text = graph.serialize(format="nquads")
    return list(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))


def test_json_ld_carries_its_context_and_names_no_other(data: list[Quad], vocabulary: Vocabulary) -> None:
    document = json.loads(export_text(data, form="jsonld", vocabulary=vocabulary))
    assert isinstance(document["@context"], dict)
    assert set(document) == {"@context", "@graph"}


def test_json_ld_uses_short_names_texts_by_language_and_plain_values(vocabulary: Vocabulary) -> None:
    text = """
        @prefix ct: <https://w3id.org/crossties/ns#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:a> a ct:Decision ; ct:votesFor 9 ; ct:decidedBy <urn:b> , <urn:c> ;
            skos:prefLabel "A"@en , "B"@fi , "C" .
    """
    quads = [Quad(one.subject, one.predicate, one.object, ox.NamedNode("urn:g")) for one in _turtle(text)]
    [graph] = json.loads(export_text(quads, form="jsonld", vocabulary=vocabulary))["@graph"]
    assert graph["@graph"] == [
        {
            "id": "urn:a",
            "decidedBy": ["urn:b", "urn:c"],
            "prefLabel": {"en": "A", "fi": "B"},
            "skos:prefLabel": {"@value": "C"},
            "type": "Decision",
            "votesFor": 9,
        },
    ]


def _turtle(text: str) -> list[Quad]:
    return list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))


def test_a_folder_gets_one_file_per_graph_in_the_one_form(
    data: list[Quad], tmp_path: Path, content: Content
) -> None:
    written = export_folder(data, tmp_path)
    names = {path.relative_to(tmp_path) for path in written}
    assert names == {path.relative_to(content.data) for path in content.data.rglob("*.ttl")}
    assert not [
        path for path in written if format_turtle(path.read_bytes(), origin="x") != path.read_text("utf-8")
    ]
    again = [quad for one in folder_sources(tmp_path) for quad in parse_file(one.path, graph=one.graph).quads]
    assert canonical_lines(again) == canonical_lines(data)


@pytest.mark.parametrize(
    "name", ["https://elsewhere.example/g", "https://w3id.org/crossties/graph/../../etc"]
)
def test_a_graph_that_would_leave_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    quad = Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c"), ox.NamedNode(name))
    with pytest.raises(RequestError, match="no place in a folder"):
        export_folder([quad], tmp_path)


def test_derived_triples_and_the_vocabulary_are_left_out_unless_asked_for(world_version: Version) -> None:
    quads = list(read_named_graphs(world_version.store))
    stated, derived, vocabulary = (
        {quad.graph_name.value for quad in select_quads(quads, derived=one, vocabulary=two)}  # type: ignore[union-attr]
        for one, two in ((False, False), (True, False), (False, True))
    )
    assert derived - stated == {"https://w3id.org/crossties/graph/derived"}
    assert all(name.startswith("https://w3id.org/crossties/graph/ontology/") for name in vocabulary - stated)
    assert not [name for name in stated if "/ontology/" in name]
