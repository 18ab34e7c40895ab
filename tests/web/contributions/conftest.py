"""Contributions over HTTP: the app on a copy of the test world, tokens, and forms as a browser sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tests.conftest import WORLD
from werkzeug.test import TestResponse

from crossties.instance import Instance, open_instance
from crossties.journal import Journal, Scope, add_token
from crossties.settings import Settings
from crossties.web import create_app
from crossties.web.site import EXTENSION

PAGE = {"Accept": "text/html"}
_MARK = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def instance(home_of_world: Path) -> Instance:
    settings = Settings(home=home_of_world, workers=1, uploads_per_minute=1_000, upload_bytes=20_000)
    return open_instance(settings, files=[WORLD])


@pytest.fixture
def app(instance: Instance) -> Iterator[Flask]:
    app = create_app(instance)
    yield app
    app.extensions[EXTENSION].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def token(instance: Instance, holder: str, scope: Scope) -> dict[str, str]:
    """Make a token and return the header that carries it."""
    return {"Authorization": f"Bearer {add_token(journal_of(instance), holder=holder, scope=scope)}"}


def journal_of(instance: Instance) -> Journal:
    assert instance.ground is not None
    return instance.ground.journal


def sign_in(client: FlaskClient, headers: dict[str, str]) -> TestResponse:
    page = client.get("/contributions/sign-in", headers=PAGE).text
    given = {"token": headers["Authorization"].removeprefix("Bearer "), "csrf_token": mark(page)}
    return client.post("/contributions/sign-in", data=given, headers=PAGE)


def mark(page: str) -> str:
    found = _MARK.search(page)
    assert found
    return found[1]


def send(client: FlaskClient, headers: dict[str, str], text: str, **more: str) -> Any:  # noqa: ANN401
    data = {"file": (BytesIO(text.encode()), "delta.ttl"), **more}
    response = client.post("/contributions/", data=data, headers=headers)
    assert response.status_code == 201, response.text
    return response.json
