"""Put candidates together as named graphs, each small enough to be sent."""

from __future__ import annotations

from collections.abc import Iterator

from crossties.namespaces import BASE, CT, DCT, GEO, GRAPH, ID, RDF, SCHEMA, SKOS
from crossties.quads import Literal, NamedNode, Quad, literal
from crossties.quads.terms import tagged

_NAMESPACES = {"ct": CT, "dct": DCT, "geo": GEO, "rdf": RDF, "schema": SCHEMA, "skos": SKOS}
#: What is said of one thing: property → values. Texts are IRIs below the base.
Value = NamedNode | Literal


class Graphs:
    """Named graphs by their path, ``places/list-finland``; each is given the day of its making."""

    def __init__(self, created: str) -> None:
        self._created = created
        self._quads: dict[str, dict[Quad, None]] = {}

    def add(self, path: str, subject: str, **values: Value | list[Value] | None) -> None:
        """Say something of a subject in a graph: ``ct_party=link("…")``; None is left out."""
        graph = NamedNode(GRAPH + path)
        if path not in self._quads:
            day = literal(self._created, "date")
            self._quads[path] = {Quad(graph, NamedNode(DCT + "created"), day, graph): None}
        own = self._quads[path]
        node = NamedNode(subject)
        for name, value in values.items():
            predicate = NamedNode(expand(name))
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    own[Quad(node, predicate, one, graph)] = None

    def paths(self) -> list[str]:
        """Return the paths of the graphs, sorted."""
        return sorted(self._quads)

    def quads(self, path: str = "") -> Iterator[Quad]:
        """Yield the quads of one graph, or of all."""
        for one in [path] if path else self.paths():
            yield from self._quads.get(one, {})

    def __len__(self) -> int:
        """Return how many statements there are."""
        return sum(len(own) for own in self._quads.values())


def expand(name: str) -> str:
    """Turn ``ct_party`` into an IRI."""
    prefix, _, local = name.partition("_")
    return _NAMESPACES[prefix] + local


def link(iri: str) -> NamedNode:
    """Return the term of an IRI, which may be written below the base: ``kind/twinning``."""
    return NamedNode(iri if "://" in iri else BASE + iri)


def thing(word: str, slug: str) -> str:
    """Return the IRI of a thing: ``id/<word>/<slug>``."""
    return f"{ID}{word}/{slug}"


def names(texts: dict[str, str]) -> list[Value]:
    """Return the names by their language; a language that is not well-formed is undetermined."""
    return [tagged(text, tag) or Literal(text, language="und") for tag, text in texts.items() if text]


def labelled(texts: dict[str, str]) -> list[Value]:
    """Return the names of a body or place, which needs one in English and one more.

    Where a list gives a single name, it also stands as it is written, in a language that nobody told.
    """
    known = {tag: text for tag, text in texts.items() if text}
    first = known.get("en") or next(iter(known.values()), "")
    known = {"en": first, **known}
    if len(known) == 1:
        known["und"] = first
    return names(known)


def passage(document: str, row: int) -> NamedNode:
    """Return the passage that a row of a list is: paragraphs are rows."""
    return NamedNode(f"{thing('document', document)}/p{row}")
