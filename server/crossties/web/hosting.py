"""Entry points for other servers than our own: they read every setting from the environment.

``uvicorn --factory crossties.web.hosting:asgi``, ``gunicorn -k asgi 'crossties.web.hosting:asgi()'`` and
``gunicorn -k gthread 'crossties.web.hosting:wsgi()'``; docs/sparql.md names the options that each needs.
"""

from __future__ import annotations

from flask import Flask

from crossties.instance import Instance, open_instance
from crossties.settings import load_settings
from crossties.store.workers.sandbox import choose_confinement
from crossties.web.app import create_app
from crossties.web.asgi import Application, open_asgi


def wsgi() -> Flask:
    """Return the Flask app: a complete endpoint for a WSGI server that breaks failed transfers.

    Raises:
        HostError: the store or the sandbox can't be had.
    """
    return create_app(_open())


def asgi() -> Application:
    """Return the ASGI application, the front with its cache.

    Raises:
        HostError: the store or the sandbox can't be had.
    """
    return open_asgi(_open())


def _open() -> Instance:
    """Who listens where is not known here, so workers must be confined unless that is switched off."""
    settings = load_settings()
    host = "" if settings.sandbox else "127.0.0.1"
    return open_instance(choose_confinement(settings, host=host), empty=settings.scratch is not None)
