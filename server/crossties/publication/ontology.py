"""The vocabulary as it is published: its terms with all that a reader wants to know of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from crossties.namespaces import CT, DCT, ONTOLOGY, OWL, compact
from crossties.publication.history import Edition, History, Story
from crossties.quads import Literal, NamedNode, Term, iri, to_text
from crossties.questions.catalogue import Question
from crossties.resources import Content
from crossties.results import read_table
from crossties.vocabulary import OwnClass, OwnProperty, Use, Vocabulary, read_uses, read_vocabulary

Run = Callable[[str], bytes]
_STATUS: Final = "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"
_NAMES: Final = re.compile(r"\bct:([A-Za-z]+)")


@dataclass(frozen=True)
class Sample:
    """A statement of the real data: whose it is, and its value with the IRI where it has one."""

    thing: str
    label: str
    value: str = ""
    value_iri: str = ""


@dataclass(frozen=True)
class Usage:
    """How often a term is used in the data, and where for instance."""

    count: int
    sample: Sample | None = None


@dataclass(frozen=True)
class Entry:
    """A class or property as its entry shows it; texts are by language, all else IRIs."""

    iri: str
    name: str
    is_class: bool
    is_derived: bool
    stem: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    disjoint: tuple[str, ...]
    see_also: tuple[str, ...]
    status: str
    replaced_by: tuple[str, ...]
    uses: tuple[Use, ...]
    used_by: tuple[tuple[str, Use], ...]
    questions: tuple[Question, ...]
    story: Story

    @property
    def is_deprecated(self) -> bool:
        """Say whether the term should no longer be used."""
        return self.status in {"archaic", "deprecated"} or bool(self.replaced_by)


class Ontology:
    """The vocabulary, its shapes and the questions, joined."""

    def __init__(self, content: Content, questions: Iterable[Question]) -> None:
        self.vocabulary: Vocabulary = read_vocabulary(content)
        self._uses = read_uses(content, self.vocabulary)
        self._questions = list(questions)
        self.history = History(self.vocabulary.triples)

    def title(self, language: str) -> str:
        """Return the title of the ontology."""
        return self._text(ONTOLOGY, DCT + "title", language)

    def description(self, language: str) -> str:
        """Return what the ontology says it is for."""
        return self._text(ONTOLOGY, DCT + "description", language)

    @cached_property
    def version(self) -> str:
        """Return the version that is published."""
        return self._text(ONTOLOGY, OWL + "versionInfo", "")

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """Return dates, creator and citation of the ontology as ``(property, value)``."""
        named = (DCT + name for name in ("issued", "modified", "bibliographicCitation"))
        return [(name, self._text(ONTOLOGY, name, "")) for name in named]

    @cached_property
    def changed(self) -> list[tuple[Edition, list[str]]]:
        """Return the versions, the newest first, each with the terms that came or changed in it."""
        terms = [one.iri for one in (*self.classes, *self.properties)]
        found = self.history.changed(terms)
        return [(edition, found.get(edition, [])) for edition in self.history.editions]

    @cached_property
    def classes(self) -> list[Entry]:
        """Return the classes by name."""
        return [self._class(one) for one in self.vocabulary.classes.values()]

    @cached_property
    def properties(self) -> list[Entry]:
        """Return the properties by name, those that the build derives last."""
        terms = [self._property(one) for one in self.vocabulary.properties.values()]
        return sorted(terms, key=lambda one: one.is_derived)

    def label(self, address: str, language: str = "en") -> str:
        """Return the label of a term, of ours or not."""
        own = self._text(address, "rdfs:label", language) or self._text(address, "skos:prefLabel", language)
        return own or compact(address)

    def _class(self, one: OwnClass) -> Entry:
        used = [(iri, use) for iri, uses in self._uses.items() for use in uses if one.iri in use.classes]
        return self._term(
            one.iri, is_class=True, above=one.above, uses=self._uses.get(one.iri, []), used=used
        )

    def _property(self, one: OwnProperty) -> Entry:
        used = [(iri, use) for iri, uses in self._uses.items() for use in uses if one.iri in use.paths]
        return self._term(
            one.iri, is_class=False, above=one.above, used=used, own=one, is_derived=one.is_derived
        )

    def _term(  # noqa: PLR0913 - one parameter for each thing in which classes and properties differ
        self,
        address: str,
        *,
        is_class: bool,
        above: tuple[str, ...],
        uses: Iterable[Use] = (),
        used: Iterable[tuple[str, Use]] = (),
        own: OwnProperty | None = None,
        is_derived: bool = False,
    ) -> Entry:
        triples, node = self.vocabulary.triples, NamedNode(address)
        name = address.removeprefix(CT)
        below = self.vocabulary.below(address) if is_class else self._narrower(address)
        return Entry(
            iri=address,
            name=name,
            is_class=is_class,
            is_derived=is_derived,
            stem=triples.stems.get(address, ""),
            labels=self._texts(node, "rdfs:label"),
            definitions=self._texts(node, "skos:definition"),
            notes=tuple(self._texts(node, "skos:scopeNote").values()),
            examples=tuple(self._texts(node, "skos:example").values()),
            above=above,
            below=tuple(below),
            domain=own.domain if own else (),
            range=own.range if own else (),
            disjoint=self._iris(node, "owl:disjointWith"),
            see_also=self._iris(node, "rdfs:seeAlso"),
            status=self._text(address, _STATUS, ""),
            replaced_by=self._iris(node, "dct:isReplacedBy"),
            uses=tuple(uses),
            used_by=tuple(used),
            questions=self._asking(name, triples.stems.get(address, "")),
            story=self.history.story(address),
        )

    def _asking(self, name: str, stem: str) -> tuple[Question, ...]:
        """Return the questions that ask by a term, those of its own area first."""
        found = [one for one in self._questions if name in self._named[one.name]]
        return tuple(sorted(found, key=lambda one: one.area != stem))

    def _narrower(self, address: str) -> list[str]:
        return [one.iri for one in self.vocabulary.properties.values() if address in one.above]

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        return {one.name: set(_NAMES.findall(one.text)) for one in self._questions}

    def _texts(self, node: Term, name: str) -> dict[str, str]:
        found = [one for one in self.vocabulary.triples.objects(node, name) if isinstance(one, Literal)]
        return {one.language or "": one.value for one in found}

    def _text(self, address: str, name: str, language: str) -> str:
        texts = self._texts(NamedNode(address), name)
        return texts.get(language) or texts.get("en") or texts.get("", "")

    def _iris(self, node: Term, name: str) -> tuple[str, ...]:
        found = self.vocabulary.triples.objects(node, name)
        return tuple(one.value for one in found if isinstance(one, NamedNode))


def read_usage(run: Run) -> dict[str, Usage]:
    """Count each class and property of ours in the data, and choose an example of each."""
    rows = [
        *read_table(run(_CLASSES)).rows,
        *read_table(run(_PROPERTIES)).rows,
    ]
    chosen = {one.text: (int(n.text), first.text) for one, n, first in rows if one and n and first}
    samples = _read_samples(run, {term: first for term, (_, first) in chosen.items()})
    return {term: Usage(count, samples.get(term)) for term, (count, _) in chosen.items()}


_CLASSES: Final = f"""SELECT ?class (COUNT(?thing) AS ?count) (MIN(STR(?thing)) AS ?first) WHERE {{
  ?thing a ?class FILTER(STRSTARTS(STR(?class), "{CT}") && isIRI(?thing)) }} GROUP BY ?class"""
_PROPERTIES: Final = f"""SELECT ?property (COUNT(?thing) AS ?count) (MIN(STR(?thing)) AS ?first) WHERE {{
  ?thing ?property ?value FILTER(STRSTARTS(STR(?property), "{CT}") && isIRI(?thing)) }} GROUP BY ?property"""


def _read_samples(run: Run, firsts: Mapping[str, str]) -> dict[str, Sample]:
    pairs = " ".join(f"({_text(term)} {_text(thing)})" for term, thing in sorted(firsts.items()))
    query = f"""PREFIX ct: <{CT}>
SELECT ?term ?thing ?thingLabel ?value ?valueLabel WHERE {{
  VALUES (?term ?thing) {{ {pairs} }}
  OPTIONAL {{ ?thing ct:labelEn ?thingLabel }}
  OPTIONAL {{ ?thing ?term ?value OPTIONAL {{ ?value ct:labelEn ?valueLabel }} }}
}} ORDER BY ?term ?valueLabel ?value"""
    found: dict[str, list[Sample]] = defaultdict(list)
    for term, thing, thing_label, value, value_label in read_table(run(query)).rows:
        if term and thing:
            label = thing_label.text if thing_label else compact(thing.text)
            shown = value_label.text if value_label else (value.text if value else "")
            address = value.text if value and value.type == "iri" else ""
            found[term.text].append(Sample(thing.text, label, shown, address))
    return {term: samples[0] for term, samples in found.items()}


def _text(address: str) -> str:
    return to_text(iri(address))
