"""Read JSON with the offset of every key and value (RFC 8259)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from crossties.intake.limits import MAX_DEPTH, MAX_VALUES
from crossties.turtle.tokens import CURLY

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_STRING: Final = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+"')
_SCALAR: Final = re.compile(
    r"true\b|false\b|null\b|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])"
)
_WORDS: Final = {"true": True, "false": False, "null": None}
_LONGEST_NUMBER: Final = 400
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class JsonError(Exception):
    """Text that is no JSON: which mistake, with the values for its sentence, and its offset."""

    def __init__(self, offset: int, *, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.offset = offset
        self.values_told = values


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number, truth value or null; a number is kept as its text in ``number``."""

    start: int
    end: int
    value: str | bool | None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Array:
    """An array."""

    start: int
    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of an object, where it stands, and its value."""

    key: str
    start: int
    value: Value


@dataclass(frozen=True, slots=True)
class Object:
    """An object, its keys in the order of the text; a key may stand twice."""

    start: int
    entries: tuple[Entry, ...]

    def get(self, key: str) -> Value | None:
        """Return the value of a key."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


Value = Scalar | Array | Object


def read_json(text: str) -> Value:
    """Read one JSON text.

    Raises:
        JsonError: it is none, or is nested too deeply or holds too many values.
    """
    reader = _Reader(text)
    value = reader.value(0)
    reader.expect_end()
    return value


def walk(value: Value) -> Iterator[Object]:
    """Yield every object, the outer before the inner."""
    if isinstance(value, Object):
        yield value
        for entry in value.entries:
            yield from walk(entry.value)
    elif isinstance(value, Array):
        for item in value.items:
            yield from walk(item)


def to_plain(value: Value) -> object:
    """Return what the value is in Python; numbers as floats."""
    if isinstance(value, Object):
        return {entry.key: to_plain(entry.value) for entry in value.entries}
    if isinstance(value, Array):
        return [to_plain(item) for item in value.items]
    return float(value.number[:_LONGEST_NUMBER]) if value.number else value.value


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._count = 0

    def value(self, depth: int) -> Value:
        self._count += 1
        if depth > MAX_DEPTH:
            raise JsonError(self._at, code="too_deep", most=MAX_DEPTH)
        if self._count > MAX_VALUES:
            raise JsonError(self._at, code="too_many", most=MAX_VALUES)
        start = self._skip()
        letter = self._text[start : start + 1]
        if letter == "{":
            return self._object(depth)
        if letter == "[":
            return self._array(depth)
        if letter == '"':
            text = self._string()
            return Scalar(start, self._at, text)
        match = _SCALAR.match(self._text, start)
        if not match:
            raise self._unexpected(code="json_value")
        self._at = match.end()
        if match[0] in _WORDS:
            return Scalar(start, self._at, _WORDS[match[0]])
        return Scalar(start, self._at, None, match[0])

    def expect_end(self) -> None:
        if self._skip() < len(self._text):
            raise self._unexpected(code="json_rest")

    def _object(self, depth: int) -> Object:
        start = self._at
        entries: list[Entry] = []
        self._at += 1
        while self._skip_to_item("}", is_first=not entries):
            at = self._at
            if self._text[at : at + 1] != '"':
                raise self._unexpected(code="json_key")
            key = self._string()
            if self._text[self._skip() : self._at + 1] != ":":
                raise self._unexpected(code="json_colon")
            self._at += 1
            entries.append(Entry(key, at, self.value(depth + 1)))
        return Object(start, tuple(entries))

    def _array(self, depth: int) -> Array:
        start = self._at
        items: list[Value] = []
        self._at += 1
        while self._skip_to_item("]", is_first=not items):
            items.append(self.value(depth + 1))
        return Array(start, tuple(items))

    def _skip_to_item(self, closing: str, *, is_first: bool) -> bool:
        """Go to the next item, over its comma; False behind the closing bracket."""
        letter = self._text[self._skip() : self._at + 1]
        if letter == closing:
            self._at += 1
            return False
        if is_first:
            return True
        if letter != ",":
            raise self._unexpected(code="json_comma")
        self._at += 1
        if self._text[self._skip() : self._at + 1] == closing:
            raise self._unexpected(code="json_last_comma")
        return True

    def _string(self) -> str:
        match = _STRING.match(self._text, self._at)
        if not match:
            raise JsonError(self._at, code="json_string")
        self._at = match.end()
        text = str(json.loads(match[0])) if "\\" in match[0] else match[0][1:-1]
        if _SURROGATE.search(text):
            raise JsonError(match.start(), code="json_string")
        return text

    def _skip(self) -> int:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _unexpected(self, *, code: str) -> JsonError:
        letter = self._text[self._at : self._at + 1]
        if not letter:
            return JsonError(self._at, code="json_end")
        if letter in CURLY + "'":
            return JsonError(self._at, code="curly_quote", quote=letter)
        return JsonError(self._at, code=code, found=letter)
