"""Register what publishes the graph: things, documents, machine descriptions, releases."""

from __future__ import annotations

from flask import Flask

from crossties.web import caching, catalog, executables, machines, named_graphs, vocabulary


def register(app: Flask) -> None:
    """Add the routes, and answers that a client has already."""
    caching.register(app)
    for module in (vocabulary, named_graphs, executables, catalog, machines):
        app.register_blueprint(module.blueprint)
