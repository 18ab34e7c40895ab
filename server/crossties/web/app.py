"""Make the Flask app: a complete WSGI application for one instance."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response

from crossties import __version__
from crossties.instance import Instance
from crossties.web import (
    graphs,
    health,
    home,
    limits,
    links,
    operators,
    problems,
    publishing,
    questions,
    search,
    sparql,
    tables,
    things,
)
from crossties.web.site import EXTENSION, open_site

_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
#: What every answer carries.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def create_app(instance: Instance) -> Flask:
    """Return the app that answers every route of the instance; it starts the query workers.

    A ``public_url`` in the settings makes its host the only one that is answered for.
    """
    app = Flask("crossties.web")
    app.config.update(
        MAX_CONTENT_LENGTH=instance.settings.body_bytes,
        TRUSTED_HOSTS=trusted_hosts(instance.settings.public_url),
        SEND_FILE_MAX_AGE_DEFAULT=86_400,
    )
    app.url_map.strict_slashes = False
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions[EXTENSION] = open_site(instance)
    links.register(app)
    publishing.register(app)
    problems.register(app)
    for module in (home, questions, things, search, sparql, graphs, limits, health, operators):
        app.register_blueprint(module.blueprint)
    app.jinja_env.globals["software"] = __version__
    app.jinja_env.filters["short"] = tables.shorten_values
    app.after_request(_add_headers)
    return app


def trusted_hosts(public_url: str) -> list[str] | None:
    """Return the names that are answered for, or None for all; loopback stays trusted beside them."""
    host = urlsplit(public_url).hostname
    return [host, "localhost", "127.0.0.1", "[::1]"] if host else None


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
