"""Say whether the service answers."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from crossties import __version__
from crossties.web.site import the_site

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """Answer once a worker has answered the smallest query."""
    site = the_site()
    site.run("ASK {}")
    response = jsonify(status="ok", software=__version__, version=site.instance.version.folder.name)
    response.headers["Cache-Control"] = "no-store"
    return response
