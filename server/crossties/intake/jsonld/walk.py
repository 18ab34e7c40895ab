"""What the keys and values of JSON-LD state, each with its place (JSON-LD 1.1 API, 5.1 and 8).

It predicts what a strict parser reads, and never judges: what it doesn't know it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from crossties.errors import RequestError
from crossties.intake.jsonld.contexts import Context, Term
from crossties.intake.jsonld.text import Array, Entry, Object, Scalar, Value, to_plain
from crossties.namespaces import RDF, XSD
from crossties.quads import Literal, NamedNode, iri
from crossties.quads.terms import BlankNode, tagged
from crossties.turtle.positions import Name, Place, Statement, Unnamed
from crossties.turtle.positions import Term as Node

_TYPE: Final = iri(RDF + "type")
_FIRST: Final = iri(RDF + "first")
_REST: Final = iri(RDF + "rest")
_NIL: Final = iri(RDF + "nil")
_PLAIN: Final = Term("")
#: Containers whose keys name things or graphs: rare here, and read by the strict parser alone.
_NOT_FOLLOWED: Final = frozenset({"@graph", "@id", "@type"})
_LARGEST: Final = 1e21


@dataclass
class Found:
    """What a document states, and what of it is lost: code, values for the sentence, offset."""

    statements: list[Statement] = field(default_factory=list)
    lost: list[tuple[str, dict[str, object], int]] = field(default_factory=list)


def find_statements(document: Value) -> Found:
    """Return the statements of a document whose contexts are ours or written out."""
    walk = _Walk()
    for item in _items(document):
        if isinstance(item, Object):
            walk.node(item, Context())
    return walk.found


@dataclass(frozen=True)
class _Where:
    """What is being described: the node, where it begins, its property, and where that stands."""

    node: Name
    start: int
    name: NamedNode = _TYPE
    key: int = 0
    is_reverse: bool = False


class _Walk:
    def __init__(self) -> None:
        self.found = Found()
        self._count = 0
        self._graph: Name | None = None

    def node(self, value: Object, outer: Context) -> Name | None:
        """Read a node object; None where it has no place in the graph."""
        context = outer
        for entry in value.entries:
            if entry.key == "@context":
                context = context.extend(to_plain(entry.value))
        keys = [(context.name(entry.key), entry) for entry in value.entries]
        named = next((entry for name, entry in keys if name == "@id"), None)
        node = self._new() if named is None else self._reference(named.value, context)
        if node is None:
            return None
        where = _Where(node, value.start if named is None else named.value.start)
        for name, entry in keys:
            self._entry(name, entry, where, context, is_alone=named is None and self._is_wrapper(keys))
        return node

    def _is_wrapper(self, keys: list[tuple[str | None, Entry]]) -> bool:
        """Tell whether an object only holds a context and the nodes of the default graph."""
        return all(name in {"@context", "@graph"} for name, _ in keys)

    def _entry(
        self, name: str | None, entry: Entry, where: _Where, context: Context, *, is_alone: bool = False
    ) -> None:
        if name is None or not name.startswith("@"):
            self._property(name, entry, where, context)
        elif name == "@type":
            for item in _items(entry.value):
                self._add(where, _TYPE, self._class(item, context), entry.start, item.start)
        elif name in {"@graph", "@included"}:
            self._nodes(
                entry.value, context, graph=where.node if name == "@graph" and not is_alone else self._graph
            )
        elif name == "@nest":
            for item in _items(entry.value):
                for inner in item.entries if isinstance(item, Object) else ():
                    self._entry(context.name(inner.key), inner, where, context)
        elif name == "@reverse" and isinstance(entry.value, Object):
            for inner in entry.value.entries:
                self._property(context.name(inner.key), inner, where, context, is_reverse=True)

    def _nodes(self, value: Value, context: Context, *, graph: Name | None) -> None:
        before, self._graph = self._graph, graph
        for item in _items(value):
            if isinstance(item, Object):
                self.node(item, context)
        self._graph = before

    def _property(
        self, name: str | None, entry: Entry, where: _Where, context: Context, *, is_reverse: bool = False
    ) -> None:
        term = context.terms.get(entry.key) or _PLAIN
        property_ = _iri(name)
        if property_ is None or ":" not in (name or ""):
            self.found.lost.append(("unknown_key", {"key": entry.key}, entry.start))
            return
        if term.container & _NOT_FOLLOWED or term.type == "@json":
            return
        inner = context.extend(term.scoped) if term.scoped is not None else context
        at = _Where(where.node, where.start, property_, entry.start, is_reverse=is_reverse or term.is_reverse)
        if "@list" in term.container:
            self._state(at, self._list(entry.value, term, inner), entry.value.start)
        elif term.container & {"@language", "@index"} and isinstance(entry.value, Object):
            for tagged in entry.value.entries:
                tag = tagged.key if "@language" in term.container else None
                self._values(tagged.value, at, term, inner, tag)
        else:
            self._values(entry.value, at, term, inner, None)

    def _values(self, value: Value, at: _Where, term: Term, context: Context, tag: str | None) -> None:
        for item in _items(value):
            if isinstance(item, Object) and (inner := item.get("@set")) is not None:
                self._values(inner, at, term, context, tag)
            else:
                self._state(at, self._value(item, term, context, tag), item.start)

    def _state(self, at: _Where, value: Node | None, start: int) -> None:
        if not at.is_reverse:
            self._add(at, at.name, value, at.key, start)
        elif value is not None and not isinstance(value, Literal):
            place = Place(start, at.key, at.start)
            self.found.statements.append((value, at.name, at.node, self._graph, place))

    def _add(self, where: _Where, name: NamedNode, value: Node | None, key: int, start: int) -> None:
        if value is not None:
            statement = (where.node, name, value, self._graph, Place(where.start, key, start))
            self.found.statements.append(statement)

    def _value(self, item: Value, term: Term, context: Context, tag: str | None) -> Node | None:
        if isinstance(item, Array):
            return self._list(item, term, context)
        if isinstance(item, Scalar):
            return self._scalar(item, term, context, tag)
        if any(context.name(entry.key) == "@value" for entry in item.entries):
            return self._value_object(item, context)
        for entry in item.entries:
            if context.name(entry.key) == "@list":
                return self._list(entry.value, term, context)
        return self.node(item, context)

    def _scalar(self, item: Scalar, term: Term, context: Context, tag: str | None) -> Node | None:
        if isinstance(item.value, str) and term.type in {"@id", "@vocab"}:
            known = _iri(context.name(item.value)) if term.type == "@vocab" else None
            return known or self._reference(item, context)
        if isinstance(item.value, str) and term.type in {None, "@none"}:
            said = tag if tag is not None else context.language if term.language == "" else term.language
            return self._text(item.value, None if said == "@none" else said, item.start)
        return _literal(item, None if term.type in {"@id", "@vocab", "@none"} else term.type)

    def _list(self, value: Value, term: Term, context: Context) -> Name:
        links: list[tuple[Unnamed, int]] = []
        for item in _items(value):
            one = self._value(item, term, context, None)
            if one is None:
                continue
            link = self._new()
            if links:
                self._add(_Where(links[-1][0], links[-1][1]), _REST, link, item.start, item.start)
            links.append((link, item.start))
            self._add(_Where(link, item.start), _FIRST, one, item.start, item.start)
        if not links:
            return _NIL
        self._add(_Where(*links[-1]), _REST, _NIL, links[-1][1], links[-1][1])
        return links[0][0]

    def _class(self, item: Value, context: Context) -> Node | None:
        text = item.value if isinstance(item, Scalar) else None
        if not isinstance(text, str):
            return None
        found = _iri(context.name(text)) or _iri(context.reference(text))
        if found is None:
            self.found.lost.append(("unknown_class", {"key": text}, item.start))
        return found

    def _reference(self, item: Value, context: Context) -> Name | None:
        text = item.value if isinstance(item, Scalar) else None
        if not isinstance(text, str):
            return None
        if text.startswith("_:"):
            return BlankNode(text[2:]) if text[2:].isalnum() else None
        found = _iri(context.reference(text))
        if found is None:
            self.found.lost.append(("lost_iri", {"iri": text}, item.start))
        return found

    def _value_object(self, item: Object, context: Context) -> Literal | None:
        told = {context.name(entry.key): entry.value for entry in item.entries}
        value, language, kind = told["@value"], told.get("@language"), told.get("@type")
        if not isinstance(value, Scalar):
            return None
        if isinstance(language, Scalar) and isinstance(language.value, str) and isinstance(value.value, str):
            return self._text(value.value, language.value, language.start)
        named = context.name(kind.value) if isinstance(kind, Scalar) and isinstance(kind.value, str) else None
        return _literal(value, named)

    def _text(self, text: str, tag: str | None, start: int) -> Literal | None:
        if not tag:
            return Literal(text)
        found = tagged(text, tag)
        if found is None:
            self.found.lost.append(("language_tag", {}, start))
        return found

    def _new(self) -> Unnamed:
        self._count += 1
        return Unnamed(self._count)


def _literal(item: Scalar, datatype: str | None) -> Literal | None:
    """Return the literal of a JSON value (JSON-LD 1.1 API, 8.2.2)."""
    kind = _iri(datatype)
    if isinstance(item.value, bool):
        return Literal("true" if item.value else "false", datatype=kind or iri(XSD + "boolean"))
    if isinstance(item.value, str):
        return Literal(item.value, datatype=kind) if kind else Literal(item.value)
    return _number(item.number, kind) if item.number else None


def _number(text: str, kind: NamedNode | None) -> Literal:
    value = float(text)
    if value.is_integer() and abs(value) < _LARGEST and (kind is None or kind.value != XSD + "double"):
        return Literal(str(int(value)), datatype=kind or iri(XSD + "integer"))
    digits, _, power = f"{value:.15E}".partition("E")
    digits = digits.rstrip("0")
    written = f"{digits}0" if digits.endswith(".") else digits
    return Literal(f"{written}E{int(power or 0)}", datatype=kind or iri(XSD + "double"))


def _iri(text: str | None) -> NamedNode | None:
    try:
        return None if text is None else iri(text)
    except RequestError:
        return None


def _items(value: Value) -> Iterator[Value]:
    yield from value.items if isinstance(value, Array) else (value,)
