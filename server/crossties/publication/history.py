"""The versions of the vocabulary, and what changed in each, as the ontology itself tells it.

``owl:priorVersion`` leads from the ontology to the version before, and on; each prior version has its
``dct:issued``. A term that came later has the day of its version as ``dct:issued``; what changed in it is a
``skos:changeNote`` node with the day as ``dct:date`` and the text in four languages as ``rdf:value``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from crossties.namespaces import ONTOLOGY
from crossties.quads import Literal, NamedNode, Term
from crossties.vocabulary.triples import Triples


@dataclass(frozen=True)
class Edition:
    """One version: its number and the day on which it was issued."""

    version: str
    day: str


@dataclass(frozen=True)
class Change:
    """What changed in a term in one version; texts by language."""

    edition: Edition
    texts: Mapping[str, str]

    def text(self, language: str) -> str:
        """Return what changed, in the language where it can be had."""
        return self.texts.get(language) or self.texts.get("en", "")


@dataclass(frozen=True)
class Story:
    """A term through the versions: the one in which it came, and what changed since, the newest first."""

    since: Edition
    changes: tuple[Change, ...]


class History:
    """The versions and the stories of the terms."""

    def __init__(self, triples: Triples) -> None:
        self._triples = triples

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """Return the versions, the newest first."""
        return tuple(self._editions())

    def _editions(self) -> Iterator[Edition]:
        node: Term | None = NamedNode(ONTOLOGY)
        number = self._literal(NamedNode(ONTOLOGY), "owl:versionInfo")
        seen: set[Term] = set()
        while node is not None and node not in seen:
            seen.add(node)
            yield Edition(number, self._literal(node, "dct:issued"))
            node = self._triples.one(node, "owl:priorVersion")
            number = node.value.rpartition("/")[2] if isinstance(node, NamedNode) else ""

    def story(self, term: str) -> Story:
        """Return the story of a term; one without a day of its own has been there from the first version."""
        node = NamedNode(term)
        notes = [
            one for one in self._triples.objects(node, "skos:changeNote") if not isinstance(one, Literal)
        ]
        changes = [
            Change(self._on(self._literal(one, "dct:date")), self._texts(one, "rdf:value")) for one in notes
        ]
        ordered = sorted(changes, key=lambda one: self.editions.index(one.edition))
        issued = self._literal(node, "dct:issued")
        return Story(self._on(issued) if issued else self.editions[-1], tuple(ordered))

    def changed(self, terms: Iterable[str]) -> dict[Edition, list[str]]:
        """Return the terms that came or changed in each version but the first, the newest first."""
        found: dict[Edition, list[str]] = {edition: [] for edition in self.editions[:-1]}
        for term in terms:
            story = self.story(term)
            for edition in dict.fromkeys((story.since, *(one.edition for one in story.changes))):
                if edition in found:
                    found[edition].append(term)
        return found

    def _on(self, day: str) -> Edition:
        """Return the version of a day: the first that was issued on it or after it, else the newest."""
        later = [one for one in self.editions if one.day >= day]
        return later[-1] if later else self.editions[0]

    def _literal(self, node: Term, name: str) -> str:
        found = self._triples.one(node, name)
        return found.value if isinstance(found, Literal) else ""

    def _texts(self, node: Term, name: str) -> dict[str, str]:
        found = [one for one in self._triples.objects(node, name) if isinstance(one, Literal)]
        return {one.language or "": one.value for one in found}
