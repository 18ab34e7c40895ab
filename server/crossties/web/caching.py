"""Answers that a client has already: the ETag is made of the request and the version, before any work."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, g, request

from crossties.web.site import the_site

#: The blueprints whose answers depend on nothing but the request, the software and the store version.
_STEADY: Final = frozenset({"things", "vocabulary", "named_graphs", "executables"})

#: Those whose answers change with the releases too: their ETag is made of what they say.
_MADE: Final = frozenset({"catalog", "machines"})


def register(app: Flask) -> None:
    """Answer 304 where nothing has changed, and mark the other answers."""
    app.before_request(_answer_unchanged)
    app.after_request(_mark)


def _answer_unchanged() -> Response | None:
    if request.blueprint not in _STEADY or request.method not in {"GET", "HEAD"}:
        return None
    g.tag = _make_tag()
    if request.if_none_match.contains_weak(g.tag):
        response = Response(status=304)
        response.vary.add("Accept")
        return response
    return None


def _mark(response: Response) -> Response:
    if (
        request.blueprint in _MADE
        and response.status_code == HTTPStatus.OK
        and not response.direct_passthrough
        and "ETag" not in response.headers
    ):
        response.add_etag()
        response.make_conditional(request)
    if "tag" in g and response.status_code in {200, 304}:
        response.set_etag(g.tag)
        response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    return response


def _make_tag() -> str:
    site = the_site()
    told = "\n".join(
        (
            site.service.version,
            site.instance.settings.public_url or request.url_root,
            site.authority,
            request.full_path,
            request.headers.get("Accept", ""),
        )
    )
    return hashlib.sha256(told.encode()).hexdigest()[:32]
