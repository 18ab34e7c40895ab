"""Split a query into tokens, in linear time and without parsing it: for limits, messages and column order.

What matters is to see the text as the engine does: a word inside a string, a comment, an IRI, a variable or
a prefixed name is no keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from crossties.errors import Location

_TOKEN: Final = re.compile(
    r"""
      (?P<skip>\s+|\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<text>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
              |\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
              |(?!''')'(?:[^'\\\n\r]|\\.)*'
              |(?!\"\"\")"(?:[^"\\\n\r]|\\.)*")
    | (?P<unclosed>['"])
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d][\w.-]*)?:(?:(?:[\w:%]|\\[^uU\n])(?:[\w:%.-]|\\[^uU\n])*(?<!\.))?)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>(?:[^\W\d]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})(?:\w|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)
    | (?P<number>\d+)
    | (?P<open>[({\[]|<<)
    | (?P<close>[)}\]]|>>)
    | (?P<operator>&&|\|\||!=|<=|>=|\^\^|[-+*/|^=<>!,;.?])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LAST_CODE_POINT: Final = 0x10FFFF


class Token(NamedTuple):
    """A token: its kind (a group of the pattern above), its text and where it starts, counted from 0."""

    kind: str
    text: str
    start: int

    @property
    def keyword(self) -> str:
        """Return a word as keywords are compared: escapes read (SPARQL 1.1 Query, 19.2), in capitals."""
        return _ESCAPE.sub(_unescape, self.text).upper() if self.kind == "word" else ""


def read_tokens(query: str) -> Iterator[Token]:
    """Yield the tokens without white space and comments."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or ""
        if kind != "skip":
            yield Token(kind, match[0], match.start())


def locate(query: str, offset: int) -> Location:
    """Return line and column of a character, both counted from 1."""
    line = query.count("\n", 0, offset) + 1
    return Location("query", line, offset - query.rfind("\n", 0, offset))


def find_offset(query: str, where: Location) -> int:
    """Return the character that a line and column mean."""
    start = 0
    for _ in range((where.line or 1) - 1):
        start = query.find("\n", start) + 1
    return min(start + (where.column or 1) - 1, len(query))


def _unescape(match: re.Match[str]) -> str:
    return chr(min(int(match[1] or match[2], 16), _LAST_CODE_POINT))
