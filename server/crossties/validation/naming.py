"""Shorten the names in a path that is written as SPARQL writes it."""

from __future__ import annotations

import re
from typing import Final

from crossties.namespaces import compact

#: Control characters, and those that turn the direction of writing; not the line feed and the tab.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def compact_path(text: str) -> str:
    """Return the path for people: ``^<https://…/ns#party>`` becomes ``^ct:party``."""
    head, *rest = text.split("<")
    if not rest:
        return compact(text)
    pieces = (piece.partition(">") for piece in rest)
    return head + "".join(compact(name) + tail for name, _, tail in pieces)


def make_visible(text: str) -> str:
    """Return a text with the characters written out that a terminal obeys or that turn its direction."""
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
