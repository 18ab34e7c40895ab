"""Derive one display label per language for every named thing, its fallback resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from crossties.namespaces import CT, DCT, LANGUAGES, RDF, RDFS, SKOS

_DEFAULT: Final = ox.DefaultGraph()
_NAMING: Final = tuple(map(ox.NamedNode, (SKOS + "prefLabel", DCT + "title", RDFS + "label")))
_PARAGRAPH: Final = {"en": "paragraph", "sv": "stycke", "fi": "kappale", "ru": "абзац"}

Names = Mapping[str, str]


def derive_labels(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield ``ct:labelEn``, ``labelFi``, ``labelRu``, ``labelSv`` for every IRI with a type or a name.

    A passage is named after its document and the number of its paragraph. A thing without any name is
    called by the last part of its IRI.
    """
    names = _read_names(store)
    for passage, document, number in _passages(store):
        names[passage] = _name_passage(document, names.get(document, {}), number)
        for language, text in names[passage].items():
            yield ox.Triple(passage, _NAMING[0], ox.Literal(text, language=language))
    for thing, own in names.items():
        for language in LANGUAGES:
            label = ox.NamedNode(f"{CT}label{language.capitalize()}")
            yield ox.Triple(thing, label, ox.Literal(choose_name(thing, own, language)))


def choose_name(thing: ox.NamedNode, names: Names, language: str) -> str:
    """Return the name in ``language``, else in the first language that has one, else the slug."""
    for tag in (language, *LANGUAGES, *sorted(names)):
        if tag in names:
            return names[tag]
    return thing.value.rstrip("/#").replace("#", "/").rpartition("/")[2]


def _read_names(store: ox.Store) -> dict[ox.NamedNode, dict[str, str]]:
    names: dict[ox.NamedNode, dict[str, str]] = defaultdict(dict)
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None, _DEFAULT):
        if isinstance(quad.subject, ox.NamedNode):
            names[quad.subject] = {}
    for predicate in _NAMING:
        for thing, found in _read_texts(store, predicate).items():
            names[thing] = found | names[thing]
    return names


def _read_texts(store: ox.Store, predicate: ox.NamedNode) -> dict[ox.NamedNode, dict[str, str]]:
    texts: dict[ox.NamedNode, dict[str, str]] = defaultdict(dict)
    for quad in store.quads_for_pattern(None, predicate, None, _DEFAULT):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            found = texts[quad.subject]
            tag = quad.object.language or ""
            found[tag] = min(quad.object.value, found.get(tag, quad.object.value))
    return texts


def _passages(store: ox.Store) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, str]]:
    for quad in store.quads_for_pattern(None, ox.NamedNode(CT + "paragraph"), None, _DEFAULT):
        passage = quad.subject
        if isinstance(passage, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            yield passage, ox.NamedNode(passage.value.rpartition("/")[0]), quad.object.value


def _name_passage(document: ox.NamedNode, names: Names, number: str) -> dict[str, str]:
    return {
        language: f"{choose_name(document, names, language)}, {_PARAGRAPH[language]} {number}"
        for language in LANGUAGES
    }
