"""Tell the limits at a well-known address (RFC 8615)."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from crossties.protocol import LIMIT_WORDS, LIMITS_PATH
from crossties.web.site import the_site

blueprint = Blueprint("limits", __name__)


@blueprint.get(LIMITS_PATH)
def show_limits() -> Response:
    """Tell each limit by its name, with what it counts."""
    limits = the_site().service.limits
    told = {
        name: {"limit": limits[name], "of": words} for name, words in LIMIT_WORDS.items() if name in limits
    }
    return jsonify(told)
