"""Names out of statements alone, where no store was built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz, process

from crossties.namespaces import CT, DCT, LANGUAGES, RDF, SCHEMA, SKOS
from crossties.quads import Literal, NamedNode, Quad
from crossties.search.fold import fold
from crossties.sheets.names import LISTED, Known, likest, plain

_LABELS: Final = {SKOS + "prefLabel", DCT + "title"}
_NAMES: Final = {*_LABELS, SKOS + "altLabel"}
_ALIKE: Final = 55


class ListedNames:
    """The names that stand in statements; a thing is shown by its label in English, else in any language."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._classes: dict[str, str] = {}
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._named: dict[str, set[str]] = defaultdict(set)
        self._texts: dict[str, list[str]] = defaultdict(list)
        self._linked: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._coded: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                self._take(quad.subject.value, quad.predicate.value, quad.object)

    def exact(self, text: str, classes: Collection[str]) -> list[Known]:
        """Return the things that bear exactly this name in some language, case and spaces aside."""
        return self._of(sorted(self._named.get(plain(text), ())), classes)

    def near(self, text: str, classes: Collection[str], limit: int = 3) -> list[Known]:
        """Return the things with the names most like this one, in any script, the best first."""
        names = {
            (name, thing): fold(name)
            for name, things in self._named.items()
            for thing in sorted(things)
            if self._classes.get(thing) in classes
        }
        best = process.extract(fold(text), names, scorer=fuzz.WRatio, limit=limit * 4, score_cutoff=_ALIKE)
        found = self._of(dict.fromkeys(key[1] for _, _, key in best), classes)[:limit]
        return [replace(one, label=likest(text, self._texts[one.iri]) or one.label) for one in found]

    def by_iri(self, iri: str) -> Known | None:
        """Return the thing with this IRI."""
        return self._known(iri, LANGUAGES[0]) if iri in self._classes else None

    def by_code(self, code: str, classes: Collection[str]) -> list[Known]:
        """Return the things that have this code in a published list, or this address."""
        holders = {
            thing
            for one in self._coded.get(code, ())
            for thing in self._linked.get((CT + "code", one), {one})
        }
        return self._of(sorted(holders), classes)

    def every(self, classes: Collection[str], language: str) -> list[Known]:
        """Return things of the classes by their label in the language, at most ``LISTED`` of them."""
        found = [self._known(one, language) for one, cls in self._classes.items() if cls in classes]
        return sorted(found, key=lambda one: (one.label, one.iri))[:LISTED]

    def _take(self, subject: str, name: str, value: object) -> None:
        if isinstance(value, NamedNode):
            if name == RDF + "type":
                self._classes.setdefault(subject, value.value.removeprefix(CT))
            elif name == SCHEMA + "url":
                self._coded[value.value].add(subject)
            self._linked[name, value.value].add(subject)
        elif isinstance(value, Literal):
            if name in _NAMES:
                self._named[plain(value.value)].add(subject)
                self._texts[subject].append(value.value)
            if name in _LABELS and value.language:
                self._labels[subject].setdefault(value.language, value.value)
            if name == SKOS + "notation":
                self._coded[value.value].add(subject)

    def _of(self, things: Iterable[str], classes: Collection[str]) -> list[Known]:
        found = (self.by_iri(one) for one in things)
        return [one for one in found if one and one.cls in classes]

    def _known(self, thing: str, language: str) -> Known:
        texts = self._labels.get(thing, {})
        label = next((texts[tag] for tag in (language, *LANGUAGES, *sorted(texts)) if tag in texts), "")
        return Known(thing, self._classes[thing], label or thing.rpartition("/")[2])
