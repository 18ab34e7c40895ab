"""The listing of all terms, and what is read of ontology and shapes for it."""

from __future__ import annotations

import re

import pytest

from crossties.namespaces import CT
from crossties.resources import Content
from crossties.vocabulary import Use, Vocabulary, read_uses, read_vocabulary
from crossties.vocabulary.listing import write_listing


@pytest.fixture(scope="module")
def vocabulary(content: Content) -> Vocabulary:
    return read_vocabulary(content)


@pytest.fixture(scope="module")
def uses(content: Content, vocabulary: Vocabulary) -> dict[str, list[Use]]:
    return read_uses(content, vocabulary)


@pytest.fixture(scope="module")
def listing(content: Content) -> str:
    return write_listing(content)


def find_use(uses: dict[str, list[Use]], one: str, *paths: str) -> Use:
    return next(use for use in uses[CT + one] if use.paths == tuple(CT + path for path in paths))


def test_the_file_in_the_ontology_is_the_one_that_would_be_made_now(content: Content, listing: str) -> None:
    written = (content.ontology / "README.md").read_text(encoding="utf-8")
    assert written == listing, "run: crossties terms > ontology/README.md"


def test_every_term_and_every_code_is_listed(vocabulary: Vocabulary, listing: str) -> None:
    headings = set(re.findall(r"^### (\w+ [\w-]+)$", listing, re.MULTILINE))
    assert {f"Class {one.name}" for one in vocabulary.classes.values()} <= headings
    assert {f"Property {one.name}" for one in vocabulary.properties.values()} <= headings
    for concepts in vocabulary.lists.values():
        assert concepts
        assert not [one.code for one in concepts if f"- `{one.code}` **{one.label}**" not in listing]


def test_every_link_within_the_listing_leads_somewhere(listing: str) -> None:
    anchors = {name.lower().replace(" ", "-") for name in re.findall(r"^#+ (.+)$", listing, re.MULTILINE)}
    assert not {link for link in re.findall(r"\(#([^)]+)\)", listing) if link not in anchors}


def test_cardinality_is_read_from_the_shapes(uses: dict[str, list[Use]]) -> None:
    assert find_use(uses, "Funding", "recipient").cardinality == "1"
    assert find_use(uses, "Funding", "amount").cardinality == "0..1"
    assert find_use(uses, "Signing", "signs").cardinality == "1..*"


def test_shapes_of_a_superclass_hold_for_the_class(uses: dict[str, list[Use]]) -> None:
    assert CT + "Organisation" in find_use(uses, "Agreement", "party").classes
    assert find_use(uses, "Service", "statedIn", "announcedIn").least == 1


def test_allowed_codes_are_read_from_the_shapes(uses: dict[str, list[Use]]) -> None:
    codes = find_use(uses, "Funding", "kind").codes
    assert "https://w3id.org/crossties/kind/grant" in codes
    assert "https://w3id.org/crossties/kind/city-day" not in codes
    assert find_use(uses, "Signing", "mode").schemes == ("https://w3id.org/crossties/mode",)


def test_derived_properties_are_kept_apart(vocabulary: Vocabulary) -> None:
    assert vocabulary.properties[CT + "within"].is_derived
    assert not vocabulary.properties[CT + "party"].is_derived
    assert not [one for one in vocabulary.properties_of(CT + "Place") if one.is_derived]
