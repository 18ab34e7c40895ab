"""A list is one text: its IRIs in their order, then its labels in that order, a line for each language."""

from __future__ import annotations

import pyoxigraph as ox

from crossties.derivation.lists import derive_lists
from crossties.namespaces import CT

_TURTLE = """@prefix ct: <https://w3id.org/crossties/ns#> .
<urn:x> ct:partySide <urn:b> , <urn:a> ; ct:theme <urn:t> .
<urn:a> ct:labelEn "Alder" ; ct:labelFi "Leppä" . <urn:b> ct:labelEn "Two\\nlines" ; ct:labelFi "Kuusi" .
"""


def _lists() -> dict[str, str]:
    store = ox.Store()
    store.load(_TURTLE.encode(), format=ox.RdfFormat.TURTLE)
    return {
        triple.predicate.value.removeprefix(CT): triple.object.value
        for triple in derive_lists(store)
        if isinstance(triple.object, ox.Literal)
    }


def test_labels_follow_the_order_of_the_iris_in_each_language() -> None:
    lines = _lists()["sideList"].splitlines()
    assert lines[0] == "urn:a urn:b"
    assert "ct:labelEn Alder; Two lines" in lines
    assert "ct:labelFi Leppä; Kuusi" in lines


def test_what_has_no_label_stands_among_the_iris_alone() -> None:
    lines = _lists()["themeList"].splitlines()
    assert lines[0] == "urn:t"
    assert "ct:labelEn " in lines
