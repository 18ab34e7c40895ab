"""Follow Turtle, TriG, N-Triples or N-Quads statement by statement, with the place of each.

It reads what a strict parser has accepted, and never judges: where it can't follow, it ends early.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from crossties.errors import RequestError
from crossties.namespaces import RDF
from crossties.quads import Literal, NamedNode, iri
from crossties.quads.terms import BlankNode, tagged
from crossties.turtle.names import Names, bare_literal, is_directive, string_value
from crossties.turtle.tokens import Token, scan

_FIRST: Final = iri(RDF + "first")
_REST: Final = iri(RDF + "rest")
_NIL: Final = iri(RDF + "nil")
_TYPE: Final = iri(RDF + "type")
#: What stands for a name with an unknown prefix, or that is no whole IRI.
UNREADABLE: Final = iri("urn:crossties:unreadable")
_DEEPEST: Final = 200
_WITH_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A node that the text gives no name: brackets, or a link of a list; counted through the text."""

    number: int


Name = NamedNode | BlankNode | Unnamed
Term = Name | Literal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: the offsets of its subject, its property and its object.

    Of a statement that the text only implies, a link of a list, they are those of the item or the bracket.
    """

    subject: int
    property: int
    object: int


Statement = tuple[Name, NamedNode, Term, Name | None, Place]


def follow(text: str, *, base: str | None = None) -> Iterator[Statement]:
    """Yield subject, property, object, graph and place of each statement; the graph is None outside of any.

    What it can't follow it leaves out, up to the next full stop; a name that can't be read is ``UNREADABLE``.
    """
    walk = _Walk(text, base)
    while not walk.is_at_end:
        try:
            yield from walk.block()
        except _LostError:
            walk.skip()


class _LostError(Exception):
    """The text is not what the walk expects."""


class _Walk:
    def __init__(self, text: str, base: str | None) -> None:
        self._tokens = scan(text)
        self._token = self._last = next(self._tokens)
        self._names = Names(base)
        self._graph: Name | None = None
        self._count = 0
        self._depth = 0

    @property
    def is_at_end(self) -> bool:
        return self._token.kind in {"end", "unknown"}

    def block(self) -> Iterator[Statement]:
        """Read a directive, a graph, or triples up to their full stop."""
        if is_directive(self._token):
            self._directive()
        elif self._token.text.lower() in {"version", "@version"}:
            self._version()
        elif self._token.text == "{" or self._token.text.lower() == "graph":
            yield from self._named_graph()
        else:
            yield from self._block()

    def skip(self) -> None:
        """Go on behind the next full stop."""
        self._depth = 0
        while self._last.text != "." and not self.is_at_end:
            self._next()

    def _directive(self) -> None:
        word = self._next().text
        count = _WITH_NAME if word.lower().endswith("prefix") else 1
        self._names.declare(word, tuple(self._next() for _ in range(count)))
        if word.startswith("@"):
            self._expect(".")

    def _version(self) -> None:
        """Pass over the version of RDF (RDF 1.2 Turtle, 2.3)."""
        is_marked = self._next().text.startswith("@")
        self._next()
        if is_marked:
            self._expect(".")

    def _named_graph(self) -> Iterator[Statement]:
        if self._next().text != "{":
            self._graph = self._graph_name()
            self._expect("{")
        yield from self._inside()

    def _inside(self) -> Iterator[Statement]:
        while self._token.text != "}":
            yield from self._triples()
            if self._token.text != "}":
                self._expect(".")
        self._next()
        self._graph = None

    def _graph_name(self) -> Name:
        token = self._next()
        if token.text == "[":
            self._expect("]")
            return self._new()
        return self._name(token)

    def _block(self) -> Iterator[Statement]:
        """Read triples up to a full stop, or, in TriG, a graph that begins with its name."""
        first = self._token
        subject, inside = self._node(first.start)
        if self._token.text == "{" and not isinstance(subject, Literal):
            self._next()
            self._graph = subject
            yield from self._inside()
            return
        yield from self._triples_of(subject, first, inside)
        self._expect(".")

    def _triples(self) -> Iterator[Statement]:
        first = self._token
        subject, inside = self._node(first.start)
        yield from self._triples_of(subject, first, inside)

    def _triples_of(self, subject: Term, first: Token, inside: list[Statement]) -> Iterator[Statement]:
        if isinstance(subject, Literal):
            raise _LostError
        if self._token.kind != "mark":
            yield from self._properties(subject, first.start, inside)
        elif first.text != "[" or not inside:
            raise _LostError
        else:
            yield from inside

    def _properties(self, subject: Name, start: int, found: list[Statement]) -> list[Statement]:
        """Return ``found`` with the statements of a list of properties, up to what ends it."""
        while self._token.kind != "mark":
            token = self._next()
            name = _TYPE if token.text == "a" else self._iri(token)
            self._objects(subject, name, Place(start, token.start, 0), found)
            while self._token.text == ";":
                self._next()
        return found

    def _objects(self, subject: Name, name: NamedNode, place: Place, found: list[Statement]) -> None:
        while True:
            at = self._token.start
            value, inside = self._node(at)
            graph = self._graph or self._graph_of_quad()
            where = Place(place.subject, place.property, at)
            found.append((subject, name, value, graph, where))
            found += inside
            if self._token.text != ",":
                return
            self._next()

    def _graph_of_quad(self) -> Name | None:
        """Return the fourth term of a line of N-Quads."""
        if self._token.kind in {"iri", "name", "blank"}:
            return self._name(self._next())
        return None

    def _node(self, start: int) -> tuple[Term, list[Statement]]:
        """Read one term, with the statements that stand inside its brackets."""
        token = self._next()
        if token.text == "[":
            return self._bracket(start)
        if token.text == "(":
            return self._list()
        if token.kind in {"short", "long"}:
            return self._quoted(token), []
        return bare_literal(token) or self._name(token), []

    def _bracket(self, start: int) -> tuple[Term, list[Statement]]:
        self._deeper()
        node = self._new()
        found = self._properties(node, start, [])
        self._expect("]")
        self._depth -= 1
        return node, found

    def _list(self) -> tuple[Term, list[Statement]]:
        self._deeper()
        links: list[tuple[Unnamed, int]] = []
        found: list[Statement] = []
        while self._token.text != ")":
            at = self._token.start
            value, inside = self._node(at)
            link = self._new()
            if links:
                found.append((links[-1][0], _REST, link, self._graph, Place(links[-1][1], at, at)))
            links.append((link, at))
            found += [(link, _FIRST, value, self._graph, Place(at, at, at)), *inside]
        end = self._next().start
        self._depth -= 1
        if not links:
            return _NIL, []
        found.append((links[-1][0], _REST, _NIL, self._graph, Place(links[-1][1], end, end)))
        return links[0][0], found

    def _quoted(self, token: Token) -> Literal:
        value = string_value(token)
        if self._token.kind == "at":
            tag = self._next().text[1:]
            way = self._next().text[2:] if self._token.text in {"--ltr", "--rtl"} else ""
            literal = tagged(value, tag, way)
            if literal is None:
                raise _LostError
            return literal
        if self._token.text == "^^":
            self._next()
            datatype = self._name(self._next())
            if isinstance(datatype, NamedNode):
                return Literal(value, datatype=datatype)
        return Literal(value)

    def _name(self, token: Token) -> Name:
        if token.kind == "blank":
            return BlankNode(token.text[2:])
        return self._iri(token)

    def _iri(self, token: Token) -> NamedNode:
        if token.kind not in {"iri", "name"}:
            raise _LostError
        try:
            return self._names.node(token) or UNREADABLE
        except RequestError:
            return UNREADABLE

    def _new(self) -> Unnamed:
        self._count += 1
        return Unnamed(self._count)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _LostError

    def _next(self) -> Token:
        token = self._last = self._token
        if self.is_at_end:
            raise _LostError
        self._token = next(self._tokens)
        return token

    def _expect(self, text: str) -> None:
        if self._token.text != text:
            raise _LostError
        self._next()
