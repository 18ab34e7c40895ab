"""The best place to point at for what a shape or rule says of a node."""

from __future__ import annotations

from typing import Final

import pytest

from crossties.intake import Places, Upload, read_rdf

E: Final = "https://example.org/"
TEXT: Final = f"""@prefix e: <{E}> .
e:a e:p e:b ,
      "text"@en ;
    e:q e:b .

e:c e:p e:a .
[] e:r e:lone .
"""


@pytest.fixture(scope="module")
def places() -> Places:
    return read_rdf(Upload("a.ttl", TEXT.encode()), graph="urn:g").places


@pytest.mark.parametrize(
    ("focus", "path", "value", "place"),
    [
        ("a", "p", E + "b", (2, 9)),
        ("a", "p", "text", (3, 7)),
        ("a", "p", None, (2, 9)),
        ("a", "q", E + "b", (4, 9)),
        ("a", "missing", None, (2, 1)),
        ("a", "missing", E + "b", (2, 9)),
        ("a", None, None, (2, 1)),
        ("c", None, None, (6, 1)),
        ("b", "q", None, (4, 9)),
        ("b", "p", E + "a", (2, 9)),
        ("b", None, None, (2, 9)),
        ("lone", None, None, (7, 8)),
        ("unknown", "p", E + "unknown", None),
    ],
)
def test_the_place_is_the_statement_else_its_property_else_its_subject(
    places: Places, focus: str, path: str | None, value: str | None, place: tuple[int, int] | None
) -> None:
    found = places.find(E + focus, E + path if path else None, value)
    assert (found and (found.line, found.column)) == place


def test_nothing_is_found_for_nothing(places: Places) -> None:
    assert places.find(None, E + "p", E + "b") is None


def test_what_stands_twice_has_its_first_place() -> None:
    text = "<urn:a> <urn:b> <urn:c> .\n" * 3
    intake = read_rdf(Upload("a.nt", text.encode()), graph="urn:g")
    [place] = intake.places.statements.values()
    assert (place.line, len(intake.quads)) == (1, 1)


def test_nodes_without_names_are_told_apart_by_what_they_say() -> None:
    text = "".join(f"<urn:a> <urn:b> [ <urn:c> [ <urn:d> {n} ] ] .\n" for n in (3, 1, 2))
    found = read_rdf(Upload("a.ttl", text.encode()), graph="urn:g").places.statements
    lines = {getattr(quad.object, "value", ""): place.line for quad, place in found.items()}
    assert [lines[value] for value in ("3", "1", "2")] == [1, 2, 3]
    assert len(found) == 9
