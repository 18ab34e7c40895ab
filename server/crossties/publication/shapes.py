"""The shapes in words: what a thing must have, may have and must not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crossties.headers import read_header
from crossties.namespaces import SH, SHAPES
from crossties.publication.listing import Lister
from crossties.publication.telling import Teller
from crossties.publication.tongues import TONGUES
from crossties.publication.wording import article, join
from crossties.quads import Literal, NamedNode
from crossties.resources import Content
from crossties.vocabulary import Vocabulary
from crossties.vocabulary.triples import Triples

_PLACES: Final = ("sh:targetClass", "sh:targetSubjectsOf", "sh:targetObjectsOf")


@dataclass(frozen=True)
class Rule:
    """One rule: its IRI, what it says and its messages by language, and how severe a breach is."""

    iri: str
    name: str
    sentences: Mapping[str, str]
    messages: Mapping[str, str]
    severity: str


@dataclass(frozen=True)
class Shape:
    """A node shape: what it is for, the classes it is of, what it says of a value, and its rules."""

    iri: str
    name: str
    purpose: str
    classes: tuple[str, ...]
    itself: Mapping[str, str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class GraphRule:
    """A rule over the whole graph, which a query finds the breaches of."""

    name: str
    title: str
    description: str
    messages: Mapping[str, str]
    severity: str
    query: str


def read_shapes(content: Content, vocabulary: Vocabulary) -> list[Shape]:
    """Return every node shape by name, those of classes first.

    Raises:
        InputError: a shape file is broken.
    """
    reader = _Reader(Triples(sorted(content.shapes.glob("*.ttl"))), vocabulary)
    shapes = [reader.shape(one) for one in reader.nodes()]
    return sorted(shapes, key=lambda one: (not one.rules, one.name))


def read_graph_rules(content: Content) -> list[GraphRule]:
    """Return the rules over the whole graph by name.

    Raises:
        InputError: the header of one is broken.
    """
    return [_read_rule(path) for path in sorted((content.shapes / "rules").glob("*.rq"))]


def _read_rule(path: Path) -> GraphRule:
    told, text = read_header(path)
    return GraphRule(
        name=path.stem,
        title=told["title"],
        description=" ".join(str(told["description"]).split()),
        messages=told["message"],
        severity=told["severity"],
        query=text,
    )


class _Reader:
    """Reads the node shapes, each with its rules."""

    def __init__(self, shapes: Triples, vocabulary: Vocabulary) -> None:
        self._shapes = shapes
        self._vocabulary = vocabulary
        self._teller = Teller(shapes, vocabulary)
        self._listers = {tag: Lister(shapes, vocabulary, words, tag) for tag, words in TONGUES.items()}

    def nodes(self) -> Iterator[NamedNode]:
        yield from (
            one for one in self._shapes.named("rdf:type", "sh:NodeShape") if one.value.startswith(SHAPES)
        )

    def shape(self, node: NamedNode) -> Shape:
        classes = [
            one.value
            for place in _PLACES
            for one in self._shapes.objects(node, place)
            if isinstance(one, NamedNode)
        ]
        alone = len(classes) == 1 and classes[0] in self._vocabulary.classes
        subject = article(self._teller.label(classes[0])) if alone else "it"
        rules = [
            self._rule(one, subject)
            for one in self._shapes.objects(node, "sh:property")
            if isinstance(one, NamedNode)
        ]
        return Shape(
            iri=node.value,
            name=node.value.removeprefix(SHAPES),
            purpose=self._shapes.text(node, "rdfs:comment"),
            classes=tuple(classes),
            itself={
                "en": join(list(self._teller.clauses(node)), last="and"),
                **{tag: "; ".join(lister.clauses(node)) for tag, lister in self._listers.items()},
            },
            rules=tuple(rules),
        )

    def _rule(self, node: NamedNode, subject: str) -> Rule:
        texts = [one for one in self._shapes.objects(node, "sh:message") if isinstance(one, Literal)]
        severity = self._shapes.one(node, "sh:severity")
        return Rule(
            iri=node.value,
            name=node.value.removeprefix(SHAPES),
            sentences={
                "en": f"{subject} {self._teller.sentence(node)}",
                **{tag: lister.sentence(node) for tag, lister in self._listers.items()},
            },
            messages={one.language or "": one.value for one in texts},
            severity=severity.value.removeprefix(SH) if isinstance(severity, NamedNode) else "Violation",
        )
