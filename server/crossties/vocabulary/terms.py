"""The own terms: classes, properties and code lists, as the ontology states them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from crossties.namespaces import BASE, CT, LISTS, OWL, compact
from crossties.quads import NamedNode, Term
from crossties.quads.terms import BlankNode
from crossties.resources import Content
from crossties.vocabulary.triples import Triples

_DERIVED = "Derived at build"


@dataclass(frozen=True)
class OwnTerm:
    """A term of ours: its name without prefix, the file that holds it, and what it means, in English."""

    name: str
    stem: str
    label: str
    definition: str
    note: str

    @property
    def iri(self) -> str:
        """Return its IRI."""
        return CT + self.name

    @property
    def is_derived(self) -> bool:
        """Return whether the build makes it and no file may."""
        return self.note.startswith(_DERIVED)


@dataclass(frozen=True)
class OwnClass(OwnTerm):
    """A class, with the IRIs of the classes right above it."""

    above: tuple[str, ...]


@dataclass(frozen=True)
class OwnProperty(OwnTerm):
    """A property: the IRIs of the classes it joins, whether its values are things."""

    domain: tuple[str, ...]
    range: tuple[str, ...]
    above: tuple[str, ...]
    is_object: bool


@dataclass(frozen=True)
class Concept:
    """A concept of a code list; ``depth`` is 0 for one at the top."""

    iri: str
    code: str
    label: str
    definition: str
    depth: int


class Vocabulary:
    """The ontology, ready to be asked."""

    def __init__(self, triples: Triples) -> None:
        self.triples = triples

    @cached_property
    def classes(self) -> dict[str, OwnClass]:
        """Return the own classes by IRI, sorted by name."""
        return {one.value: self._class(one) for one in self._own("owl:Class")}

    @cached_property
    def properties(self) -> dict[str, OwnProperty]:
        """Return the own properties by IRI, sorted by name."""
        found = {*self._own("owl:ObjectProperty"), *self._own("owl:DatatypeProperty")}
        return {one.value: self._property(one) for one in sorted(found, key=lambda one: one.value.lower())}

    @cached_property
    def lists(self) -> dict[str, list[Concept]]:
        """Return the concepts of each small code list, wider before narrower; themes are data."""
        return {name: self._list(name) for name in LISTS if name != "theme"}

    def above(self, iri: str) -> list[str]:
        """Return a class and everything above it."""
        wider = (
            [up for term in self.classes[iri].above for up in self.above(term)] if iri in self.classes else []
        )
        return [iri, *wider]

    def below(self, iri: str) -> list[str]:
        """Return the own classes below a class."""
        return [other for other in self.classes if other != iri and iri in self.above(other)]

    def properties_of(self, iri: str) -> list[OwnProperty]:
        """Return the properties that a thing of the class may be given; derived ones are not among them."""
        wider = set(self.above(iri))
        return [one for one in self.properties.values() if not one.is_derived and wider & set(one.domain)]

    def _own(self, kind: str) -> list[NamedNode]:
        found = {one for one in self.triples.named("rdf:type", kind) if one.value.startswith(CT)}
        return sorted(found, key=lambda one: one.value.lower())

    def _class(self, node: NamedNode) -> OwnClass:
        return OwnClass(*self._words(node), above=self._iris(node, "rdfs:subClassOf"))

    def _property(self, node: NamedNode) -> OwnProperty:
        words = self._words(node)
        kinds = self._iris(node, "rdf:type")
        return OwnProperty(
            *words,
            domain=self._joined(node, "rdfs:domain"),
            range=self._joined(node, "rdfs:range"),
            above=self._iris(node, "rdfs:subPropertyOf"),
            is_object=OWL + "ObjectProperty" in kinds,
        )

    def _words(self, node: NamedNode) -> tuple[str, str, str, str, str]:
        texts = [
            self.triples.text(node, name) for name in ("rdfs:label", "skos:definition", "skos:scopeNote")
        ]
        return (
            node.value.removeprefix(CT),
            self.triples.stems.get(node.value, ""),
            texts[0],
            texts[1],
            texts[2],
        )

    def _iris(self, node: Term, name: str) -> tuple[str, ...]:
        return tuple(one.value for one in self.triples.objects(node, name) if isinstance(one, NamedNode))

    def _joined(self, node: NamedNode, name: str) -> tuple[str, ...]:
        """Return the class that a property names, or the members of the union that it names."""
        found: list[Term] = []
        for value in self.triples.objects(node, name):
            is_union = isinstance(value, BlankNode)
            found += self.triples.items(self.triples.one(value, "owl:unionOf")) if is_union else [value]
        return tuple(one.value for one in found if isinstance(one, NamedNode))

    def _list(self, name: str) -> list[Concept]:
        scheme = BASE + name
        tops = sorted(self.triples.named("skos:topConceptOf", scheme), key=lambda one: one.value)
        return [concept for top in tops for concept in self._tree(top, 0)]

    def _tree(self, node: NamedNode, depth: int) -> list[Concept]:
        code = self.triples.one(node, "skos:notation")
        texts = [self.triples.text(node, name) for name in ("skos:prefLabel", "skos:definition")]
        own = Concept(node.value, getattr(code, "value", compact(node.value)), texts[0], texts[1], depth)
        below = sorted(self.triples.named("skos:broader", node.value), key=lambda one: one.value)
        return [own, *(concept for one in below for concept in self._tree(one, depth + 1))]


def read_vocabulary(content: Content) -> Vocabulary:
    """Read the shipped ontology.

    Raises:
        InputError: one of its files is broken.
    """
    return Vocabulary(Triples(sorted(content.ontology.glob("*.ttl"))))
