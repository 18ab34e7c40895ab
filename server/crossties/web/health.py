"""Say whether the service answers, and how much: for those who run it."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, jsonify

from crossties import __version__
from crossties.errors import RefusedError
from crossties.store.budget import is_loopback
from crossties.web.carrying import read_client
from crossties.web.exposition import expose
from crossties.web.site import the_site

blueprint = Blueprint("health", __name__)
_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/health")
def health() -> Response:
    """Answer once a worker has answered the smallest query."""
    site = the_site()
    site.run("ASK {}")
    response = jsonify(status="ok", software=__version__, version=site.instance.version.folder.name)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/metrics")
def show_metrics() -> Response:
    """Show the counters to this machine."""
    if not is_loopback(read_client()):
        message = "The counters are shown to this machine alone."
        raise RefusedError(message, mend="Ask from the machine that serves.")
    return Response(expose(the_site().metrics), content_type=_TEXT)
