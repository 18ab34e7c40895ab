from __future__ import annotations

import pytest
from tests.contributions.conftest import GRAPHS, PREFIXES

from crossties.contributions.naming import name_graph, path_of, require_open
from crossties.errors import ConflictError, RequestError
from crossties.quads import RDF_SUFFIXES, Quad, parse_bytes


def quads(text: str) -> tuple[Quad, ...]:
    data = (PREFIXES + text).encode()
    return parse_bytes(data, rdf_format=RDF_SUFFIXES[".ttl"], graph="urn:x", origin="x").quads


def name(text: str, file: str = "", taken: tuple[str, ...] = ()) -> str:
    return name_graph(quads(text), graphs=GRAPHS, file=file, taken=taken).removeprefix(GRAPHS)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("<id/place/alder> a ct:Place .", "places/alder"),
        ("<id/document/news/p3> a ct:Passage . <id/document/news> a ct:Document .", "evidence/news"),
        ("<id/signing/x> a ct:Signing . <id/agreement/y> a ct:Agreement .", "agreements/y"),
        ("<id/plan/p> a ct:ActionPlan . <id/plan/p/objective/o> a ct:Objective .", "plans/p"),
        ("<id/organisation/o> a ct:Organisation . <id/person/p> a ct:Person .", "organisations/o"),
        ("<http://example.org/x> a ct:Place .", "evidence/contribution"),
    ],
)
def test_a_graph_is_named_after_what_it_is_about(text: str, named: str) -> None:
    assert name(text) == named


def test_the_file_gives_the_slug_in_plain_letters() -> None:
    assert name("<id/place/alder> a ct:Place .", "Umeå & Vaasa 2027.ttl") == "places/umea-vaasa-2027"


def test_a_file_that_says_when_it_was_made_names_itself() -> None:
    text = '<graph/plans/mine> dct:created "2026-11-22"^^xsd:date . <id/place/alder> a ct:Place .'
    assert name(text, "other.ttl") == "plans/mine"


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = (f"{GRAPHS}places/alder", f"{GRAPHS}places/alder-2")
    assert name("<id/place/alder> a ct:Place .", taken=taken) == "places/alder-3"


def test_a_name_that_a_file_gives_itself_is_never_changed() -> None:
    with pytest.raises(ConflictError, match="already"):
        name('<graph/plans/mine> dct:created "2026-11-22"^^xsd:date .', taken=(f"{GRAPHS}plans/mine",))


@pytest.mark.parametrize(
    "graph",
    [
        "https://example.org/graph/places/alder",
        f"{GRAPHS}alder",
        f"{GRAPHS}places/Alder",
        f"{GRAPHS}places/../alder",
        f"{GRAPHS}places/",
        f"{GRAPHS}places/a b",
        f"{GRAPHS}places/{'a' * 200}",
        f"{GRAPHS}ontology/places",
        f"{GRAPHS}themes/themes",
    ],
)
def test_a_name_that_could_be_no_file_of_the_data_is_refused(graph: str) -> None:
    with pytest.raises(RequestError):
        require_open(graph, graphs=GRAPHS)


def test_a_graph_has_its_file_in_the_repository() -> None:
    assert path_of(f"{GRAPHS}places/alder") == "data/places/alder.ttl"
