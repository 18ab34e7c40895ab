"""Until which day the data knows the world, and what it makes of sources that disagree."""

from __future__ import annotations

import pyoxigraph as ox

from crossties.derivation.claims import derive_preferred
from crossties.derivation.derive import derive
from crossties.namespaces import CT, DERIVED_GRAPH

_HEAD = """@base <https://w3id.org/crossties/> . @prefix ct: <https://w3id.org/crossties/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_READ = """<id/document/d> ct:readOn "2026-11-01"^^xsd:date .
  <id/document/e> ct:readOn "2026-10-01"^^xsd:date .
<id/partnership/x> a ct:Partnership ; ct:statedIn <id/document/d/p1> ; ct:from "1994"^^xsd:gYear ;
  ct:until "{end}"^^xsd:date .
"""


def _store(turtle: str) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in ox.parse(_HEAD + turtle, format=ox.RdfFormat.TURTLE))
    return store


def _status(turtle: str) -> str:
    store = _store(turtle)
    derive(store)
    [quad] = store.quads_for_pattern(None, ox.NamedNode(CT + "statusNow"), None, ox.DefaultGraph())
    assert isinstance(quad.object, ox.NamedNode)
    return quad.object.value.rpartition("/")[2]


def test_now_is_the_newest_day_on_which_a_document_was_read() -> None:
    store = _store(_READ.format(end="2026-10-31"))
    derive(store)
    known = store.quads_for_pattern(ox.NamedNode(DERIVED_GRAPH), None, None, ox.DefaultGraph())
    assert [quad.object for quad in known if "knownUntil" in quad.predicate.value] == [
        ox.Literal("2026-11-01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    ]
    assert _status(_READ.format(end="2026-10-31")) == "lapsed"
    assert _status(_READ.format(end="2026-11-01")) == "active"


def test_the_same_data_gives_the_same_triples() -> None:
    ones, others = _store(_READ.format(end="2030-01-01")), _store(_READ.format(end="2030-01-01"))
    derive(ones)
    derive(others)
    assert set(ones) == set(others)


def test_a_preferred_claim_becomes_a_statement() -> None:
    claim = (
        '<id/claim/{n}> ct:about <id/signing/s> ; ct:property ct:date ; ct:value "{n}"^^xsd:gYear ; {more} .'
    )
    first = claim.format(n="1996", more="ct:statedIn <id/document/d/p1>")
    chosen = claim.format(n="1998", more="ct:preferred true ; ct:statedIn <id/document/e/p1>")
    [triple] = derive_preferred(_store(first + chosen))
    assert isinstance(triple.object, ox.Literal)
    assert triple.object.value == "1998"
    assert not list(derive_preferred(_store(first)))


def test_a_preferred_claim_that_is_only_announced_does_not() -> None:
    told = """<id/claim/c> ct:about <id/signing/s> ; ct:property ct:date ; ct:value "2027"^^xsd:gYear ;
      ct:preferred true ; ct:announcedIn <id/document/d/p1> ."""
    assert not list(derive_preferred(_store(told)))
