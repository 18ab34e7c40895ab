"""For who runs the service: which queries run, and the end of one of them."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from crossties.errors import NotFoundError
from crossties.protocol.service import require_operator
from crossties.store.budget import is_loopback
from crossties.web.carrying import read_client, read_exchange
from crossties.web.site import the_site

blueprint = Blueprint("operators", __name__)


@blueprint.get("/queries")
def list_queries() -> Response:
    """List the queries that have run longer than a moment, in every web process, the oldest first."""
    _require()
    response = jsonify(queries=[asdict(one) for one in the_site().pool.running()])
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.delete("/queries/<int:query>")
def cancel_query(query: int) -> Response:
    """End one of them: who asked is told that the operator did it."""
    _require()
    if not the_site().pool.cancel(query):
        message = f"No query {query} runs."
        raise NotFoundError(message, mend="It may have ended by itself: look at /queries.")
    return Response(status=204)


def _require() -> None:
    """Refuse also what came through a proxy that isn't trusted: anybody would seem to be local."""
    through_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    direct = is_loopback(read_client()) and not through_proxy
    require_operator(read_exchange(), the_site().service, direct=direct)
