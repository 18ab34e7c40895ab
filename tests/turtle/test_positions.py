"""The second reading: the same statements as the strict parser's, and the place of each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace

from crossties.quads.lines import Lines
from crossties.quads.strict import SYNTAXES
from crossties.turtle.names import resolve_iri
from crossties.turtle.positions import Term, Unnamed, follow
from crossties.turtle.tokens import find_too_deep

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_NAMED: Final = os.environ.get("CROSSTIES_CONFORMANCE", "")
SUITE: Final = Path(_NAMED).resolve() / "rdf" / "rdf11"
FOLDERS: Final = {"rdf-turtle": "ttl", "rdf-trig": "trig", "rdf-n-triples": "nt", "rdf-n-quads": "nq"}
BASE: Final = "https://w3c.github.io/rdf-tests/rdf/rdf11/"


def as_quads(text: str, base: str | None = None) -> list[ox.Quad]:
    found = []
    for s, p, o, g, _ in follow(text, base=base):
        graph = ox.DefaultGraph() if g is None else node(g)
        found.append(ox.Quad(node(s), p, node(o), graph))  # type: ignore[arg-type]
    return found


def node(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    return ox.BlankNode(f"unnamed{term.number}") if isinstance(term, Unnamed) else term


def canonical(quads: list[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def positive_tests(folder: str) -> Iterator[Path]:
    path = SUITE / folder / "manifest.ttl"
    manifest = Graph().parse(path, format="turtle", publicID=path.as_uri())
    for test, kind in manifest.subject_objects(RDF.type):
        action = manifest.value(test, MF.action)
        if action is not None and "Negative" not in str(kind):
            yield SUITE / folder / str(action).rpartition("/")[2]


@pytest.mark.skipif(not _NAMED or not SUITE.is_dir(), reason="suite not found")
@pytest.mark.parametrize("folder", FOLDERS)
def test_both_readings_find_the_same_statements_in_every_positive_test_of_the_w3c(folder: str) -> None:
    paths = sorted(positive_tests(folder))
    assert len(paths) > 40
    for path in paths:
        base = f"{BASE}{folder}/{path.name}"
        strict = list(ox.parse(path.read_bytes(), format=SYNTAXES[FOLDERS[folder]], base_iri=base))
        followed = as_quads(path.read_bytes().decode(), base)
        assert canonical(followed) == canonical(strict), path.name
        assert len(followed) == len(strict), path.name


def places(text: str) -> list[tuple[str, tuple[int, int], tuple[int, int], tuple[int, int]]]:
    """Show each object with the places of subject, property and object."""
    lines = Lines(text)
    return [
        (str(node(o)), lines.place(at.subject), lines.place(at.property), lines.place(at.object))
        for _, _, o, _, at in follow(text)
    ]


def test_a_statement_stands_where_its_object_does_counted_in_characters() -> None:
    text = '@prefix u: <urn:u:> .\n\nu:å u:b "😀" , 2 ;\r\n  u:c true .'
    assert places(text) == [
        ('"😀"', (3, 1), (3, 5), (3, 9)),
        ('"2"^^<http://www.w3.org/2001/XMLSchema#integer>', (3, 1), (3, 5), (3, 15)),
        ('"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', (3, 1), (4, 3), (4, 7)),
    ]


def test_a_long_text_stands_where_it_begins_and_what_follows_on_its_own_line() -> None:
    text = '<urn:a> <urn:b> """one\ntwo "" three""" ,\n <urn:c> .'
    assert [at for *_, at in places(text)] == [(1, 17), (3, 2)]


def test_statements_in_brackets_have_their_own_places() -> None:
    text = "<urn:a> <urn:b> [ <urn:c> 1 ] ."
    assert [at for *_, at in places(text)] == [(1, 17), (1, 27)]


def test_the_items_of_a_list_stand_where_they_are_written() -> None:
    text = "<urn:a> <urn:b> ( 1\n 2 ) ."
    items = [(value, at) for value, *_, at in places(text) if "integer" in value]
    assert [at for _, at in items] == [(1, 19), (2, 2)]


def test_the_graph_of_a_block_is_known() -> None:
    text = "GRAPH <urn:g> { <urn:a> <urn:b> 1 } <urn:a> <urn:b> 2 . <urn:h> { <urn:a> <urn:b> 3 . }"
    assert [g.value if isinstance(g, ox.NamedNode) else g for _, _, _, g, _ in follow(text)] == [
        "urn:g",
        None,
        "urn:h",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "<urn:x> <urn:y> ; .",
        "<urn:x> <urn:y> [ <urn:z> .",
        '"text" <urn:y> 1 .',
        "<urn:x> <urn:y> 1 <urn:z> .",
    ],
)
def test_what_can_not_be_followed_is_left_out_and_the_rest_is_read(broken: str) -> None:
    text = f"{broken}\n<urn:a> <urn:b> <urn:c> ."
    assert (str(node(list(follow(text))[-1][2])), places(text)[-1][3]) == ("<urn:c>", (2, 17))


def test_what_rdf_1_2_adds_to_turtle_is_passed_over() -> None:
    text = 'VERSION "1.2"\n@version "1.2" .\n<urn:a> <urn:b> "x"@ar--rtl , 2 .'
    assert [at for *_, at in places(text)] == [(3, 17), (3, 31)]


def test_a_name_with_an_unknown_prefix_keeps_its_place() -> None:
    assert [at for *_, at in places("<urn:a> <urn:b> x:y , <relative> , 3 .")] == [(1, 17), (1, 23), (1, 36)]


def test_an_unclosed_text_ends_the_reading() -> None:
    assert list(follow('<urn:a> <urn:b> 1 .\n<urn:a> <urn:b> "open .\n')) != []


@pytest.mark.parametrize(
    "text", ["(" * 5_000, "<urn:a> <urn:b> " + "[ <urn:b> " * 5_000, "." * 50_000, "'" * 50_000]
)
def test_hostile_text_is_given_up_without_harm(text: str) -> None:
    assert list(follow(text)) == []


@pytest.mark.parametrize(
    ("reference", "iri"),
    [
        ("", "http://a/b/c/d;p?q"),
        ("g", "http://a/b/c/g"),
        ("./g/.", "http://a/b/c/g/"),
        ("../../../g", "http://a/g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("#s", "http://a/b/c/d;p?q#s"),
        ("//g", "http://g"),
        ("/./g", "http://a/g"),
        ("g;x=1/../y", "http://a/b/c/y"),
        ("urn:x", "urn:x"),
    ],
)
def test_references_are_resolved_as_rfc_3986_shows(reference: str, iri: str) -> None:
    assert resolve_iri(reference, "http://a/b/c/d;p?q") == iri


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_lines_end_as_editors_end_them(break_: str) -> None:
    text = f"ab{break_}c"
    lines = Lines(text)
    assert [lines.place(0), lines.place(1), lines.place(len(text) - 1)] == [(1, 1), (1, 2), (2, 1)]
    assert lines.offset(2, 1) == len(text) - 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[ ( [ ] ) ]", 4),
        ("[ ] [ ] [ ]", None),
        ('<urn:[[[> \'[[[\' """["[[""" # [[[\n a:b\\([\\[', None),
        ("{ [ } ] ( (", None),
    ],
)
def test_only_brackets_of_the_grammar_count_as_deep(text: str, place: int | None) -> None:
    assert find_too_deep(text, 2) == place
