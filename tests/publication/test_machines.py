"""The parts that machine descriptions are made of, one by one."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from crossties.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE
from crossties.namespaces import BASE
from crossties.publication import describe
from crossties.publication.addresses import full_iri, local_path, split_suffix
from crossties.publication.feeds import Entry, write_feed
from crossties.publication.graphs import name_graph
from crossties.publication.hosts import Host
from crossties.publication.lives import read_life
from crossties.publication.notes import Notes, number, ref, text, write_notes
from crossties.publication.schemes import read_scheme
from crossties.publication.sitemaps import write_sitemap_index
from crossties.publication.statistics import examples, read_statistics
from crossties.publication.structured import describe_thing, write_structured

Run = Callable[[str], bytes]
HOST = Host(BASE, "https://www.example.org")
SISTER = Host("https://rivers.example.org/", "https://www.example.org/sub/")


def test_a_host_knows_where_an_iri_is_answered() -> None:
    assert HOST.locate(BASE + "id/place/alder") == "https://www.example.org/id/place/alder"
    assert SISTER.locate(BASE + "id/place/alder") == BASE + "id/place/alder"
    assert SISTER.locate(BASE + "ns#party") == "https://www.example.org/sub/ns#party"
    assert SISTER.address("/catalog") == "https://www.example.org/sub/catalog"


@pytest.mark.parametrize(
    ("path", "iri"),
    [
        ("id/place/x", "https://rivers.example.org/id/place/x"),
        ("kind/grant", BASE + "kind/grant"),
        ("graph/river", "https://rivers.example.org/graph/river"),
        ("graph/ontology/places", BASE + "graph/ontology/places"),
        ("query/funding/totals", BASE + "query/funding/totals"),
        ("release/1", "https://rivers.example.org/release/1"),
    ],
)
def test_a_sister_answers_for_its_own_and_shows_what_is_shipped(path: str, iri: str) -> None:
    assert full_iri(path, SISTER.authority) == iri
    assert local_path(iri, SISTER.authority) == "/" + path


def test_a_suffix_is_one_only_where_it_names_a_format() -> None:
    assert split_suffix("ns/1.0.0", (TURTLE,)) == ("ns/1.0.0", None)
    assert split_suffix("ns/1.0.0.ttl", (TURTLE,)) == ("ns/1.0.0", TURTLE)
    assert split_suffix(".ttl", (TURTLE,)) == (".ttl", None)


def test_statements_of_one_subject_stand_together() -> None:
    notes = Notes()
    notes.say("urn:a", "dct:title", text("one", "en"))
    notes.say("urn:b", "void:triples", number(3))
    notes.say("urn:a", "rdf:type", ref("void:Dataset"))
    notes.say("urn:a", "rdf:type", ref("void:Dataset"))
    assert [str(quad.subject) for quad in notes.quads] == ["<urn:a>", "<urn:a>", "<urn:b>"]
    written = write_notes(notes.quads, TURTLE).decode()
    assert "void:triples 3" in written
    assert "dcat" not in written


def test_quads_are_made_of_triples_whatever_the_pieces() -> None:
    pieces = [b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <ur", b"n:b> <urn:d> .\n"]
    assert b"".join(name_graph(pieces, "urn:g", N_QUADS)).splitlines() == [
        b"<urn:a> <urn:b> <urn:c> <urn:g> .",
        b"<urn:a> <urn:b> <urn:d> <urn:g> .",
    ]
    assert b"".join(name_graph(pieces, "urn:g", TRIG)).startswith(b"<urn:g> {\n<urn:a>")
    assert list(name_graph(pieces, "urn:g", N_TRIPLES)) == pieces


def test_nothing_that_data_say_can_end_the_script(world_run: Run) -> None:
    written = write_structured({"name": "</script><script>alert(1)</script>&"})
    assert "<" not in written
    assert json.loads(written)["name"] == "</script><script>alert(1)</script>&"
    thing = describe(BASE + "id/place/alder", world_run)
    told = json.loads(describe_thing(HOST, thing))
    assert told["mainEntity"]["@type"] == "Place"
    assert told["mainEntity"]["@id"] == BASE + "id/place/alder"
    assert "Leppä" in told["mainEntity"]["alternateName"]


def test_what_is_known_of_an_iri(world_run: Run) -> None:
    assert read_life(BASE + "id/place/alder", world_run).is_known
    assert not read_life(BASE + "id/place/never", world_run).is_known
    assert not read_life(BASE + "id/place/alder", world_run).is_withdrawn


def test_a_list_has_every_concept_once_in_its_tree(world_run: Run) -> None:
    roots = read_scheme(BASE + "theme", world_run, "sv")
    found: list[str] = []
    waiting = list(roots)
    while waiting:
        one = waiting.pop()
        found.append(one.iri)
        assert one.definition
        waiting += one.below
    assert len(found) == len(set(found)) > 30
    assert any(one.below for one in roots)


def test_statistics_leave_the_derived_layer_out(world_run: Run) -> None:
    found = read_statistics(world_run, BASE)
    names = {one.iri.rpartition("#")[2] for one in found.properties}
    assert "amount" in names
    assert "labelEn" not in {name for name in names if name.startswith("label") and name != "label"}
    assert sum(one.triples for one in found.properties) == found.totals.triples
    assert len(examples(found)) >= 5


def test_a_feed_without_entries_is_still_a_feed() -> None:
    assert "<updated>1970-01-01T00:00:00Z</updated>" in write_feed(HOST, [])
    assert "<title>a &amp; b</title>" in write_feed(HOST, [Entry("urn:x", "a & b", "", "2026-01-02")])


def test_many_pages_get_an_index() -> None:
    assert write_sitemap_index(HOST, 2).count("<loc>") == 2
