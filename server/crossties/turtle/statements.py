"""Read Turtle into blocks: one per subject, in the order of the file, with the comments where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from crossties.errors import InputError, Location
from crossties.namespaces import BASE, RDF
from crossties.quads import Literal, NamedNode
from crossties.quads.lines import Lines
from crossties.quads.terms import BlankNode
from crossties.turtle.names import Names, bare_literal, is_directive, string_value
from crossties.turtle.tokens import Comment, Token, tokenize


@dataclass(frozen=True)
class Property:
    """A property with its objects, the comment lines above it, and the remarks behind it on its line."""

    name: str
    objects: tuple[Object, ...]
    comments: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Node:
    """A node without a name, written where it is used: ``[ … ]``."""

    properties: tuple[Property, ...] = ()


@dataclass(frozen=True)
class Collection:
    """A list: ``( … )``."""

    items: tuple[Object, ...] = ()


Object = NamedNode | BlankNode | Literal | Node | Collection


@dataclass(frozen=True)
class Block:
    """What is said of one subject in one place; an empty string among the comments is an empty line.

    ``comments`` stand above the subject, ``closing`` between its last property and the full stop. A block
    of one line that ``is_close`` to another of one line has no empty line above it.
    """

    subject: Object
    properties: tuple[Property, ...]
    comments: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    is_close: bool = False


@dataclass(frozen=True)
class Document:
    """A whole file: comments at its top, the prefixes it declares, its blocks, and comments at its end."""

    blocks: tuple[Block, ...]
    prefixes: dict[str, str] = field(default_factory=dict)
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


def read_document(text: str, *, origin: str) -> Document:
    """Read Turtle text that a strict parser has accepted.

    Raises:
        InputError: the text uses what Turtle 1.1 doesn't have.
    """
    return _Reader(text, origin).document()


class _Reader:
    """Descends through the grammar of Turtle 1.1, section 6.5, keeping comments."""

    def __init__(self, text: str, origin: str) -> None:
        self._tokens = tokenize(text, origin=origin)
        self._text = text
        self._origin = origin
        self._at = 0
        self._names = Names(BASE)
        self._lines: list[str] = []
        self._remarks: list[str] = []

    def document(self) -> Document:
        opening: list[str] = []
        blocks: list[Block] = []
        while self._peek().kind != "end":
            if is_directive(self._peek()):
                opening += self._directive()
            else:
                blocks.append(self._block())
                self._remark_on(blocks)
        self._collect(self._peek())
        self._remark_on(blocks)
        return Document(tuple(blocks), self._names.prefixes, tuple(opening), tuple(self._taken()))

    def _directive(self) -> list[str]:
        word = self._next()
        above = self._taken()
        count = 2 if word.text.lower().endswith("prefix") else 1
        self._names.declare(word.text, tuple(self._next() for _ in range(count)))
        if word.text.startswith("@"):
            self._expect(".")
        return above

    def _block(self) -> Block:
        is_close = self._peek().is_close
        self._collect(self._peek())
        above = self._taken()
        subject = self._object()
        properties = () if self._peek().text == "." else self._properties()
        self._collect(self._peek())
        closing = self._taken()
        self._expect(".")
        return Block(subject, properties, tuple(above), tuple(closing), is_close)

    def _properties(self) -> tuple[Property, ...]:
        """Read properties up to the full stop or bracket; those of the same name are joined."""
        found: dict[str, Property] = {}
        last = ""
        while self._peek().text not in {".", "]"}:
            if self._peek().text == ";":
                self._next()
                continue
            self._collect(self._peek())
            last = self._take_remarks(found, last)
            read = self._property()
            last = read.name
            found[last] = _joined(found[last], read) if last in found else read
        self._collect(self._peek())
        self._take_remarks(found, last)
        return tuple(found.values())

    def _property(self) -> Property:
        above = self._taken()
        name = self._property_name(self._next())
        objects = [self._object()]
        while self._peek().text == ",":
            self._next()
            objects.append(self._object())
        inside = self._taken()
        remarks, self._remarks = self._remarks, []
        return Property(name, tuple(objects), (*above, *inside), tuple(remarks))

    def _object(self) -> Object:
        token = self._next()
        if token.text == "[":
            return self._node()
        if token.text == "(":
            items = []
            while self._peek().text != ")":
                items.append(self._object())
            self._expect(")")
            return Collection(tuple(items))
        return self._term(token)

    def _node(self) -> Node:
        """Read up to the bracket; comments inside move above the property that the node is an object of."""
        above, self._lines = self._lines, []
        properties = self._properties()
        for one in properties:
            above += (*one.comments, *one.remarks)
        self._lines = above + self._lines
        self._expect("]")
        return Node(tuple(replace(one, comments=(), remarks=()) for one in properties))

    def _term(self, token: Token) -> Object:
        if token.kind in {"long", "short"}:
            return self._text_of(token)
        if token.kind == "blank":
            return BlankNode(token.text[2:])
        return bare_literal(token) or self._named(token)

    def _text_of(self, token: Token) -> Literal:
        value = string_value(token)
        if self._peek().kind == "at":
            return Literal(value, language=self._next().text[1:].lower())
        if self._peek().text == "^^":
            self._next()
            return Literal(value, datatype=self._named(self._next()))
        return Literal(value)

    def _property_name(self, token: Token) -> str:
        return RDF + "type" if token.text == "a" else self._named(token).value

    def _named(self, token: Token) -> NamedNode:
        node = self._names.node(token)
        if node is None:
            raise self._unexpected(token)
        return node

    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._peek()
        self._collect(token)
        self._at += 1
        return token

    def _expect(self, text: str) -> None:
        token = self._next()
        if token.text != text:
            raise self._unexpected(token)

    def _unexpected(self, token: Token) -> InputError:
        message = f"“{token.text}” is not expected here."
        where = Location(self._origin, *Lines(self._text).place(token.start))
        return InputError(message, where=where, mend="Use plain Turtle 1.1.")

    def _collect(self, token: Token) -> None:
        """Take the comments in front of a token once: whole lines, and remarks on what came before."""
        for comment in token.comments:
            if comment.is_remark:
                self._remarks.append(comment.text)
            else:
                self._lines += _as_lines(comment)
        self._tokens[self._at] = token._replace(comments=())

    def _taken(self) -> list[str]:
        lines, self._lines = self._lines, []
        return lines

    def _take_remarks(self, found: dict[str, Property], last: str) -> str:
        if self._remarks and last:
            found[last] = _joined(found[last], Property(last, (), (), tuple(self._remarks)))
            self._remarks = []
        return last

    def _remark_on(self, blocks: list[Block]) -> None:
        """Give what stands behind the full stop to the last property of the block before it."""
        if self._peek().comments and self._peek().comments[0].is_remark:
            self._collect(self._peek())
        if self._remarks and blocks and blocks[-1].properties:
            block = blocks[-1]
            last = _joined(block.properties[-1], Property("", (), (), tuple(self._remarks)))
            self._remarks = []
            blocks[-1] = replace(block, properties=(*block.properties[:-1], last))


def _as_lines(comment: Comment) -> list[str]:
    return [comment.text, ""] if comment.gap_after else [comment.text]


def _joined(first: Property, second: Property) -> Property:
    return Property(
        first.name,
        first.objects + second.objects,
        first.comments + second.comments,
        first.remarks + second.remarks,
    )
