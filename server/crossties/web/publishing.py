"""Register what publishes the graph: things, documents, machine descriptions, releases."""

from __future__ import annotations

from flask import Flask

from crossties.web import caching


def register(app: Flask) -> None:
    """Add the routes, and answers that a client has already."""
    caching.register(app)
