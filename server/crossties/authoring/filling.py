"""Fill one block of a template: what must be there, and above it as comments what may be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from textwrap import wrap
from typing import Final

from crossties.authoring.kinds import YOUR, class_of
from crossties.authoring.values import Values
from crossties.namespaces import BASE, CT, RDF
from crossties.quads import NamedNode, iri
from crossties.turtle.layout import write_property
from crossties.turtle.order import expand_name, rank_property
from crossties.turtle.statements import Block, Object, Property
from crossties.vocabulary import OwnProperty, Use, Vocabulary

_WIDTH: Final = 106
_CODES_SHOWN: Final = 20
_CODES_NAMED: Final = 3
_PASSAGE: Final = iri(BASE + "id/document/your-document/p1")
_KIND: Final = CT + "kind"
#: What things of a class may have besides the terms of ours, and what it is for; "" stands for most classes.
_FOREIGN: Final = {
    "skos:prefLabel": ("", "Its name, one per language, in your own words."),
    "dct:description": ("", "What else a reader must know, in your own words, one per language."),
    "skos:altLabel": ("Organisation Place Agreement Partnership", "Another name that sources use for it."),
    "schema:foundingDate": ("Organisation", "When the body was founded."),
    "schema:url": ("Organisation", "The address of its own pages."),
    "skos:exactMatch": ("Organisation Place Person", "The same thing in Wikidata or GeoNames."),
    "org:postIn": ("Post", "The body that the post belongs to."),
    "geo:asWKT": ("Geometry", "The point, longitude before latitude."),
    "geo:hasDefaultGeometry": ("Place", "Where it is, as a point."),
}
_FOREIGN_TEXTS: Final = {expand_name(name): text for name, (_, text) in _FOREIGN.items()}
_UNNAMED: Final = {"Code", "Geometry", "Document", "Signature", "Claim", "Listing", "Participation", "Tenure"}


class Filler:
    """Knows of every class which properties it has, and what to put there."""

    def __init__(self, vocabulary: Vocabulary, uses: dict[str, list[Use]]) -> None:
        self._vocabulary = vocabulary
        self._uses = uses
        self._values = Values(vocabulary)

    def fill(self, block: Block, *, with_optional: bool, with_comments: bool) -> Block:
        """Return the block with all that its shapes require, and on demand with comments for the rest."""
        given = {one.name: one for one in block.properties}
        active = {*given, *_required(self._uses.get(class_of(block), []), set(given))}
        filled: list[Property] = []
        waiting: list[str] = []
        for name in sorted(
            active | (self._optional(class_of(block)) if with_optional else set()), key=rank_property
        ):
            use, term = self._use(class_of(block), name), self._vocabulary.properties.get(name)
            one = given.get(name) or Property(name, _not_itself(block, self._example(name, use, term)))
            meaning = self._meaning(name, use, term, is_required=name in active) if with_comments else []
            if name in active:
                filled.append(replace(one, comments=(*waiting, *meaning)))
                waiting = []
            else:
                waiting += [*meaning, *(f"# {line} ;" for line in write_property(one))]
        return Block(block.subject, tuple(filled), block.comments, tuple(waiting))

    def _optional(self, own: str) -> set[str]:
        """Return the properties that a thing of the class may have."""
        names = {one.iri for one in self._vocabulary.properties_of(own)} if own.startswith(CT) else set()
        names |= {use.paths[0] for use in self._uses.get(own, []) if len(use.paths) == 1}
        names -= {one.iri for one in self._vocabulary.properties.values() if one.is_derived}
        if not self._use(own, _KIND).codes:
            names.discard(_KIND)
        return names | set(_foreign(own))

    def _use(self, own: str, name: str) -> Use:
        return next((one for one in self._uses.get(own, []) if one.paths == (name,)), Use((name,)))

    def _example(self, name: str, use: Use, term: OwnProperty | None) -> tuple[Object, ...]:
        is_evidence = name in {CT + "statedIn", CT + "announcedIn"}
        return (_PASSAGE,) if is_evidence else self._values.example(name, use, term)

    def _meaning(self, name: str, use: Use, term: OwnProperty | None, *, is_required: bool) -> list[str]:
        """Return the comment above a property: what it means, and the codes that it takes."""
        if name == RDF + "type":
            return []
        text = term.definition if term else use.message or _FOREIGN_TEXTS.get(name, "")
        listed = _listed(self._values.codes(name, use, term), has_classes=bool(use.classes))
        return make_comment(("" if is_required else "Optional. ") + text + listed)


def make_comment(text: str) -> list[str]:
    """Return the text as comment lines."""
    return [f"# {line}" for line in wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)]


def _required(uses: list[Use], given: set[str]) -> Iterator[str]:
    """Yield what must be there: single properties, and the first of several of which one must."""
    for use in uses:
        if use.least and not given & set(use.paths):
            yield use.paths[0]


def _foreign(own: str) -> Iterator[str]:
    local = re.split(r"[#/]", own)[-1]
    for name, (classes, _) in _FOREIGN.items():
        if local in classes.split() or (not classes and local not in _UNNAMED):
            yield expand_name(name)


def _not_itself(block: Block, values: tuple[Object, ...]) -> tuple[Object, ...]:
    """Let no example name the thing itself."""
    if block.subject not in values or not isinstance(block.subject, NamedNode):
        return values
    return (iri(block.subject.value.replace(f"/{YOUR}", f"/{YOUR}other-")),)


def _listed(codes: list[str], *, has_classes: bool) -> str:
    """Name the codes: all of a short list, some of a long one or of one that is not the only choice."""
    number = _CODES_NAMED if has_classes else _CODES_SHOWN
    shown = ", ".join(f"<{code.removeprefix(BASE)}>" for code in codes[:number])
    if not codes:
        return ""
    if has_classes:
        return f" It may also be a concept such as {shown}."
    if len(codes) > number:
        return f" One of these, or of those in ontology/README.md: {shown}."
    return f" One of: {shown}."
