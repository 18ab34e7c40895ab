"""Make the Flask app: a complete WSGI application for one instance."""

from __future__ import annotations

from flask import Flask, Response

from crossties import __version__
from crossties.instance import Instance
from crossties.web import (
    contributions,
    contributions_access,
    contributions_history,
    contributions_sending,
    coverage,
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
    validation,
)
from crossties.web.policy import HEADERS, trusted_hosts
from crossties.web.renewal import follow
from crossties.web.site import EXTENSION, Site, open_site


def create_app(instance: Instance, *, site: Site | None = None) -> Flask:
    """Return the app that answers every route of the instance; without a ``site`` it opens one.

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
    if site is None:
        site = open_site(instance)
        follow(site)
    app.extensions[EXTENSION] = site
    app.before_request(lambda: site.look())  # noqa: PLW0108 - what is called may be replaced
    links.register(app)
    publishing.register(app)
    problems.register(app)
    contributions_access.register(app)
    for module in (
        home,
        questions,
        things,
        search,
        sparql,
        graphs,
        limits,
        health,
        operators,
        validation,
        coverage,
    ):
        app.register_blueprint(module.blueprint)
    for part in (contributions, contributions_sending, contributions_history):
        app.register_blueprint(part.blueprint)
    app.jinja_env.globals["software"] = __version__
    app.jinja_env.filters["short"] = tables.shorten_values
    app.after_request(_add_headers)
    return app


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
