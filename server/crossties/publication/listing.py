"""List what a shape asks in a language that inflects: “osapuoli: vähintään 2; luokka: organisaatio”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crossties.namespaces import BASE, SH, compact
from crossties.publication.tongues import Tongue
from crossties.quads import Literal, NamedNode, Term
from crossties.quads.terms import BlankNode
from crossties.vocabulary import Vocabulary
from crossties.vocabulary.triples import Triples


class Lister:
    """Lists what shapes ask, in the words of one language."""

    def __init__(self, shapes: Triples, vocabulary: Vocabulary, tongue: Tongue, language: str) -> None:
        self._shapes = shapes
        self._vocabulary = vocabulary
        self._words = tongue
        self._language = language

    def sentence(self, node: Term) -> str:
        """Return what a property shape asks: the name of the path, how many values, and what they are."""
        name = self._shapes.text(node, "sh:name", self._language) or self._path(
            self._shapes.one(node, "sh:path")
        )
        return f"{name}: {'; '.join((self._count(node), *self.clauses(node)))}"

    def clauses(self, node: Term) -> Iterator[str]:
        """Yield what a shape asks of each value."""
        words = self._words
        classes = [self.label(one) for one in self._shapes.objects(node, "sh:class")]
        if classes:
            yield words.its_class.format(self._join(classes, words.and_word))
        for one in self._shapes.objects(node, "sh:datatype"):
            yield self._datatype(one)
        for one in self._shapes.objects(node, "sh:node"):
            yield from self._named_shape(one)
        listed = list(self._shapes.items(self._shapes.one(node, "sh:in")))
        if listed:
            yield words.one_of.format(self._join(map(self.label, listed), words.or_word))
        for one in self._shapes.objects(node, "sh:hasValue"):
            yield words.includes.format(self.label(one))
        kind = self._shapes.one(node, "sh:nodeKind")
        if isinstance(kind, NamedNode) and not classes:
            told = {"IRI": words.own_iri, "Literal": words.text}
            yield told.get(kind.value.removeprefix(SH), words.node)
        yield from self._limits(node)
        yield from self._logic(node)
        for one in self._shapes.objects(node, "sh:property"):
            if isinstance(one, BlankNode):
                yield self._inner(one)

    def _count(self, node: Term) -> str:
        least, most = self._number(node, "sh:minCount") or 0, self._number(node, "sh:maxCount")
        if most == 0:
            return self._words.none
        if most is None:
            return self._words.at_least.format(least) if least else self._words.any_number
        if least == most:
            return self._words.exactly.format(most)
        return self._words.between.format(least, most) if least else self._words.at_most.format(most)

    def _limits(self, node: Term) -> Iterator[str]:
        for name, words in self._words.limits.items():
            for one in self._shapes.objects(node, name):
                yield words.format(self.label(one))
        if self._shapes.one(node, "sh:uniqueLang") is not None:
            yield self._words.once_per_language
        languages = list(self._shapes.items(self._shapes.one(node, "sh:languageIn")))
        if languages:
            yield self._words.languages.format(", ".join(map(self.label, languages)))

    def _logic(self, node: Term) -> Iterator[str]:
        words = self._words
        for one in self._shapes.objects(node, "sh:or"):
            yield self._either([self._arm(item) for item in self._shapes.items(one)])
        for one in self._shapes.objects(node, "sh:not"):
            yield words.never.format(self._arm(one))
        for one in self._shapes.objects(node, "sh:qualifiedValueShape"):
            least = self._number(node, "sh:qualifiedMinCount")
            most = self._number(node, "sh:qualifiedMaxCount")
            many = words.at_least.format(least) if least is not None else words.at_most.format(most or 0)
            yield words.qualified.format(many, self._arm(one))

    def _either(self, arms: list[str]) -> str:
        """Join alternatives; classes are named as one list."""
        start = self._words.its_class.partition("{}")[0]
        if all(arm.startswith(start) and ";" not in arm for arm in arms):
            named = [arm.removeprefix(start) for arm in arms]
            return start + self._join(named, self._words.or_word)
        told = [f"({arm})" if ";" in arm else arm for arm in arms]
        return self._words.either.format(self._join(told, self._words.or_word))

    def _arm(self, node: Term) -> str:
        if not isinstance(node, NamedNode) and self._shapes.one(node, "sh:path") is not None:
            return self.sentence(node)
        told = self._named_shape(node) if isinstance(node, NamedNode) else self.clauses(node)
        return "; ".join(told)

    def _inner(self, node: Term) -> str:
        """Return what a list of codes asks for in few words, anything else whole."""
        path, value = self._shapes.one(node, "sh:path"), self._shapes.one(node, "sh:hasValue")
        if isinstance(path, NamedNode) and path.value.endswith("inScheme") and value is not None:
            return self._words.concept_of.format(self.label(value))
        if path is not None and self._shapes.one(path, "sh:oneOrMorePath") is not None:
            among = self._shapes.one(node, "sh:qualifiedValueShape")
            listed = [] if among is None else self._shapes.items(self._shapes.one(among, "sh:in"))
            named = [value] if value is not None else list(listed)
            if named:
                return self._words.concept_below.format(
                    self._join(map(self.label, named), self._words.or_word)
                )
        return f"({self.sentence(node)})"

    def _named_shape(self, node: Term) -> Iterator[str]:
        told = list(self.clauses(node))
        if told and len(told) <= _SHORT:
            yield from told
        elif isinstance(node, NamedNode):
            yield self._words.shape.format(compact(node.value))

    def _path(self, path: Term | None) -> str:
        if isinstance(path, NamedNode):
            return self.label(path)
        if path is None:
            return ""
        inverse, more = self._shapes.one(path, "sh:inversePath"), self._shapes.one(path, "sh:oneOrMorePath")
        if inverse is not None:
            return self._words.inverse.format(self._path(inverse))
        if more is not None:
            return self._words.at_any_distance.format(self._path(more))
        among = self._shapes.one(path, "sh:alternativePath")
        steps = [self._path(one) for one in self._shapes.items(among if among is not None else path)]
        return self._join(steps, self._words.or_word) if among is not None else " → ".join(steps)

    def label(self, term: Term) -> str:
        """Return the label of a term, or the text of a literal."""
        if not isinstance(term, NamedNode):
            return term.value if isinstance(term, Literal) else ""
        triples = self._vocabulary.triples
        for name in ("rdfs:label", "skos:prefLabel"):
            found = triples.text(term, name, self._language)
            if found:
                return found
        return term.value.removeprefix(BASE) if term.value.startswith(BASE) else compact(term.value)

    def _datatype(self, term: Term) -> str:
        name = term.value.rpartition("#")[2] if isinstance(term, NamedNode) else ""
        return self._words.datatypes.get(name, name)

    def _number(self, node: Term, name: str) -> int | None:
        value = self._shapes.one(node, name)
        return int(value.value) if isinstance(value, Literal) else None

    def _join(self, words: Iterable[str], last: str) -> str:
        *first, end = list(words)
        return f"{', '.join(first)} {last} {end}" if first else end


#: A named shape that asks no more than this many things is told where it is used.
_SHORT = 2
