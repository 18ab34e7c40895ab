from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from crossties.errors import BusyError, HostError

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def test_a_machine_gets_a_problem_document_and_a_person_a_page(client: FlaskClient) -> None:
    problem, page = client.get("/nothing"), client.get("/nothing", headers=BROWSER)
    assert problem.status_code == page.status_code == 404
    assert problem.content_type == "application/problem+json"
    told = problem.get_json(force=True)
    assert told["status"] == 404
    assert told["title"]
    assert told["detail"]
    assert told["mend"]
    assert page.mimetype == "text/html"
    assert told["detail"] in page.text
    assert "Accept" in problem.headers["Vary"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_method_that_is_not_answered_is_told_with_those_that_are(client: FlaskClient, method: str) -> None:
    answer = getattr(client, method)("/health")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_busy_service_says_when_to_come_back(app_with: Callable[..., Flask]) -> None:
    app = app_with(workers=1)

    def full() -> str:
        message = "Every worker is taken."
        raise BusyError(message, mend="Ask again in a few seconds.")

    app.add_url_rule("/full", "full", full)
    answer = app.test_client().get("/full")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(BusyError.retry_after))


def test_what_nobody_foresaw_is_a_calm_500_that_tells_nothing(
    app_with: Callable[..., Flask],
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = app_with(workers=1)
    app.add_url_rule("/broken", "broken", lambda: str(1 // 0))
    answer = app.test_client().get("/broken")
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert "ZeroDivision" not in answer.text
    assert "/broken" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_our_own_errors_keep_their_status(app_with: Callable[..., Flask]) -> None:
    app = app_with(workers=1)

    def full() -> str:
        message = "The disk is full."
        raise HostError(message, mend="Free some space.")

    app.add_url_rule("/disk", "disk", full)
    assert app.test_client().get("/disk").status_code == 503


def test_only_the_public_host_is_answered_for(app_with: Callable[..., Flask]) -> None:
    client = app_with(public_url="https://ties.example.org", workers=1).test_client()
    assert client.get("/health", headers={"Host": "ties.example.org"}).status_code == 200
    assert client.get("/health", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    refused = client.get("/health", headers={"Host": "evil.example.com"})
    assert (refused.status_code, refused.content_type) == (400, "application/problem+json")


def test_links_never_hold_the_name_that_the_client_asked(client: FlaskClient) -> None:
    text = client.get("/", headers={**BROWSER, "Host": "evil.example.com"}).text
    assert "evil.example.com" not in text
    away = client.get("/id/place/alder", headers={**BROWSER, "Host": "evil.example.com"})
    assert away.headers["Location"].startswith("/page/")


def test_health_names_the_version_that_answers(client: FlaskClient) -> None:
    told = client.get("/health").get_json()
    assert told["status"] == "ok"
    assert told["version"].startswith("000001-")
