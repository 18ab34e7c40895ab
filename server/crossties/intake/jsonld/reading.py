"""Read JSON-LD strictly, with our own context put where it is named: nothing is fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossties.errors import Location
from crossties.intake.faults import make_remark
from crossties.intake.hints import Hint
from crossties.intake.jsonld.contexts import BUNDLED, bundled_text
from crossties.intake.jsonld.text import Array, Entry, JsonError, Scalar, Value, read_json, walk
from crossties.intake.jsonld.walk import Found, find_statements
from crossties.intake.limits import MAX_CONTEXTS, MAX_STATEMENTS
from crossties.intake.model import Remark
from crossties.quads import NamedNode
from crossties.quads.lines import Lines
from crossties.quads.strict import SYNTAXES, Strict, parse_strictly
from crossties.turtle.positions import Statement


@dataclass(frozen=True)
class JsonLd:
    """Both readings; the strict one is None where the text is no JSON-LD that may be read here."""

    strict: Strict | None
    statements: Sequence[Statement]
    remarks: Sequence[Remark]


def read_jsonld(text: str, *, origin: str, language: str) -> JsonLd:
    """Read JSON-LD whose contexts are ours or written out in it."""
    tell = _Tell(text, origin, language)
    try:
        document = read_json(text)
    except JsonError as error:
        return JsonLd(None, (), [tell.remark((error.code, error.values_told), error.offset)])
    refused = [*_contexts(document, tell), *_doubled_keys(document, tell)]
    if refused:
        return JsonLd(None, (), refused)
    data = _with_context(text, document)
    strict = parse_strictly(data, rdf_format=SYNTAXES["jsonld"], most_quads=MAX_STATEMENTS)
    faults = [tell.remark(("jsonld", {"reason": one.reason}), document.start) for one in strict.faults[:1]]
    found = find_statements(document)
    return JsonLd(strict, found.statements, [*faults, *_lost(found, strict, tell)])


class _Tell:
    def __init__(self, text: str, origin: str, language: str) -> None:
        self._lines = Lines(text)
        self._origin = origin
        self._language = language

    def remark(self, hint: Hint, offset: int, *, is_of_a_name: bool = False) -> Remark:
        where = Location(self._origin, *self._lines.place(offset))
        return make_remark(hint, where, self._language, is_of_a_name=is_of_a_name)


def _contexts(document: Value, tell: _Tell) -> Iterator[Remark]:
    """Tell of contexts that would have to be fetched, and of too many of them."""
    entries = list(_entries(document, "@context"))
    if sum(len(_items(entry.value)) for entry in entries) > MAX_CONTEXTS:
        yield tell.remark(("many_contexts", {"most": MAX_CONTEXTS}), entries[-1].start)
        return
    for entry in entries:
        for one in _named(entry.value):
            if one.value != BUNDLED:
                hint: Hint = ("remote_context", {"iri": one.value, "bundled": BUNDLED})
                yield tell.remark(hint, one.start)
    for entry in _entries(document, "@import"):
        yield tell.remark(("remote_context", {"iri": "@import", "bundled": BUNDLED}), entry.start)


def _doubled_keys(document: Value, tell: _Tell) -> Iterator[Remark]:
    for one in walk(document):
        counts = Counter(entry.key for entry in one.entries)
        for key, count in counts.items():
            if count > 1:
                last = [entry for entry in one.entries if entry.key == key][-1]
                yield tell.remark(("doubled_key", {"key": key}), last.start)


def _entries(document: Value, key: str) -> Iterator[Entry]:
    return (entry for one in walk(document) for entry in one.entries if entry.key == key)


def _named(value: Value) -> Iterator[Scalar]:
    """Yield the contexts that are named by their address."""
    for item in _items(value):
        if isinstance(item, Scalar) and isinstance(item.value, str):
            yield item


def _items(value: Value) -> Sequence[Value]:
    return value.items if isinstance(value, Array) else (value,)


def _with_context(text: str, document: Value) -> bytes:
    """Return the text with our context in place of each mention of its address."""
    pieces: list[str] = []
    at = 0
    for entry in sorted(_entries(document, "@context"), key=lambda one: one.start):
        for one in _named(entry.value):
            pieces += [text[at : one.start], bundled_text()]
            at = one.end
    return "".join([*pieces, text[at:]]).encode()


def _lost(found: Found, strict: Strict, tell: _Tell) -> Iterator[Remark]:
    """Tell of what the parser leaves out without a word: unknown keys, things without a whole IRI."""
    for code, values, offset in found.lost:
        yield tell.remark((code, values), offset, is_of_a_name=True)
    if strict.faults or found.lost:
        return
    read = {(quad.subject, quad.predicate) for quad in strict.quads}
    for subject, name, _, _, place in found.statements:
        if isinstance(subject, NamedNode) and (subject, name) not in read:
            read.add((subject, name))
            yield tell.remark(("lost_value", {}), place.object, is_of_a_name=True)
