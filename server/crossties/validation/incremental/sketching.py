"""Read the sketch of a query: what its patterns look at, out of the algebra that rdflib parses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import rdflib
from pyparsing import ParseException
from rdflib import paths as rdflib_paths
from rdflib.plugins.sparql.algebra import translatePath, translatePName, translatePrologue, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from crossties.quads import NamedNode
from crossties.validation.incremental.mirror import read_node
from crossties.validation.incremental.paths import Alternative, Path, Repeat, Sequence, Step, reverse
from crossties.validation.incremental.sketch import (
    Aside,
    Group,
    Named,
    Part,
    Pattern,
    Place,
    Same,
    Sub,
    Union,
    UnreadableError,
    Values,
)

_PREFIX: Final = re.compile(r"\bPREFIX\s+[^\s:]*:\s*<[^>]*>", re.IGNORECASE)
_MODIFIERS: Final = {"*": (0, True), "+": (1, True), "?": (0, False)}


def read_sketch(query: str, *, links: str = "") -> Group:
    """Read a SELECT; ``links`` are patterns that lead to and from variables which it computes.

    Raises:
        UnreadableError: it has a part that is not understood here.
    """
    sketch = _read_query(query)
    if not links:
        return sketch
    prefixes = "\n".join(_PREFIX.findall(query))
    linked = _read_query(f"{prefixes}\nSELECT * {{ {links} }}")
    computed = {part.variable for part in sketch.parts if isinstance(part, Same) and part.source is None}
    named = {
        place for part in linked.parts if isinstance(part, Pattern) for place in (part.subject, part.value)
    }
    kept = (
        part for part in sketch.parts if not (isinstance(part, Same) and part.variable in computed & named)
    )
    return _order([*linked.parts, *kept])


def _read_query(query: str) -> Group:
    try:
        parsed = parseQuery(query)
    except ParseException as error:
        raise UnreadableError from error
    prologue = translatePrologue(parsed[0], None)
    body = traverse(parsed[1], visitPost=partial(translatePName, prologue=prologue))
    body = traverse(body, visitPost=translatePath)
    if body.name != "SelectQuery":
        message = "it is no SELECT"
        raise UnreadableError(message)
    return _Reader().select(body).group


class _Reader:
    def __init__(self) -> None:
        self._fresh = 0

    def select(self, query: CompValue) -> Sub:
        if query.limitoffset or query.having or query.valuesClause:
            message = "it has LIMIT, OFFSET, HAVING or a last VALUES"
            raise UnreadableError(message)
        group = self.group(query.where)
        computed: list[Part] = []
        seen: set[str] = set()
        for one in query.projection or ():
            name = one.evar if one.evar is not None else one.var
            seen.add(str(name))
            if one.evar is not None:
                computed.append(Same(str(name), None))
                computed += self._exists(one.expr)
        if not query.projection:
            seen |= set(_variables(group))
        grouped = bool(query.groupby) or any(_is_aggregate(one) for one in query.projection or ())
        keys = _keys(query) if grouped else None
        inner = group if not computed or grouped else _order([*group.parts, *computed])
        return Sub(inner, frozenset(seen), keys)

    def group(self, node: CompValue, graph: Place | None = None) -> Group:
        if node.name == "SubSelect":
            return Group((self.select(node),))
        parts: list[Part] = []
        before: set[str] = set()
        loose: set[str] = set()
        for part in node.part or ():
            found = list(self._part(part, graph))
            named = set(_variables(Group(tuple(found))))
            if part.name == "OptionalGraphPattern":
                loose |= named - before
            elif part.name != "Filter" and loose & named:
                message = "it goes on from what is optional"
                raise UnreadableError(message)
            before |= named
            parts += found
        return _order(parts)

    def _part(self, part: CompValue, graph: Place | None) -> Iterator[Part]:
        name = part.name
        if name == "TriplesBlock":
            for listed in part.triples or ():
                for place in range(0, len(listed), 3):
                    subject, predicate, value = listed[place : place + 3]
                    yield self._pattern(subject, predicate, value, graph)
        elif name == "Filter":
            yield from self._exists(part.expr, graph)
        elif name in {"OptionalGraphPattern", "MinusGraphPattern"}:
            yield Aside(self.group(part.graph, graph))
        elif name == "GraphGraphPattern":
            inner = self.group(part.graph, self._place(part.term))
            yield from inner.parts or (Named(self._place(part.term)),)
        elif name == "GroupOrUnionGraphPattern":
            groups = tuple(self.group(one, graph) for one in part.graph)
            yield from groups[0].parts if len(groups) == 1 else (Union(groups),)
        elif name == "Bind":
            source = _unwrap(part.expr)
            plain = isinstance(source, Node) and not isinstance(source, CompValue)
            yield Same(str(part.var), self._place(source) if plain else None)
            yield from self._exists(source, graph)
        elif name == "InlineData":
            yield self._values(part)
        else:
            message = f"it has a part that is not understood, {name}"
            raise UnreadableError(message)

    def _pattern(self, subject: Node, predicate: Any, value: Node, graph: Place | None) -> Pattern:  # noqa: ANN401
        way: Path | str
        way = str(predicate) if isinstance(predicate, rdflib.Variable) else _read_path(predicate)
        return Pattern(self._place(subject), way, self._place(value), graph)

    def _exists(self, expression: Any, graph: Place | None = None) -> Iterator[Part]:  # noqa: ANN401
        """Yield the groups of EXISTS and NOT EXISTS, wherever in an expression they stand."""
        found: list[CompValue] = []
        _collect(expression, found)
        for one in found:
            yield Aside(self.group(one.graph, graph))

    def _values(self, part: CompValue) -> Values:
        names = [str(one) for one in part.var]
        rows = [row if isinstance(row, list) else [row] for row in part.value]
        if any(isinstance(term, str) and str(term) == "UNDEF" for row in rows for term in row):
            message = "it has UNDEF"
            raise UnreadableError(message)
        columns = zip(names, zip(*rows, strict=True), strict=True)
        return Values({name: frozenset(filter(None, map(read_node, column))) for name, column in columns})

    def _place(self, node: Node) -> Place:
        if isinstance(node, rdflib.Variable):
            return str(node)
        if isinstance(node, rdflib.BNode):
            return f"_:{node}"
        term = read_node(node)
        if term is None:
            message = f"it names what is no term, {node}"
            raise UnreadableError(message)
        return term


def _unwrap(expression: Any) -> Any:  # noqa: ANN401 - anything in a parse tree
    """Take away the layers of an expression that has no operator."""
    while isinstance(expression, CompValue) and "Expression" in expression.name and not expression.other:
        expression = expression.expr
    return expression


def _order(parts: list[Part]) -> Group:
    binding = [part for part in parts if not isinstance(part, Aside)]
    return Group((*binding, *(part for part in parts if isinstance(part, Aside))))


def _keys(query: CompValue) -> frozenset[str]:
    conditions = query.groupby.condition if query.groupby else ()
    return frozenset(str(one) for one in conditions if isinstance(one, rdflib.Variable))


def _is_aggregate(node: Any) -> bool:  # noqa: ANN401 - anything in a parse tree
    if isinstance(node, CompValue):
        return node.name.startswith("Aggregate_") or any(_is_aggregate(value) for value in node.values())
    return isinstance(node, list | tuple) and any(map(_is_aggregate, node))


def _collect(node: Any, found: list[CompValue]) -> None:  # noqa: ANN401 - anything in a parse tree
    if isinstance(node, CompValue):
        if node.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            found.append(node)
        else:
            for value in node.values():
                _collect(value, found)
    elif isinstance(node, list | tuple):
        for value in node:
            _collect(value, found)


def _variables(group: Group) -> Iterator[str]:
    for part in group.parts:
        if isinstance(part, Pattern):
            places = (part.subject, part.predicate, part.value, part.graph)
            yield from (place for place in places if isinstance(place, str))
        elif isinstance(part, Values):
            yield from part.terms
        elif isinstance(part, Same):
            yield part.variable
        elif isinstance(part, Union):
            for one in part.groups:
                yield from _variables(one)
        elif isinstance(part, Sub):
            yield from part.seen
        elif isinstance(part, Aside):
            yield from _variables(part.group)


def _read_path(path: Any) -> Path:  # noqa: ANN401 - rdflib's paths have no common type
    if isinstance(path, rdflib.URIRef):
        return Step(NamedNode(str(path)))
    if isinstance(path, rdflib_paths.InvPath):
        return reverse(_read_path(path.arg))
    if isinstance(path, rdflib_paths.SequencePath):
        return Sequence(tuple(map(_read_path, path.args)))
    if isinstance(path, rdflib_paths.AlternativePath):
        return Alternative(tuple(map(_read_path, path.args)))
    if isinstance(path, rdflib_paths.MulPath):
        least, many = _MODIFIERS[path.mod]
        return Repeat(_read_path(path.path), least, many)
    message = f"it has a path that is not understood, {path}"
    raise UnreadableError(message)
