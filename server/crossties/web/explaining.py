"""Say why a query has no rows: which pattern first became empty, and what was perhaps meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Final

from crossties.errors import NotAcceptableError, RequestError
from crossties.formats import GRAPHS, RESULTS, find_format
from crossties.protocol import ProtocolRequest, read_request
from crossties.search.labels import Labels
from crossties.store.engine import Request
from crossties.store.prefixes import Piece, find_pieces

#: Runs a query and returns its whole answer.
Ask = Callable[[Request], bytes]
#: As many queries are asked at most to explain one.
MOST: Final = 12
_UNSAFE: Final = re.compile(r"[<>\"{}|^`\\\x00-\x20]")


def explain_empty(told: ProtocolRequest, labels: Labels, ask: Ask) -> dict[str, Any]:
    """Return what is known of the emptiness of the query that the request holds.

    Raises:
        CrosstiesError: as ``read_request`` and ``ask`` do.
    """
    query = read_request(told)
    if not isinstance(query, Request):
        message = "Only a query can be explained."
        raise RequestError(message, mend="Leave explain=empty out.")
    if query.format and find_format(query.format, (*RESULTS, *GRAPHS)) is None:
        message = f"There is no format “{query.format}”."
        raise NotAcceptableError(message, mend="Leave it out: an explanation comes in JSON.")
    query = replace(query, format="json", accept="")
    pieces = find_pieces(query.query)[:MOST]
    if not pieces:
        ask(replace(query, format=""))  # a query that can't be read is told as such
    left = MOST

    def holds(text: str) -> bool:
        nonlocal left
        left -= 1
        return bool(json.loads(ask(replace(query, query=text)))["boolean"])

    empty = next((at for at, piece in enumerate(pieces) if not holds(piece.ask)), None)
    if empty is None:
        return {"patterns": len(pieces), "detail": _TOLD_OTHERWISE}
    piece = pieces[empty]
    unknown = next((iri for iri in piece.iris if left > 0 and not holds(_mention(iri))), "")
    return _describe(piece, empty, len(pieces)) | _suggest(unknown, labels)


_TOLD_OTHERWISE: Final = (
    "The triple patterns that the query begins with have solutions together: if it has no rows, look at what "
    "follows them, such as a FILTER or a further group."
)


def _describe(piece: Piece, at: int, count: int) -> dict[str, Any]:
    alone = "has no solution." if at == 0 else "has no solution together with those before it."
    return {
        "patterns": count,
        "empty": at + 1,
        "pattern": piece.text,
        "line": piece.where.line,
        "column": piece.where.column,
        "detail": f"Pattern {at + 1} {alone}",
    }


def _suggest(unknown: str, labels: Labels) -> dict[str, Any]:
    if not unknown:
        return {}
    words = re.sub(r"[-_]|(?<=[a-z])(?=[A-Z])", " ", re.split(r"[/#:]", unknown)[-1])
    return {"unknown": unknown, "near": [asdict(one) for one in labels.near(words, limit=3)]}


def _mention(iri: str) -> str:
    """Ask whether the data say anything of an IRI."""
    safe = _UNSAFE.sub("", iri)
    return f"ASK {{ {{ <{safe}> ?p ?o }} UNION {{ ?s <{safe}> ?o }} UNION {{ ?s ?p <{safe}> }} }}"
