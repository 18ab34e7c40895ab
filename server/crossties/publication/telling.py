"""Put what a shape asks into words, with the labels of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crossties.namespaces import BASE, SH, compact
from crossties.publication.wording import article, how_many, join, number
from crossties.quads import Literal, NamedNode, Term
from crossties.quads.terms import BlankNode
from crossties.vocabulary import Vocabulary
from crossties.vocabulary.triples import Triples

_DATATYPES: Final = {
    "langString": "text in a language",
    "wktLiteral": "a point in WKT",
    "anyURI": "an address",
    "string": "plain text",
    "date": "a day",
    "gYearMonth": "a month",
    "gYear": "a year",
    "boolean": "true or false",
    "integer": "a whole number",
    "decimal": "a number",
}


class Teller:
    """Puts shapes into words, with the labels of the vocabulary."""

    def __init__(self, shapes: Triples, vocabulary: Vocabulary) -> None:
        self._shapes = shapes
        self._vocabulary = vocabulary

    def sentence(self, node: Term) -> str:
        """Return “has at most one kind, which is a concept below agreement”."""
        path = self._shapes.one(node, "sh:path")
        least, most = self._number(node, "sh:minCount") or 0, self._number(node, "sh:maxCount")
        inverse = self._shapes.one(path, "sh:inversePath") if isinstance(path, BlankNode) else None
        if inverse is not None:
            count = f"is a value of “{self._path(inverse)}” of {how_many(least, most, 'thing')}"
        else:
            count = f"has {how_many(least, most, self._path(path))}"
        return f"{count}{self._values(node, many=most is None or most > 1)}"

    def _path(self, path: Term | None) -> str:
        if isinstance(path, NamedNode):
            return self.label(path.value)
        if path is None:
            return "value"
        inverse, more = self._shapes.one(path, "sh:inversePath"), self._shapes.one(path, "sh:oneOrMorePath")
        if inverse is not None:
            return f"what has it as “{self._path(inverse)}”"
        if more is not None:
            return f"{self._path(more)} at any distance"
        among = self._shapes.one(path, "sh:alternativePath")
        steps = [self._path(one) for one in self._shapes.items(among if among is not None else path)]
        return join(steps) if among is not None else ", then ".join(steps)

    def _values(self, node: Term, *, many: bool) -> str:
        """Return what is said of the values, as clauses that follow a comma."""
        told = list(self.clauses(node))
        counted = [one for one in told if one.startswith(("at least", "at most"))]
        plain = [one for one in told if one not in counted]
        each = "each of which" if many else "which"
        clauses = [f"{each} {join(plain, last='and')}"] if plain else []
        return "".join(f", {one}" for one in [*clauses, *counted])

    def clauses(self, node: Term) -> Iterator[str]:
        """Yield what a shape says of each value: “is a place”, “matches the pattern …”."""
        yield from self._kinds(node)
        yield from self._limits(node)
        yield from self._logic(node)
        inner = [one for one in self._shapes.objects(node, "sh:property") if isinstance(one, BlankNode)]
        yield from (self._inner(one) for one in inner)

    def _kinds(self, node: Term) -> Iterator[str]:
        classes = [
            article(self.label(one.value))
            for one in self._shapes.objects(node, "sh:class")
            if isinstance(one, NamedNode)
        ]
        if classes:
            yield f"is {join(classes, last='and')}"
        for one in self._shapes.objects(node, "sh:datatype"):
            yield f"is {self._datatype(one)}"
        for one in self._shapes.objects(node, "sh:node"):
            yield self._named_shape(one)
        listed = list(self._shapes.items(self._shapes.one(node, "sh:in")))
        if listed:
            yield f"is {join([self._term(one) for one in listed])}"
        for one in self._shapes.objects(node, "sh:hasValue"):
            yield f"includes {self._term(one)}"
        kind = self._shapes.one(node, "sh:nodeKind")
        if isinstance(kind, NamedNode) and not classes:
            yield {"IRI": "has an IRI of its own", "Literal": "is a literal"}.get(
                kind.value.removeprefix(SH), "is a node"
            )

    def _limits(self, node: Term) -> Iterator[str]:
        for name, words in _LIMITS.items():
            for one in self._shapes.objects(node, name):
                quoted = f"“{self._term(one)}”" if name == "sh:pattern" else self._term(one)
                yield f"{words} {quoted}"
        if self._shapes.one(node, "sh:uniqueLang") is not None:
            yield "is there once per language"
        languages = list(self._shapes.items(self._shapes.one(node, "sh:languageIn")))
        if languages:
            yield f"is in one of the languages {join([self._term(one) for one in languages])}"

    def _logic(self, node: Term) -> Iterator[str]:
        for one in self._shapes.objects(node, "sh:or"):
            yield _either([" and ".join(self._arm(item)) for item in self._shapes.items(one)])
        for one in self._shapes.objects(node, "sh:not"):
            yield _denied(" and ".join(self._arm(one)))
        for one in self._shapes.objects(node, "sh:qualifiedValueShape"):
            least, most = (
                self._number(node, "sh:qualifiedMinCount"),
                self._number(node, "sh:qualifiedMaxCount"),
            )
            often = f"at least {number(least)}" if least is not None else f"at most {number(most or 0)}"
            often = "at most zero" if often == "at most no" else often
            yield f"{often} of which {' and '.join(self._arm(one))}"

    def _arm(self, node: Term) -> list[str]:
        if isinstance(node, NamedNode):
            return [self._named_shape(node)]
        path = self._shapes.one(node, "sh:path")
        return [self.sentence(node)] if path is not None else (list(self.clauses(node)) or ["holds"])

    def _inner(self, node: Term) -> str:
        """Return what a list of codes asks for in few words, anything else as a sentence."""
        path, value = self._shapes.one(node, "sh:path"), self._shapes.one(node, "sh:hasValue")
        if isinstance(path, NamedNode) and path.value.endswith("inScheme") and value is not None:
            return f"is a concept of the list {self._term(value)}"
        if path is not None and self._shapes.one(path, "sh:oneOrMorePath") is not None:
            among = self._shapes.one(node, "sh:qualifiedValueShape")
            named = [value] if value is not None else []
            if among is not None:
                named = list(self._shapes.items(self._shapes.one(among, "sh:in")))
            if named:
                return f"is a concept below {join([self._term(one) for one in named])}"
        return self.sentence(node)

    def _named_shape(self, node: Term) -> str:
        """Say what a named shape asks of values, where that is short; else name it."""
        if not isinstance(node, NamedNode):
            return " and ".join(self.clauses(node))
        purpose = self._shapes.text(node, "rdfs:comment").partition(";")[0].rstrip(".")
        return f"is {purpose[:1].lower()}{purpose[1:]}" if purpose else f"conforms to {compact(node.value)}"

    def _number(self, node: Term, name: str) -> int | None:
        value = self._shapes.one(node, name)
        return int(value.value) if isinstance(value, Literal) else None

    def _term(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            return self.label(term.value)
        return term.value if isinstance(term, Literal) else "…"

    def label(self, iri: str) -> str:
        """Return the English label of a term, as it stands inside a sentence."""
        triples, node = self._vocabulary.triples, NamedNode(iri)
        own = (
            _FOREIGN.get(compact(iri))
            or triples.text(node, "rdfs:label")
            or triples.text(node, "skos:prefLabel")
        )
        if own:
            return own[:1].lower() + own[1:] if own[1:2].islower() else own
        return iri.removeprefix(BASE) if iri.startswith(BASE) else _words(iri)

    def _datatype(self, term: Term) -> str:
        name = term.value.rpartition("#")[2] if isinstance(term, NamedNode) else ""
        return _DATATYPES.get(name, f"a value of the type {name}")


_LIMITS: Final = {
    "sh:minInclusive": "is not below",
    "sh:maxInclusive": "is not above",
    "sh:minExclusive": "is above",
    "sh:maxExclusive": "is below",
    "sh:minLength": "has a length of at least",
    "sh:maxLength": "has a length of at most",
    "sh:pattern": "matches the pattern",
    "sh:lessThanOrEquals": "is not after the",
    "sh:lessThan": "is before the",
    "sh:disjoint": "is not also the",
    "sh:equals": "is the same as the",
}


#: Words for terms of other vocabularies.
_FOREIGN: Final = {
    "dct:issued": "date of issue",
    "geo:asWKT": "text of the point",
    "geo:hasDefaultGeometry": "geometry",
    "org:postIn": "body of the post",
    "rdf:langString": "text in a language",
    "rdf:type": "class",
    "schema:url": "address on the web",
    "skos:broader": "wider concept",
    "skos:exactMatch": "exact match",
    "skos:inScheme": "list",
    "skos:notation": "code",
    "skos:prefLabel": "label",
    "skos:topConceptOf": "list that it is at the top of",
}


def _either(arms: list[str]) -> str:
    """Join alternatives: “is a place or an organisation”."""
    for verb in ("is ", "matches the pattern ", "has "):
        if all(arm.startswith(verb) for arm in arms):
            return verb + join([arm.removeprefix(verb) for arm in arms])
    return f"either {join(arms)}"


def _denied(arm: str) -> str:
    return f"is not {arm.removeprefix('is ')}" if arm.startswith("is ") else f"is not one that {arm}"


def _words(iri: str) -> str:
    name = iri.replace("#", "/").rpartition("/")[2]
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
