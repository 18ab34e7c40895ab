"""The pages and routes: a Flask app of small modules, the ASGI wrapper, and the server that carries it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from crossties.instance import Instance

__all__ = ["create_app"]


def create_app(instance: Instance) -> Flask:
    """Return the Flask app of an instance; it is loaded when it is wanted, which the first answer is not."""
    app: Flask = import_module("crossties.web.app").create_app(instance)
    return app
