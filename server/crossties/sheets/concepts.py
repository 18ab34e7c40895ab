"""The concepts of the code lists and the themes: what they are called, and which one a word means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz import fuzz, process

from crossties.namespaces import BASE, LANGUAGES, SKOS
from crossties.quads import NamedNode
from crossties.search.fold import fold
from crossties.sheets.names import plain
from crossties.vocabulary import Vocabulary
from crossties.vocabulary.triples import Triples

_ALIKE = 60


class Concepts:
    """Every concept that a cell may name, by IRI; ``themes`` hold those that are data."""

    def __init__(self, vocabulary: Vocabulary, themes: Triples) -> None:
        self._sources = (vocabulary.triples, themes)
        self._meant: dict[str, set[str]] = defaultdict(set)
        for source in self._sources:
            for node in source.named("rdf:type", "skos:Concept"):
                for name in (*self._labels(node.value), node.value, node.value.removeprefix(BASE)):
                    self._meant[plain(name)].add(node.value)
                self._meant[plain(node.value.rpartition("/")[2])].add(node.value)

    def label(self, iri: str, language: str) -> str:
        """Return what a concept is called in a language."""
        node = NamedNode(iri)
        for tag in (language, *LANGUAGES):
            for source in self._sources:
                text = source.text(node, "skos:prefLabel", tag)
                if text:
                    return text
        return iri.rpartition("/")[2]

    def meaning(self, iri: str, language: str) -> str:
        """Return what a concept means, in a language."""
        texts = (source.text(NamedNode(iri), "skos:definition", language) for source in self._sources)
        return next((text for text in texts if text), "")

    def in_list(self, name: str) -> list[str]:
        """Return the concepts of a list such as ``theme``, wider before narrower."""
        scheme = BASE + name
        found: list[str] = []
        for source in self._sources:
            for top in sorted(source.named("skos:topConceptOf", scheme), key=lambda one: one.value):
                found += [top.value, *(one.value for one in source.narrower(top))]
        return list(dict.fromkeys(found))

    def meant(self, text: str, among: Collection[str]) -> list[str]:
        """Return those of the concepts that a label in any language, a code or an IRI names exactly."""
        return sorted(self._meant.get(plain(text), set()) & set(among))

    def near(self, text: str, among: Sequence[str], limit: int = 3) -> list[str]:
        """Return those of the concepts with the labels most like the text, the best first."""
        names = {(iri, name): fold(name) for iri in among for name in self._labels(iri)}
        best = process.extract(fold(text), names, scorer=fuzz.WRatio, limit=limit * 4, score_cutoff=_ALIKE)
        return list(dict.fromkeys(key[0] for _, _, key in best))[:limit]

    def _labels(self, iri: str) -> Iterator[str]:
        for source in self._sources:
            for name in (SKOS + "prefLabel", SKOS + "altLabel"):
                yield from (str(getattr(one, "value", "")) for one in source.objects(NamedNode(iri), name))
