"""Columns as the shapes and the ontology have them: header, help, what the cells take, what is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal

from crossties.namespaces import BASE, CT, LISTS, RDF, SKOS, XSD
from crossties.quads import NamedNode
from crossties.resources import Content
from crossties.sheets.concepts import Concepts
from crossties.sheets.kinds import ROW, SOURCE, Column, Kind, load_kinds
from crossties.vocabulary import OwnProperty, Use, Vocabulary, read_uses, read_vocabulary
from crossties.vocabulary.context import TEXTS, read_names
from crossties.vocabulary.triples import Triples
from crossties.wording import read_words, say

Takes = Literal[
    "slug",
    "text",
    "plain",
    "concept",
    "thing",
    "date",
    "day",
    "decimal",
    "integer",
    "boolean",
    "address",
    "match",
    "paragraphs",
    "point",
    "property",
    "currency",
    "language",
]
#: The order of languages in which columns of texts stand after the officer's own.
TEXT_LANGUAGES: Final = ("en", "fi", "ru", "sv")
_SPECIAL: Final[Mapping[str, Takes]] = {
    "slug": "slug",
    "document": "thing",
    "statedIn": "paragraphs",
    "announcedIn": "paragraphs",
    "asWKT": "point",
    "exactMatch": "match",
    "url": "address",
    "inferred": "property",
    "currency": "currency",
    "language": "language",
}
_TYPES: Final[Mapping[str, Takes]] = {
    XSD + "gYear": "date",
    XSD + "date": "day",
    XSD + "decimal": "decimal",
    XSD + "integer": "integer",
    XSD + "boolean": "boolean",
}
#: Texts of which a cell may hold several.
_MANY_TEXTS: Final = {"altLabel"}
#: Properties whose values name any thing that has evidence.
_ANYTHING: Final = {CT + "inferredFrom"}


@dataclass(frozen=True)
class Field:
    """A column of a kind: ``iri`` is its property, ``tag`` the language of its texts.

    ``takes`` says what its cells take; ``classes`` are the local names of what may be named, ``concepts`` the
    IRIs of the concepts; ``is_needed`` means in every row that has its node.
    """

    column: Column
    iri: str
    takes: Takes
    tag: str = ""
    classes: frozenset[str] = frozenset()
    concepts: tuple[str, ...] = ()
    is_needed: bool = False
    is_several: bool = False

    @property
    def key(self) -> str:
        """Return the name that means it in every language."""
        return f"{self.column.key}.{self.tag}" if self.tag else self.column.key


class Book:
    """Everything that is known of sheets: for each kind its fields, for each field its words."""

    def __init__(self, content: Content) -> None:
        self.vocabulary: Vocabulary = read_vocabulary(content)
        self.concepts = Concepts(self.vocabulary, Triples(sorted((content.data / "themes").glob("*.ttl"))))
        self._uses = read_uses(content, self.vocabulary)
        self._short = read_names(self.vocabulary)
        self._fields: dict[str, tuple[Field, ...]] = {}

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """Return the kinds by name."""
        return load_kinds()

    def fields(self, kind: Kind) -> tuple[Field, ...]:
        """Return the fields of a kind in their order; texts in the languages en, fi, ru, sv."""
        if kind.name not in self._fields:
            self._fields[kind.name] = tuple(one for column in kind.columns for one in self._of(kind, column))
        return self._fields[kind.name]

    def header(self, kind: Kind, field: Field, language: str) -> str:
        """Return the header of a field, without the mark of what is needed."""
        name = self._name(kind, field, language)
        if field.tag:
            name = f"{name} {say(f'sheets.in.{field.tag}', language)}"
        if field.column.number:
            name = f"{name} {field.column.number}"
        group = self._group(kind, field, language)
        return f"{group}: {name}" if group else name[:1].upper() + name[1:]

    def plain_name(self, field: Field, language: str) -> str:
        """Return what a property is called wherever it stands, in its own words."""
        own = read_words("sheets", language).get(f"header.{field.column.name}")
        name = own or self.vocabulary.triples.text(NamedNode(field.iri), "rdfs:label", language)
        name = name or field.column.name
        return name[:1].upper() + name[1:]

    def meaning(self, field: Field, language: str) -> str:
        """Return what a field means, in a sentence."""
        own = read_words("sheets", language).get(f"meaning.{field.column.name}")
        return own or self.vocabulary.triples.text(NamedNode(field.iri), "skos:definition", language)

    def class_label(self, cls: str, language: str) -> str:
        """Return what things of a class are called."""
        return self.vocabulary.triples.text(NamedNode(CT + cls), "rdfs:label", language) or cls

    def is_a(self, cls: str) -> frozenset[str]:
        """Return the local names of a class and those below it."""
        below = (one.removeprefix(CT) for one in self.vocabulary.below(CT + cls))
        return frozenset({cls, *below})

    def property_iri(self, name: str) -> str:
        """Return the IRI of a property by its short name."""
        return self._by_short[name]

    @cached_property
    def _by_short(self) -> dict[str, str]:
        return {name: iri for iri, name in self._short.properties.items()}

    def _of(self, kind: Kind, column: Column) -> Iterator[Field]:
        if column.name in {"slug", "document"}:
            iri = RDF + "type" if column.name == "slug" else CT + "document"
            classes = frozenset() if column.name == "slug" else frozenset({"Document"})
            is_needed = column.key == f"{SOURCE}.1.document"
            yield Field(column, iri, _SPECIAL[column.name], classes=classes, is_needed=is_needed)
            return
        iri = self.property_iri(column.name)
        use = self._use(kind, column, iri)
        if self._short.values.get(iri) == TEXTS or RDF + "langString" in use.datatypes:
            for tag in TEXT_LANGUAGES:
                is_needed = use.least > 0 and tag == TEXT_LANGUAGES[0]
                is_several = column.name in _MANY_TEXTS
                yield Field(column, iri, "text", tag, is_needed=is_needed, is_several=is_several)
            return
        yield self._field(kind, column, iri, use)

    def _field(self, kind: Kind, column: Column, iri: str, use: Use) -> Field:
        term = self.vocabulary.properties.get(iri)
        classes = frozenset(name for one in self._classes(use, term) for name in self.is_a(one))
        if iri in _ANYTHING:
            classes = frozenset(one.removeprefix(CT) for one in self.vocabulary.classes)
        concepts = tuple(self._concepts(iri, use, term))
        takes = _SPECIAL.get(column.name) or _takes(use, term, concepts=concepts, classes=classes)
        is_needed = use.least > 0 and column.number <= 1 and not _is_joined(kind, column)
        is_several = use.most is None or column.node.startswith(SOURCE)
        return Field(
            column,
            iri,
            takes,
            classes=classes if takes == "thing" else frozenset(),
            concepts=concepts,
            is_needed=is_needed,
            is_several=is_several,
        )

    def _use(self, kind: Kind, column: Column, iri: str) -> Use:
        node = kind.nodes.get(column.node)
        uses = self._uses.get(CT + node.cls, []) if node else []
        return next((one for one in uses if one.paths == (iri,)), Use((iri,)))

    def _classes(self, use: Use, term: OwnProperty | None) -> Iterator[str]:
        named = use.classes or (term.range if term and term.is_object else ())
        yield from (one.removeprefix(CT) for one in named if one in self.vocabulary.classes)

    def _concepts(self, iri: str, use: Use, term: OwnProperty | None) -> Iterator[str]:
        yield from use.codes
        schemes = [one.removeprefix(BASE) for one in use.schemes]
        own = iri.removeprefix(CT)
        if not use.codes and not schemes and own in LISTS and term and SKOS + "Concept" in term.range:
            schemes = [own]
        for scheme in schemes:
            yield from self.concepts.in_list(scheme)

    def _name(self, kind: Kind, field: Field, language: str) -> str:
        own = read_words("sheets", language).get(f"header.{field.column.name}")
        names = dict(self._use(kind, field.column, field.iri).names)
        node = NamedNode(field.iri)
        return own or names.get(language) or self.vocabulary.triples.text(node, "rdfs:label", language)

    def _group(self, kind: Kind, field: Field, language: str) -> str:
        """Return what the node of a field is called, with its number; "" for the row and for a point."""
        sort, _, number = field.column.node.partition(".")
        node = kind.nodes.get(field.column.node)
        if field.column.node == ROW or field.takes == "point":
            return ""
        label = self.class_label(node.cls, language) if node else say(f"sheets.header.{sort}", language)
        return f"{label[:1].upper()}{label[1:]} {number}".strip()


def _is_joined(kind: Kind, column: Column) -> bool:
    """Tell whether the way nodes are tied together may fill a column: what a signing signs is its row."""
    node = kind.nodes.get(column.node)
    below = [one for one in kind.nodes.values() if node and one.name and one.parent == node.sort]
    joins = [join for one in below for join in one.joins]
    return f"^{column.name}" in (node.joins if node else ()) or column.name in joins


def _takes(
    use: Use, term: OwnProperty | None, *, concepts: tuple[str, ...], classes: frozenset[str]
) -> Takes:
    if classes:
        return "thing"
    if concepts:
        return "concept"
    types = use.datatypes or (term.range if term else ())
    return next((takes for iri, takes in _TYPES.items() if iri in types), "plain")


@cache
def open_book(content: Content) -> Book:
    """Return the book of sheets, read once."""
    return Book(content)
