"""Look things up in a handful of files: what stands behind a property, in which language, in which list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from crossties.namespaces import GRAPH, RDF, RDFS, expand
from crossties.quads import Literal, NamedNode, Term, parse_file


class Triples:
    """The triples of several files, in the order in which they stand."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._objects: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._subjects: dict[tuple[str, Term], list[Term]] = defaultdict(list)
        self.stems: dict[str, str] = {}
        for path in paths:
            for quad in parse_file(path, graph=GRAPH + path.stem).quads:
                self._objects[quad.subject][quad.predicate.value].append(quad.object)
                self._subjects[quad.predicate.value, quad.object].append(quad.subject)
                if isinstance(quad.subject, NamedNode) and quad.predicate.value == RDFS + "label":
                    self.stems[quad.subject.value] = path.stem

    def objects(self, subject: Term, name: str) -> list[Term]:
        """Return the objects of a property, named as in ``rdfs:label``."""
        return list(self._objects.get(subject, {}).get(_iri(name), ()))

    def one(self, subject: Term, name: str) -> Term | None:
        """Return the first object of a property, or None."""
        return next(iter(self.objects(subject, name)), None)

    def subjects(self, name: str, value: Term) -> list[Term]:
        """Return the subjects of a property with this object."""
        return list(self._subjects.get((_iri(name), value), ()))

    def named(self, name: str, value: str) -> list[NamedNode]:
        """Return the subjects that have an IRI, for a property with this IRI as its object."""
        return [one for one in self.subjects(name, NamedNode(_iri(value))) if isinstance(one, NamedNode)]

    def text(self, subject: Term, name: str, language: str = "en") -> str:
        """Return the text of a property in a language, or ""."""
        texts = (one for one in self.objects(subject, name) if isinstance(one, Literal))
        return next((one.value for one in texts if one.language == language), "")

    def items(self, start: Term | None) -> Iterator[Term]:
        """Yield the items of an RDF list."""
        while start is not None and start != NamedNode(RDF + "nil"):
            yield from self.objects(start, "rdf:first")[:1]
            start = self.one(start, "rdf:rest")

    def narrower(self, concept: NamedNode) -> Iterator[NamedNode]:
        """Yield every concept below a concept, depth first."""
        for one in self.subjects("skos:broader", concept):
            if isinstance(one, NamedNode):
                yield one
                yield from self.narrower(one)


def _iri(name: str) -> str:
    return expand(name) or name
