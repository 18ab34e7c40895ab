"""What uploads are checked against: the published graph, its names, the shapes and rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from crossties.namespaces import BASE, CT, GRAPH, RDF, RDFS, SHAPES
from crossties.quads import NamedNode, Quad, Term, parse_file
from crossties.resources import Content
from crossties.search.labels import Labels, Match
from crossties.sheets.names import Names
from crossties.validation.incremental import Base, Checker
from crossties.validation.shapes import named_terms

TYPE: Final = NamedNode(RDF + "type")
_DEFINED_BY: Final = NamedNode(RDFS + "isDefinedBy")
_ONTOLOGY: Final = NamedNode(BASE + "ns")
#: Runs a SELECT and returns its result in SPARQL JSON.
Run = Callable[[str], bytes]


@dataclass(frozen=True)
class Surroundings:
    """The published graph with what is needed to check uploads against it.

    ``labels`` and ``names`` look its things up by name, None where nothing is known by name. ``origins``
    tells which file a named graph stands in, where that is known. ``apart`` is the graph without any earlier
    state of the uploads, where these are judged whole and not by what they change.
    """

    base: Base
    checker: Checker
    content: Content
    labels: Labels | None = None
    names: Names | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    apart: Base | None = None

    @property
    def familiar(self) -> frozenset[str]:
        """Return the terms of other vocabularies that are in use here."""
        return find_familiar(self.content)

    @property
    def around(self) -> Base:
        """Return the graph that the uploads come into."""
        return self.apart or self.base

    def is_described(self, iri: str) -> bool:
        """Return whether something is said of a thing."""
        return self.is_stated(NamedNode(iri), None, None)

    def is_stated(self, subject: Term | None, predicate: Term | None, value: Term | None) -> bool:
        """Return whether there is such a triple."""
        return next(iter(self.around.match(subject, predicate, value)), None) is not None

    def own_terms(self) -> set[str]:
        """Return the classes and properties of the vocabulary."""
        found = self.around.match(None, _DEFINED_BY, _ONTOLOGY)
        return {subject.value for subject, _, _ in found if isinstance(subject, NamedNode)}

    def classes_of(self, iri: str) -> set[str]:
        """Return the classes of a thing by their local names."""
        found = self.around.match(NamedNode(iri), TYPE, None)
        return {value.value.removeprefix(CT) for _, _, value in found if isinstance(value, NamedNode)}

    def below(self, prefix: str) -> list[str]:
        """Return the named things whose IRIs start so."""
        return [match.iri for match in self.labels.below(prefix)] if self.labels else []

    def named(self, text: str, classes: Collection[str]) -> list[Match]:
        """Return the things that bear a name, in any spelling."""
        return self.labels.called(text, classes) if self.labels and text.strip() else []

    def near(self, text: str, classes: Collection[str], limit: int = 5) -> list[Match]:
        """Return the things with the names most like this one."""
        return self.labels.near(text, classes, limit) if self.labels and text.strip() else []


@lru_cache(maxsize=2)
def find_familiar(content: Content) -> frozenset[str]:
    """Return the terms of other vocabularies that are in use here: those of shapes, ontology and context."""
    found = set(named_terms(content.shapes)) | _context_terms(content.ontology / "context.jsonld")
    for path in sorted(content.ontology.glob("*.ttl")):
        quads = parse_file(path, graph=f"{GRAPH}ontology/{path.stem}").quads
        found |= {term for quad in quads for term in terms_of(quad)}
    return frozenset(term for term in found if not term.startswith((CT, SHAPES)))


def terms_of(quad: Quad) -> Iterable[str]:
    """Yield the property of a triple, and its class where it gives one."""
    yield quad.predicate.value
    if quad.predicate == TYPE and isinstance(quad.object, NamedNode):
        yield quad.object.value


def _context_terms(path: Path) -> set[str]:
    context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    prefixes = {name: value for name, value in context.items() if isinstance(value, str)}
    named = [entry["@id"] for entry in context.values() if isinstance(entry, dict) and "@id" in entry]
    pairs = (name.partition(":") for name in named)
    return {prefixes[prefix] + local for prefix, colon, local in pairs if colon and prefix in prefixes}
