"""The JSON-LD context: complete, unambiguous, and the one that is checked in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crossties.resources import Content
from crossties.vocabulary import Vocabulary, read_vocabulary
from crossties.vocabulary.context import make_context, write_context


@pytest.fixture(scope="module")
def vocabulary(content: Content) -> Vocabulary:
    return read_vocabulary(content)


@pytest.fixture(scope="module")
def context(vocabulary: Vocabulary) -> dict[str, Any]:
    return make_context(vocabulary)


def test_the_file_in_the_ontology_is_the_one_that_would_be_made_now(
    content: Content, vocabulary: Vocabulary
) -> None:
    written = (content.ontology / "context.jsonld").read_text(encoding="utf-8")
    assert written == write_context(vocabulary), "run: crossties context > ontology/context.jsonld"


def test_every_own_term_has_a_short_name(vocabulary: Vocabulary, context: dict[str, Any]) -> None:
    assert not [one.name for one in vocabulary.classes.values() if context.get(one.name) != f"ct:{one.name}"]
    for one in vocabulary.properties.values():
        definition = context[one.name]
        assert f"ct:{one.name}" in (definition, definition["@id"] if isinstance(definition, dict) else "")


def test_values_are_things_typed_or_by_language(context: dict[str, Any]) -> None:
    assert context["party"] == {"@id": "ct:party", "@type": "@id"}
    assert context["amount"] == {"@id": "ct:amount", "@type": "xsd:decimal"}
    assert context["prefLabel"] == {"@container": "@language", "@id": "skos:prefLabel"}
    assert context["currency"] == "ct:currency"


def test_keys_are_sorted_at_every_depth(content: Content) -> None:
    written = (content.ontology / "context.jsonld").read_text(encoding="utf-8")
    assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
