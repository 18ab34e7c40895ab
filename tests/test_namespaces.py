from __future__ import annotations

import pytest

from crossties.namespaces import BASE, CT, compact, expand


@pytest.mark.parametrize(
    ("iri", "short"),
    [(CT + "party", "ct:party"), (BASE + "id/place/kotka", "id/place/kotka"), ("urn:x", "urn:x")],
)
def test_iris_are_shortened_for_people_and_back(iri: str, short: str) -> None:
    assert compact(iri) == short
    assert expand(short) == iri


@pytest.mark.parametrize("name", ["Kotka", "kotka", "a/b", "foo:bar", ""])
def test_a_name_is_no_address(name: str) -> None:
    assert expand(name) is None


@pytest.mark.parametrize("scheme", ["ending", "mode", "direction", "stage", "reason", "measure", "role"])
def test_members_of_every_code_list_have_an_address(scheme: str) -> None:
    assert expand(f"{scheme}/x") == f"{BASE}{scheme}/x"
