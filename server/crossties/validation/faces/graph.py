"""The report as RDF: a SHACL validation report, with the place of each result (decision 0020)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from crossties.formats import JSON_LD, TURTLE, Format
from crossties.namespaces import DCT, PREFIXES, RDF, RDFS, SH, XSD
from crossties.quads import Literal, NamedNode, Quad, literal
from crossties.quads.terms import BlankNode
from crossties.quads.writing import write_quads
from crossties.validation.report import Report, Result

EARL: Final = "http://www.w3.org/ns/earl#"
POINTERS: Final = "http://www.w3.org/2009/pointers#"
_FILE: Final = "urn:crossties:file:"
_SEVERITIES: Final = {"violation": "Violation", "warning": "Warning", "info": "Info"}
_TOKEN: Final = re.compile(r"<([^>]*)>|([\^/|()*+?])")
_REPEATS: Final = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
_ADDRESS: Final = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`]+")
_Node = NamedNode | BlankNode


def to_turtle(report: Report, language: str) -> bytes:
    """Return the report in Turtle."""
    return _write(report, TURTLE, language)


def to_jsonld(report: Report, language: str) -> bytes:
    """Return the report in JSON-LD, expanded: no context is to be fetched."""
    return _write(report, JSON_LD, language)


def _write(report: Report, form: Format, language: str) -> bytes:
    prefixes = {**PREFIXES, "earl": EARL, "ptr": POINTERS}
    return write_quads(list(_Writer(language).quads(report)), form, prefixes=prefixes)


class _Writer:
    """Makes the statements; blank nodes are numbered, so that equal reports are written alike."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._made = 0

    def quads(self, report: Report) -> Iterator[Quad]:
        node = self._blank("report")
        yield _triple(node, RDF + "type", SH + "ValidationReport")
        yield _triple(node, SH + "conforms", literal(str(report.conforms).lower(), "boolean"))
        for result in report.results:
            one = self._blank("result")
            yield _triple(node, SH + "result", one)
            yield from self._result(one, result)

    def _result(self, node: _Node, result: Result) -> Iterator[Quad]:
        yield _triple(node, RDF + "type", SH + "ValidationResult")
        yield _triple(node, SH + "resultSeverity", SH + _SEVERITIES[result.severity])
        for tag, text in result.texts or ((self._language, result.message),):
            yield _triple(node, SH + "resultMessage", Literal(text, language=tag) if tag else literal(text))
        for name, value in (("focusNode", result.focus), ("value", result.value)):
            if value is not None:
                yield _triple(node, SH + name, _term(value))
        if result.path:
            path, statements = self._path(result.path)
            yield _triple(node, SH + "resultPath", path)
            yield from statements
        yield from self._source(node, result)
        for detail in result.details:
            inner = self._blank("detail")
            yield _triple(node, SH + "detail", inner)
            yield _triple(inner, RDF + "type", SH + "ValidationResult")
            yield _triple(inner, SH + "resultMessage", Literal(detail, language=self._language))
        yield from self._place(node, result)

    def _source(self, node: _Node, result: Result) -> Iterator[Quad]:
        if result.shape and _ADDRESS.fullmatch(result.shape):
            yield _triple(node, SH + "sourceShape", result.shape)
        if result.source == "shape" and result.code:
            component = result.code if ":" in result.code else f"{SH}{result.code}ConstraintComponent"
            yield _triple(node, SH + "sourceConstraintComponent", component)
        else:
            kind = "/".join(part for part in (result.source, result.code) if part)
            yield _triple(node, DCT + "type", literal(result.shape or kind))
        if result.suggestion:
            yield _triple(node, EARL + "info", Literal(result.suggestion, language=self._language))
        if result.standing:
            yield _triple(node, RDFS + "comment", Literal(result.standing, language="en"))

    def _place(self, node: _Node, result: Result) -> Iterator[Quad]:
        if not result.file:
            return
        pointer = self._blank("place")
        yield _triple(node, EARL + "pointer", pointer)
        yield _triple(pointer, POINTERS + "reference", _FILE + quote(result.file))
        if result.row is not None:
            yield _triple(pointer, RDF + "type", POINTERS + "ExpressionPointer")
            yield _triple(pointer, POINTERS + "expression", literal(result.place))
            return
        yield _triple(pointer, RDF + "type", POINTERS + "LineCharPointer")
        for name, number in (("lineNumber", result.line), ("charNumber", result.column)):
            if number is not None:
                value = Literal(str(number), datatype=NamedNode(XSD + "positiveInteger"))
                yield _triple(pointer, POINTERS + name, value)

    def _path(self, text: str) -> tuple[_Node, list[Quad]]:
        """Build the nodes of a path from its notation in SPARQL."""
        if "<" not in text:
            return NamedNode(text), []
        tokens = [(match[1], match[2]) for match in _TOKEN.finditer(text)]
        made: list[Quad] = []
        return self._alternatives(tokens, made), made

    def _alternatives(self, tokens: list[tuple[str, str]], made: list[Quad]) -> _Node:
        arms = [self._sequence(tokens, made)]
        while tokens and tokens[0][1] == "|":
            tokens.pop(0)
            arms.append(self._sequence(tokens, made))
        if len(arms) == 1:
            return arms[0]
        node = self._blank("path")
        made.append(_triple(node, SH + "alternativePath", self._list(arms, made)))
        return node

    def _sequence(self, tokens: list[tuple[str, str]], made: list[Quad]) -> _Node:
        steps = [self._step(tokens, made)]
        while tokens and tokens[0][1] == "/":
            tokens.pop(0)
            steps.append(self._step(tokens, made))
        return steps[0] if len(steps) == 1 else self._list(steps, made)

    def _step(self, tokens: list[tuple[str, str]], made: list[Quad]) -> _Node:
        name, sign = tokens.pop(0) if tokens else ("", "")
        if sign == "^":
            return self._wrap("inversePath", self._step(tokens, made), made)
        inner: _Node = NamedNode(name) if name else self._alternatives(tokens, made)
        if sign == "(" and tokens and tokens[0][1] == ")":
            tokens.pop(0)
        while tokens and tokens[0][1] in _REPEATS:
            inner = self._wrap(_REPEATS[tokens.pop(0)[1]], inner, made)
        return inner

    def _wrap(self, predicate: str, inner: _Node, made: list[Quad]) -> _Node:
        node = self._blank("path")
        made.append(_triple(node, SH + predicate, inner))
        return node

    def _list(self, items: list[_Node], made: list[Quad]) -> _Node:
        rest: _Node = NamedNode(RDF + "nil")
        for item in reversed(items):
            node = self._blank("list")
            made += [_triple(node, RDF + "first", item), _triple(node, RDF + "rest", rest)]
            rest = node
        return rest

    def _blank(self, kind: str) -> BlankNode:
        self._made += 1
        return BlankNode(f"{kind}{self._made}")


def _term(value: str) -> NamedNode | Literal:
    return NamedNode(value) if _ADDRESS.fullmatch(value) else literal(value)


def _triple(subject: _Node, predicate: str, value: str | NamedNode | BlankNode | Literal) -> Quad:
    return Quad(subject, NamedNode(predicate), NamedNode(value) if isinstance(value, str) else value)
