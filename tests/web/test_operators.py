from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_running_query_is_listed_and_can_be_cancelled(app_with: Callable[..., Flask]) -> None:
    app = app_with(cpu_seconds=20.0)
    told: list[tuple[int, str]] = []

    def ask() -> None:
        answer = app.test_client().get("/sparql", query_string={"query": SLOW})
        told.append((answer.status_code, answer.get_json()["detail"]))

    asker = threading.Thread(target=ask)
    asker.start()
    client, deadline = app.test_client(), time.monotonic() + 10
    listed: list[dict[str, object]] = []
    while not listed and time.monotonic() < deadline:
        time.sleep(0.05)
        listed = mine(client)
    assert [one["client"] for one in listed] == ["127.0.0.1"]
    assert client.delete(f"/queries/{listed[0]['id']}").status_code == 204
    asker.join(10)
    assert told == [(503, "The query was cancelled by the operator.")]
    deadline = time.monotonic() + 5
    while mine(client) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert mine(client) == []


def mine(client: FlaskClient) -> list[dict[str, object]]:
    """List what this test asks; other tests of the session have the same zygote."""
    return [one for one in client.get("/queries").get_json()["queries"] if one["query"] == SLOW]


def test_a_query_that_does_not_run_can_not_be_cancelled(client: FlaskClient) -> None:
    assert client.delete("/queries/1").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Host": "evil.example"},
        {"X-Forwarded-For": "192.0.2.1"},
        {"Forwarded": "for=192.0.2.1"},
    ],
)
def test_pages_of_other_sites_and_clients_of_a_proxy_see_nothing(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    assert client.get("/queries", headers=headers).status_code == 403
    assert client.delete("/queries/1", headers=headers).status_code == 403


def test_other_machines_see_nothing(client: FlaskClient) -> None:
    elsewhere = {"REMOTE_ADDR": "192.0.2.1"}
    assert client.get("/queries", environ_overrides=elsewhere).status_code == 403


def test_a_token_that_is_set_is_needed(app_with: Callable[..., Flask]) -> None:
    client = app_with(token="secret").test_client()  # noqa: S106
    assert client.get("/queries").status_code == 401
    assert client.get("/queries", headers={"Authorization": "Bearer secret"}).status_code == 200
