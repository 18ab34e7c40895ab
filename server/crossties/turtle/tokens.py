"""Cut Turtle, TriG, N-Triples or N-Quads into tokens with their places, comments among them.

The grammar is that of Turtle 1.1, section 6.5, and TriG 1.1, section 4.5; every pattern takes linear time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Final, NamedTuple

from crossties.errors import InputError, Location
from crossties.quads.lines import Lines

_LETTER: Final = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_LABEL_PART: Final = rf"[{_LETTER}_0-9\u00B7\u0300-\u036F\u203F-\u2040-]"
_NAME_PART: Final = rf"(?:{_LABEL_PART}|[:%]|\\[^\s])"
_OPAQUE: Final = (
    r"(?P<comment>\#[^\n\r]*)"
    r'|(?P<iri><[^\x00-\x20<>"{}|^`]*>)'
    r'|(?P<long>"""(?:[^"\\]|\\.|"(?!""))*+"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*+''')"
    r'|(?P<short>"(?:[^"\\\n\r]|\\.)*+"' + r"|'(?:[^'\\\n\r]|\\.)*+')"
)
_BRACKET: Final = re.compile(rf"{_OPAQUE}|\\.|(?P<opening>[\[(\{{])|(?P<closing>[\])\}}])", re.DOTALL)
_TOKEN: Final = re.compile(
    rf"(?P<space>[ \t\r\n]+)|{_OPAQUE}"
    r"|(?P<at>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    r"|(?P<number>[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+))"
    rf"|(?P<blank>_:{_LABEL_PART}(?:{_LABEL_PART}|\.+(?={_LABEL_PART}))*+)"
    rf"|(?P<name>{_NAME_PART}(?:{_NAME_PART}|\.+(?={_NAME_PART}))*+)"
    r"|(?P<mark>\^\^|<<\(?|\)?>>|\{\||\|\}|[.;,()\[\]{}~])",
    re.DOTALL,
)
_GAP: Final = re.compile(r"[ \t\r]*\n[ \t\r]*\n")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SIMPLE: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


#: Quotation marks of books and word processors; none of them begins a text in any syntax of RDF.
CURLY: Final = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u201b"


class Comment(NamedTuple):
    """A comment: whether it stands behind something on its line, and whether an empty line follows."""

    text: str
    is_remark: bool
    gap_after: bool


class Token(NamedTuple):
    """One token; ``kind`` is the group of the grammar, "end" at the end, and ``start`` its offset.

    ``comments`` stand in front of it. ``is_close`` tells that no empty line and no comment parts it from the
    token before.
    """

    kind: str
    text: str
    start: int
    comments: tuple[Comment, ...] = ()
    is_close: bool = False

    @property
    def end(self) -> int:
        """Return the offset behind the token."""
        return self.start + len(self.text)


def tokenize(text: str, *, origin: str) -> list[Token]:
    """Return the tokens, the last of kind "end".

    Raises:
        InputError: something in the text is no token of the grammar.
    """
    tokens = list(scan(text))
    last = tokens[-1]
    if last.kind != "end":
        message = f"“{last.text}” is not written here."
        where = Location(origin, *Lines(text).place(last.start))
        raise InputError(message, where=where, mend="Use plain Turtle 1.1.")
    return tokens


def scan(text: str) -> Iterator[Token]:
    """Yield tokens up to the end, or up to what is none: one character of kind "unknown"."""
    comments: list[Comment] = []
    position, breaks = 0, 1
    match_token = _TOKEN.match
    while match := match_token(text, position):
        kind, piece = match.lastgroup or "", match[0]
        if kind == "space":
            breaks += piece.count("\n")
        elif kind == "comment":
            comments.append(Comment(piece.rstrip(), breaks == 0, _gap_follows(text, match.end())))
            breaks = 0
        else:
            yield Token(kind, piece, position, tuple(comments), breaks < 2 and not comments)  # noqa: PLR2004
            comments, breaks = [], 0
        position = match.end()
    kind = "unknown" if position < len(text) else "end"
    yield Token(kind, text[position : position + 1], position, tuple(comments))


def find_too_deep(text: str, most: int) -> int | None:
    """Return the offset of the first bracket inside more than so many others."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += (match.lastgroup == "opening") - (match.lastgroup == "closing")
        if depth > most:
            return match.start()
    return None


def unescape(text: str) -> str:
    """Replace the escapes of strings and IRIs by the characters that they stand for (Turtle 1.1, 6.4)."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _gap_follows(text: str, position: int) -> bool:
    return bool(_GAP.match(text, position))


def _character(match: re.Match[str]) -> str:
    """Return one character; a code that no character has becomes the replacement character."""
    if match[3]:
        return _SIMPLE.get(match[3], match[3])
    code = int(match[1] or match[2], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > sys.maxunicode else chr(code)  # noqa: PLR2004
