"""Carry requests and answers of the protocol over Flask."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from flask import Response, request

from crossties.protocol import ProtocolAnswer, ProtocolRequest
from crossties.store.budget import name_client
from crossties.web.scopes import make_address
from crossties.web.site import the_site


def carry(answer: ProtocolAnswer) -> Response:
    """Return the response that streams the answer; it closes the body when it ends or the client leaves."""
    response = Response(answer.body, status=answer.status)
    response.headers.clear()
    response.headers.extend(answer.headers)
    close = getattr(answer.body, "close", None)
    if close:
        response.call_on_close(close)
    return response


def read_exchange() -> ProtocolRequest:
    """Return the request that Flask answers as one of the protocol."""
    headers = request.headers
    return ProtocolRequest(
        method=request.method,
        query_string=request.query_string.decode("latin-1"),
        content_type=headers.get("Content-Type", ""),
        accept=headers.get("Accept", ""),
        body=request.get_data(cache=True),
        address=make_address(
            the_site().instance.settings.public_url or f"{request.scheme}://{request.host}", _raw_path()
        ),
        if_none_match=headers.get("If-None-Match", ""),
        authorization=headers.get("Authorization", ""),
        host=request.host,
        origin=headers.get("Origin", ""),
    )


def read_client() -> str:
    """Return the name of the client, for its budget."""
    trusted = the_site().instance.settings.trusted_proxies
    return name_client(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""), trusted)


def _raw_path() -> str:
    """Return the path before it was decoded, where the server tells it."""
    told = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI")
    return urlsplit(str(told)).path if told else quote(request.path, safe="/:@!$&'()*+,;=~-._")
