from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from tests.web.contributions.conftest import PAGE, journal_of, sign_in, token

from crossties.instance import Instance
from crossties.journal import list_tokens, revoke_token

REALM = 'Bearer realm="crossties"'
QUEUE = "/contributions/"


def expire(instance: Instance) -> None:
    with journal_of(instance).writing() as database:
        database.execute("UPDATE token SET expires = '2020-01-01T00:00:00Z'")


def revoke(instance: Instance) -> None:
    for one in list_tokens(journal_of(instance)):
        revoke_token(journal_of(instance), one.id)


def test_without_a_token_one_is_asked_for(client: FlaskClient) -> None:
    answer = client.get(QUEUE)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, REALM)
    assert answer.json["title"] == "A token is needed here"  # type: ignore[index]


@pytest.mark.parametrize("end", [expire, revoke])
def test_a_token_that_has_ended_is_told_to_be_invalid(
    client: FlaskClient, instance: Instance, end: Callable[[Instance], None]
) -> None:
    headers = token(instance, "Aino", "operator")
    assert client.get(QUEUE, headers=headers).status_code == 200
    end(instance)
    answer = client.get(QUEUE, headers=headers)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == f'{REALM}, error="invalid_token"'
    assert "expired or was revoked" in answer.json["detail"]  # type: ignore[index]


def test_an_expired_token_begins_no_session_and_ends_one(client: FlaskClient, instance: Instance) -> None:
    headers = token(instance, "Aino", "contributor")
    assert sign_in(client, headers).status_code == 303
    expire(instance)
    assert client.get(QUEUE, headers=PAGE).status_code == 303
    assert sign_in(client, headers).status_code == 401


def test_a_scope_that_is_too_small_is_told_as_such(client: FlaskClient, instance: Instance) -> None:
    headers = token(instance, "Aino", "contributor")
    answer = client.post(f"{QUEUE}1/accept", headers=headers)
    assert (answer.status_code, answer.content_type) == (403, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == f'{REALM}, error="insufficient_scope"'


@pytest.mark.parametrize(
    ("scope", "status", "title"), [("contributor", 403, "Not allowed here"), ("", 401, "A token is needed")]
)
def test_people_are_told_on_a_page(
    client: FlaskClient, instance: Instance, scope: str, status: int, title: str
) -> None:
    if scope:
        sign_in(client, token(instance, "Aino", "contributor"))
    answer = client.post(f"{QUEUE}1/accept", headers=PAGE)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert title in answer.text
