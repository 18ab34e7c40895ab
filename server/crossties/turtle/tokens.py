"""Cut Turtle text that has already been parsed well into tokens, comments among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from crossties.errors import InputError, Location

_NAME_PART: Final = r"(?:[\w:%·‿⁀-]|\\.|\.(?=[\w:%.·\\-]*[\w:%·\\-]))"
_TOKEN: Final = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<comment>\#[^\n\r]*)"
    r'|(?P<iri><[^\x00-\x20<>"{}|^`]*>)'
    r'|(?P<long>"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*''')"
    r'|(?P<short>"(?:[^"\\\n\r]|\\.)*"' + r"|'(?:[^'\\\n\r]|\\.)*')"
    r"|(?P<at>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    r"|(?P<number>[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+))"
    rf"|(?P<name>{_NAME_PART}+)"
    r"|(?P<mark>\^\^|[.;,()\[\]])",
    re.DOTALL,
)


@dataclass(frozen=True)
class Comment:
    """A comment: whether it stands behind something on its line, and whether an empty line follows."""

    text: str
    is_remark: bool
    gap_after: bool


@dataclass(frozen=True)
class Token:
    """One token with the comments in front of it; ``kind`` is the group of the grammar, "end" at the end.

    ``is_close`` tells that no empty line and no comment parts it from the token before.
    """

    kind: str
    text: str
    line: int
    comments: tuple[Comment, ...] = ()
    is_close: bool = False


def tokenize(text: str, *, origin: str) -> list[Token]:
    """Return the tokens of Turtle text, the last of kind "end".

    Raises:
        InputError: something in the text is no token of Turtle 1.1.
    """
    tokens: list[Token] = []
    comments: list[Comment] = []
    position, line, breaks = 0, 1, 1
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            message = f"“{text[position]}” is not written here."
            raise InputError(message, where=Location(origin, line), mend="Use plain Turtle 1.1.")
        kind, piece = match.lastgroup or "", match[0]
        position = match.end()
        if kind == "space":
            breaks += piece.count("\n")
        elif kind == "comment":
            comments.append(Comment(piece.rstrip(), breaks == 0, _gap_follows(text, position)))
            breaks = 0
        else:
            tokens.append(Token(kind, piece, line, tuple(comments), breaks < 2 and not comments))  # noqa: PLR2004
            comments, breaks = [], 0
        line += piece.count("\n")
    return [*tokens, Token("end", "", line, tuple(comments))]


def unescape(text: str) -> str:
    """Replace the escapes of strings and IRIs by the characters that they stand for (Turtle 1.1, 6.4)."""
    return _ESCAPE.sub(_character, text)


def _gap_follows(text: str, position: int) -> bool:
    return bool(_GAP.match(text, position))


_GAP: Final = re.compile(r"[ \t\r]*\n[ \t\r]*\n")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SIMPLE: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SIMPLE.get(match[3], match[3])
