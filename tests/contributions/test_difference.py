from __future__ import annotations

from typing import Any

import pytest
from tests.contributions.conftest import GRAPHS, PREFIXES

from crossties.contributions.difference import find_difference
from crossties.quads import RDF_SUFFIXES, Quad, parse_bytes
from crossties.versions import Version

GRAPH = f"{GRAPHS}agreements/x"
SIGNED = """<id/agreement/x> a ct:Agreement ; skos:prefLabel "Charter"@en ;
  ct:party <id/organisation/town-of-alder> .
<id/signing/x> a ct:Signing ; ct:signs <id/agreement/x> ; ct:signature <id/signing/x/signature/lehto> .
<id/signing/x/signature/lehto> a ct:Signature ; ct:signatory <id/person/ida-lehto> .
"""


@pytest.fixture
def compare(world_version: Version) -> Any:  # noqa: ANN401
    def find(old: str, new: str) -> dict[str, Any]:
        return find_difference(quads(old), quads(new), graph=GRAPH, labels=world_version.labels())

    return find


def quads(text: str) -> tuple[Quad, ...]:
    if not text:
        return ()
    data = (PREFIXES + text).encode()
    return parse_bytes(data, rdf_format=RDF_SUFFIXES[".ttl"], graph=GRAPH, origin="x").quads


def test_things_are_told_with_labels_and_facts_stand_under_what_they_are_about(compare: Any) -> None:  # noqa: ANN401
    told = compare("", SIGNED)
    assert (told["kind"], told["added"], told["removed"]) == ("new", 8, 0)
    (agreement,) = told["entities"]
    assert (agreement["label"], agreement["status"], agreement["kind"]) == ("Charter", "added", "agreement")
    (signing,) = agreement["parts"]
    assert signing["iri"].endswith("id/signing/x")
    (signature,) = signing["parts"]
    assert signature["properties"][1]["added"][0]["text"] == "Ida Lehto"


def test_a_changed_value_is_told_with_what_it_was(compare: Any) -> None:  # noqa: ANN401
    told = compare(SIGNED, SIGNED.replace('"Charter"@en', '"New charter"@en'))
    (agreement,) = told["entities"]
    assert (told["kind"], agreement["status"], agreement["label"]) == ("changed", "changed", "New charter")
    assert agreement["properties"] == [
        {
            "iri": "http://www.w3.org/2004/02/skos/core#prefLabel",
            "label": "label",
            "added": [{"text": "New charter", "language": "en"}],
            "removed": [{"text": "Charter", "language": "en"}],
        }
    ]


def test_what_goes_is_told_by_the_name_that_it_had(compare: Any) -> None:  # noqa: ANN401
    told = compare(SIGNED, '<id/place/delta> skos:prefLabel "Delta"@en .')
    gone = [one for one in told["entities"] if one["status"] == "removed"]
    assert [one["label"] for one in gone] == ["Charter"]
    assert gone[0]["parts"][0]["status"] == "removed"


def test_the_same_statements_differ_in_nothing(compare: Any) -> None:  # noqa: ANN401
    assert compare(SIGNED, SIGNED)["entities"] == []


def test_facts_that_point_to_each_other_are_still_told(compare: Any) -> None:  # noqa: ANN401
    told = compare("", "<id/status/a> ct:concerns <id/status/b> . <id/status/b> ct:concerns <id/status/a> .")
    assert len(told["entities"]) == 2
