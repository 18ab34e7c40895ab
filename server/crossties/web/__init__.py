"""The pages and routes: a Flask app of small modules, the ASGI wrapper, and the server that carries it."""

from crossties.web.app import create_app

__all__ = ["create_app"]
