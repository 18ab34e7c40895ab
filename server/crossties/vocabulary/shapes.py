"""What the shapes ask of a thing of a class: how often each property, and which values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crossties.namespaces import BASE, LANGUAGES, RDF, SKOS
from crossties.quads import Literal, NamedNode, Term
from crossties.resources import Content
from crossties.vocabulary.terms import Vocabulary
from crossties.vocabulary.triples import Triples


@dataclass(frozen=True)
class Use:
    """How a class uses a property, or one of several properties of which some must be there.

    ``codes`` are the concepts that are allowed, ``schemes`` the lists they may be of; all values are IRIs.
    ``names`` pairs each language with what the use is called in it.
    """

    paths: tuple[str, ...]
    least: int = 0
    most: int | None = None
    name: str = ""
    message: str = ""
    classes: tuple[str, ...] = ()
    datatypes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    @property
    def cardinality(self) -> str:
        """Return the cardinality in one word: ``1``, ``0..1``, ``1..*``, ``*``."""
        if self.most is None:
            return f"{self.least}..*" if self.least else "*"
        return str(self.most) if self.least == self.most else f"{self.least}..{self.most}"


def read_uses(content: Content, vocabulary: Vocabulary) -> dict[str, list[Use]]:
    """Return, for the IRI of each class that shapes target, what they say of a thing of exactly that class.

    Raises:
        InputError: a shape file is broken.
    """
    shapes = Triples(sorted(content.shapes.glob("*.ttl")))
    reader = _Reader(shapes, vocabulary)
    return {iri: reader.uses(iri) for iri in vocabulary.classes}


class _Reader:
    def __init__(self, shapes: Triples, vocabulary: Vocabulary) -> None:
        self._shapes = shapes
        self._vocabulary = vocabulary
        self._concepts_known = set(vocabulary.triples.named("rdf:type", "skos:Concept"))

    def uses(self, iri: str) -> list[Use]:
        """Return the uses by a class, its superclasses included; shapes of one path are joined."""
        found: dict[tuple[str, ...], Use] = {}
        targets = dict.fromkeys(
            shape for up in self._vocabulary.above(iri) for shape in self._shapes.named("sh:targetClass", up)
        )
        for shape in targets:
            for one in self._shapes.objects(shape, "sh:property"):
                use = self._use(one)
                if use:
                    found[use.paths] = _both(found[use.paths], use) if use.paths in found else use
        return list(found.values())

    def _use(self, shape: Term) -> Use | None:
        paths = self._paths(self._shapes.one(shape, "sh:path"))
        if not paths or paths == (RDF + "type",):
            return None
        use = Use(
            paths,
            least=self._number(shape, "sh:minCount") or 0,
            most=self._number(shape, "sh:maxCount"),
            name=self._shapes.text(shape, "sh:name"),
            message=self._shapes.text(shape, "sh:message"),
            names=tuple((tag, self._shapes.text(shape, "sh:name", tag)) for tag in LANGUAGES),
        )
        return self._with_values(use, shape)

    def _paths(self, path: Term | None) -> tuple[str, ...]:
        """Return a property alone, or those of which some must be there; other paths are none of ours."""
        if isinstance(path, NamedNode):
            return (path.value,)
        among = self._shapes.one(path, "sh:alternativePath") if path is not None else None
        items = list(self._shapes.items(among))
        return tuple(one.value for one in items if isinstance(one, NamedNode)) if items else ()

    def _number(self, shape: Term, name: str) -> int | None:
        value = self._shapes.one(shape, name)
        return int(value.value) if isinstance(value, Literal) else None

    def _with_values(self, use: Use, shape: Term) -> Use:
        """Add what the shape, and every shape inside it, lets the values be."""
        inside = list(self._inside(shape, set()))
        roots = [root for one in inside for root in self._concepts(one)]
        lists = [one for one in roots if "/" not in one.removeprefix(BASE)]
        named = [one for node in inside for one in self._named(node)]
        below = [code for root in roots if root not in lists for code in self._below(root)]
        return replace(
            use,
            classes=tuple(_unique(one for node in inside for one in self._iris(node, "sh:class"))),
            datatypes=tuple(_unique(one for node in inside for one in self._iris(node, "sh:datatype"))),
            codes=tuple(_unique([*named, *below])),
            schemes=tuple(_unique(lists)),
        )

    def _inside(self, shape: Term, seen: set[Term]) -> Iterator[Term]:
        """Yield a shape and what must or may hold beside it; never what ``sh:not`` forbids."""
        if shape in seen:
            return
        seen.add(shape)
        yield shape
        direct = self._shapes.objects(shape, "sh:node")
        lists = [*self._shapes.objects(shape, "sh:or"), *self._shapes.objects(shape, "sh:and")]
        for inner in [*direct, *(item for one in lists for item in self._shapes.items(one))]:
            yield from self._inside(inner, seen)

    def _named(self, shape: Term) -> Iterator[str]:
        """Yield the concepts that a shape lists by name."""
        listed = [
            *self._shapes.objects(shape, "sh:hasValue"),
            *self._shapes.items(self._shapes.one(shape, "sh:in")),
        ]
        for value in listed:
            if isinstance(value, NamedNode) and value in self._concepts_known:
                yield value.value

    def _concepts(self, shape: Term) -> Iterator[str]:
        """Yield the lists and wider concepts that a shape's values must be in or below."""
        for one in self._shapes.objects(shape, "sh:property"):
            path = self._shapes.one(one, "sh:path")
            broader = path is not None and self._shapes.one(path, "sh:oneOrMorePath") is not None
            if broader or path == NamedNode(SKOS + "inScheme"):
                qualified = self._shapes.one(one, "sh:qualifiedValueShape")
                among = self._shapes.one(qualified, "sh:in") if qualified is not None else None
                values = [*self._shapes.objects(one, "sh:hasValue"), *self._shapes.items(among)]
                yield from (value.value for value in values if isinstance(value, NamedNode))

    def _below(self, root: str) -> list[str]:
        return [one.value for one in self._vocabulary.triples.narrower(NamedNode(root))]

    def _iris(self, node: Term, name: str) -> list[str]:
        return [one.value for one in self._shapes.objects(node, name) if isinstance(one, NamedNode)]


def _both(first: Use, second: Use) -> Use:
    most = [one for one in (first.most, second.most) if one is not None]
    narrow = second if second.codes or second.schemes else first
    return Use(
        first.paths,
        least=max(first.least, second.least),
        most=min(most) if most else None,
        name=first.name or second.name,
        message=first.message or second.message,
        classes=first.classes or second.classes,
        datatypes=first.datatypes or second.datatypes,
        codes=narrow.codes,
        schemes=narrow.schemes,
        names=first.names or second.names,
    )


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
