"""One way to write the same quads."""

from __future__ import annotations

import pyoxigraph as ox

from crossties.quads import Literal, NamedNode, Quad
from crossties.quads.canonical import canonical_lines, digest, name_blank_nodes


def parse(text: str) -> list[ox.Quad]:
    return list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))


def test_blank_nodes_are_named_by_what_is_said_of_them() -> None:
    one, other = (parse(f"_:{a} <urn:p> _:{b} . _:{b} <urn:q> 1 .") for a, b in (("x", "y"), ("b", "a")))
    assert canonical_lines(one) == canonical_lines(other)
    assert {str(quad.subject) for quad in name_blank_nodes(one)} == {"_:c14n0", "_:c14n1"}


def test_lines_are_sorted_by_code_point_and_told_once() -> None:
    lines = canonical_lines(parse("<urn:b> <urn:p> 'ä' , 'z' , 'Z' . <urn:a> <urn:p> 1 , 1 ."))
    assert lines == sorted(lines)
    assert [line.split('"')[1] for line in lines] == ["1", "Z", "z", "ä"]


def test_a_line_separator_inside_a_text_does_not_part_a_line() -> None:
    assert len(canonical_lines(parse("<urn:a> <urn:p> 'x\u2028y\u0085z' ."))) == 1


def test_the_digest_tells_the_same_statements_from_others() -> None:
    quads = [Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(text), NamedNode("urn:g")) for text in "xy"]
    assert digest(quads) == digest([*reversed(quads), quads[0]])
    assert digest(quads) != digest(quads[:1])
    assert len(digest(quads)) == 64
