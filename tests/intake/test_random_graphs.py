"""Whatever is said, and however it is written: the same statements, each at its own text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from crossties.intake import Intake, Upload, read_rdf
from crossties.namespaces import XSD
from crossties.quads import Literal, NamedNode, Quad
from crossties.quads.canonical import digest
from crossties.quads.lines import Lines
from crossties.quads.strict import SYNTAXES
from crossties.turtle import format_turtle

GRAPH: Final = "https://w3id.org/crossties/graph/test"
TARGET: Final = NamedNode(GRAPH)
PREFIXES: Final = {"e": "https://example.org/", "xsd": XSD}
HEADER: Final = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
OURS: Final = "@base <https://w3id.org/crossties/> .\n@prefix ct: <https://w3id.org/crossties/ns#> .\n"

_locals = st.text(st.sampled_from("abåж1-_.~%20:"), min_size=0, max_size=6).filter(
    lambda text: "%" not in text
)
names = st.one_of(
    _locals.map(lambda text: NamedNode(f"https://example.org/{text}")),
    _locals.map(lambda text: NamedNode(f"https://w3id.org/crossties/{text}")),
    st.sampled_from([NamedNode("https://example.org/a/b#c"), NamedNode("urn:x:y")]),
)
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ['"', "'''", '"""', "\\", "a\nb", "\r", "#no comment", "x . <y>", "“”", "\u2028"]
)
literals = st.one_of(
    _texts.map(Literal),
    st.tuples(_texts, st.sampled_from(["en", "sv", "en-gb"])).map(
        lambda pair: Literal(pair[0], language=pair[1])
    ),
    st.integers(-(10**6), 10**6).map(lambda n: Literal(str(n), datatype=NamedNode(XSD + "integer"))),
    st.decimals(-1000, 1000, places=2).map(lambda n: Literal(str(n), datatype=NamedNode(XSD + "decimal"))),
    st.booleans().map(lambda b: Literal(str(b).lower(), datatype=NamedNode(XSD + "boolean"))),
    st.tuples(_texts, names).map(lambda pair: Literal(pair[0], datatype=pair[1])),
)
graphs = st.lists(st.builds(ox.Triple, names, names, names | literals), min_size=1, max_size=12, unique=True)


def read(text: bytes, syntax: str) -> Intake:
    return read_rdf(Upload(f"random.{syntax}", text), graph=GRAPH)


def serialised(triples: Iterable[ox.Triple], syntax: str) -> bytes:
    quads = [Quad(one.subject, one.predicate, one.object, TARGET) for one in triples]
    prefixes = PREFIXES if syntax in {"ttl", "trig"} else None
    dataset = syntax in {"trig", "nq", "jsonld"}
    return ox.serialize(quads if dataset else triples, format=SYNTAXES[syntax], prefixes=prefixes) or b""


def object_at(text: str, line: int, column: int, header: str) -> object:
    """Let the strict parser say which term stands at a place."""
    rest = text[Lines(text).offset(line, column) :]
    if not header:
        return next(ox.parse(f"<urn:s> <urn:p> {rest}".encode(), format=ox.RdfFormat.N_QUADS)).object
    return next(ox.parse(f"{header}<urn:s> <urn:p> {rest}".encode(), format=ox.RdfFormat.TURTLE)).object


def assert_read(intake: Intake, triples: list[ox.Triple]) -> None:
    expected = {Quad(one.subject, one.predicate, one.object, TARGET) for one in triples}
    assert set(intake.quads) == expected
    assert set(intake.places.statements) == expected
    assert intake.digest() == digest(expected)


@settings(deadline=None, max_examples=200)
@given(graphs, st.sampled_from(["ttl", "trig", "nt", "nq"]))
def test_every_statement_is_read_and_stands_at_its_object(triples: list[ox.Triple], syntax: str) -> None:
    data = serialised(triples, syntax)
    intake = read(data, syntax)
    assert_read(intake, triples)
    for quad, place in intake.places.statements.items():
        header = "" if syntax == "nq" else HEADER
        assert object_at(data.decode(), place.line or 0, place.column or 0, header) == quad.object


@settings(deadline=None, max_examples=100)
@given(graphs)
def test_the_same_holds_for_what_our_formatter_writes(triples: list[ox.Triple]) -> None:
    text = format_turtle(serialised(triples, "ttl"), origin="random.ttl")
    header = text.partition("\n\n")[0] + "\n"
    intake = read(text.encode(), "ttl")
    assert_read(intake, triples)
    for quad, place in intake.places.statements.items():
        assert object_at(text, place.line or 0, place.column or 0, header) == quad.object


@settings(deadline=None, max_examples=100)
@given(graphs)
def test_the_same_holds_for_json_ld(triples: list[ox.Triple]) -> None:
    data = serialised(triples, "jsonld")
    text = data.decode()
    intake = read(data, "jsonld")
    assert_read(intake, triples)
    for quad, place in intake.places.statements.items():
        at = Lines(text).offset(place.line or 0, place.column or 0)
        value, _ = json.JSONDecoder().raw_decode(text, at)
        told = value if isinstance(value, str) else value.get("@id", value.get("@value"))
        assert told == getattr(quad.object, "value", None)


_sample: Final = (
    OURS.encode() + b'<id/x> a ct:Place ; ct:value [ ct:of ( 1 2.0 "x"@en ) ] , """y"""^^ct:z . # end\n',
    b'<urn:a> <urn:b> "x\\n"@en .\n_:c <urn:d> <urn:e> .\n',
    b'{"@context": {"p": "urn:p:"}, "@id": "urn:a", "p:b": ["x", 1, {"@id": "urn:c"}]}',
)


@settings(deadline=None, max_examples=400)
@given(
    st.sampled_from(_sample),
    st.integers(0, 200),
    st.integers(0, 6),
    st.sampled_from(
        ["", " ", '"', "<", ">", "[", "(", ".", ";", ",", "{", "}", "@", "“", "\\", "\n", "\x00", "^^"]
    ),
    st.sampled_from(list(SYNTAXES)),
)
def test_broken_text_never_raises_and_is_refused_just_where_the_strict_parser_refuses_it(
    sample: bytes, at: int, gone: int, put: str, syntax: str
) -> None:
    data = sample[:at] + put.encode() + sample[at + gone :]
    intake = read(data, syntax)
    assert all(one.message and one.suggestion for one in intake.problems)
    try:
        strict = len(set(ox.parse(data, format=SYNTAXES[syntax])))
    except SyntaxError:
        strict = 0
    if not strict:
        assert intake.problems
        assert not intake.quads
    elif syntax != "jsonld":
        assert len(intake.quads) == strict


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200), st.sampled_from([*SYNTAXES, "xlsx", "txt"]))
def test_any_bytes_are_answered(data: bytes, syntax: str) -> None:
    intake = read(data, syntax)
    assert intake.problems or intake.quads
