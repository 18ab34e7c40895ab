"""Shorten the names in a path that is written as SPARQL writes it."""

from __future__ import annotations

from crossties.namespaces import compact


def compact_path(text: str) -> str:
    """Return the path for people: ``^<https://…/ns#party>`` becomes ``^ct:party``."""
    head, *rest = text.split("<")
    if not rest:
        return compact(text)
    pieces = (piece.partition(">") for piece in rest)
    return head + "".join(compact(name) + tail for name, _, tail in pieces)
