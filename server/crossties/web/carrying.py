"""Carry an answer of the protocol in a Flask response."""

from __future__ import annotations

from flask import Response

from crossties.protocol import ProtocolAnswer


def carry(answer: ProtocolAnswer) -> Response:
    """Return the response that streams the answer; it closes the body when it ends or the client leaves."""
    response = Response(answer.body, status=answer.status)
    response.headers.clear()
    response.headers.extend(answer.headers)
    close = getattr(answer.body, "close", None)
    if close:
        response.call_on_close(close)
    return response
