"""Answer a request to the query address (SPARQL 1.1 Protocol, 2.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from crossties.errors import CrosstiesError, NotAcceptableError
from crossties.formats import Format, negotiate
from crossties.protocol.messages import EVERYONE, METHODS, ProtocolAnswer, ProtocolRequest
from crossties.protocol.problems import to_answer
from crossties.protocol.reading import read_request
from crossties.store.engine import Request
from crossties.store.pool import Answer

#: Runs a query and returns its answer once the first piece is there.
Run = Callable[[Request], Answer]
#: Text formats say that they are UTF-8; the JSON and XML ones say it by themselves.
_TEXT: Final = "text/"


def answer(request: ProtocolRequest, run: Run) -> ProtocolAnswer:
    """Answer the request; every error becomes a problem document with its status."""
    if request.method == "OPTIONS":
        return _answer_options()
    try:
        found = respond(read_request(request), run)
    except CrosstiesError as error:
        return to_answer(error)
    return _without_body(found) if request.method == "HEAD" else found


def respond(query: Request, run: Run) -> ProtocolAnswer:
    """Run a query that was read and return its answer.

    Raises:
        CrosstiesError: as ``run`` does.
    """
    found = run(query)
    headers = (("Content-Type", _content_type(found.format, query)), ("Vary", "Accept"), EVERYONE)
    return ProtocolAnswer(200, headers, found.body)


def _content_type(chosen: Format, query: Request) -> str:
    """Return the first media type of the format that the client accepts."""
    media_type = chosen.media_type
    if not query.format and query.accept:
        media_type = next((one for one in chosen.media_types if _accepts(query.accept, one)), media_type)
    return f"{media_type}; charset=utf-8" if media_type.startswith(_TEXT) else media_type


def _accepts(accept: str, media_type: str) -> bool:
    try:
        negotiate(accept, (Format("", (media_type,), ""),))
    except NotAcceptableError:
        return False
    return True


def _without_body(found: ProtocolAnswer) -> ProtocolAnswer:
    """HEAD is GET without the body (RFC 9110, 9.3.2); the worker is given back at once."""
    close = getattr(found.body, "close", None)
    if close:
        close()
    return ProtocolAnswer(found.status, found.headers)


def _answer_options() -> ProtocolAnswer:
    listed = ", ".join(METHODS)
    headers = (
        ("Allow", listed),
        EVERYONE,
        ("Access-Control-Allow-Methods", listed),
        ("Access-Control-Allow-Headers", "Accept, Content-Type"),
        ("Access-Control-Max-Age", "86400"),
    )
    return ProtocolAnswer(204, headers)
