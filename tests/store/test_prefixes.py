from __future__ import annotations

import pyoxigraph as ox
import pytest

from crossties.store.prefixes import find_pieces


@pytest.mark.parametrize(
    ("query", "patterns"),
    [
        ("ASK { ?a ?b ?c . ?c ?d ?e }", ["?a ?b ?c", "?c ?d ?e"]),
        ("SELECT * WHERE { ?a a <urn:A> ; <urn:b> 1.5, 'x.y' . }", ["?a a <urn:A>", "<urn:b> 1.5", "'x.y'"]),
        ("SELECT * { ?a (<urn:b>/<urn:c>)+ [ <urn:d> ?e ; <urn:f> ?g ] . FILTER(?e) ?x ?y ?z }", 1),
        ("SELECT * { # no . here\n ?a ?b ?c # nor { here\n }", ["?a ?b ?c # nor { here"]),
        ("SELECT * { OPTIONAL { ?a ?b ?c } }", []),
        ("SELECT * { { ?a ?b ?c } }", []),
        ("PREFIX x: <urn:x> SELECT * FROM <urn:g> WHERE { ?a x:b ?c }", ["?a x:b ?c"]),
        ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", []),
        ("", []),
    ],
)
def test_a_query_is_cut_into_triples_that_can_be_asked(query: str, patterns: list[str] | int) -> None:
    pieces = find_pieces(query)
    if isinstance(patterns, int):
        assert len(pieces) == patterns
    else:
        assert [piece.text for piece in pieces] == patterns
    for piece in pieces:
        assert not ox.Store().query(piece.ask)


def test_the_iris_of_a_piece_are_written_out() -> None:
    pieces = find_pieces("PREFIX x: <urn:x:> ASK { x:a <urn:b> ?c }")
    assert pieces[0].iris == ("urn:x:a", "urn:b")
