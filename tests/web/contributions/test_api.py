from __future__ import annotations

import os
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tests.conftest import WORLD
from tests.contributions.conftest import GRAPHS, place
from tests.web.contributions.conftest import PAGE, mark, send, sign_in, token

from crossties.instance import Instance
from crossties.journal import Scope, list_tokens, read_present, read_upload, revoke_token
from crossties.web.site import EXTENSION


def label(client: FlaskClient, slug: str) -> str:
    base = "https://w3id.org/crossties/"
    query = f"SELECT ?l {{ <{base}id/place/{slug}> <{base}ns#labelEn> ?l }}"
    return client.get("/sparql.csv", query_string={"query": query}).text.split("\r\n")[1]


@pytest.mark.parametrize("path", ["/contributions/", "/contributions/1", "/contributions/entries"])
def test_who_has_no_token_is_told_what_to_send(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization" in answer.json["mend"]  # type: ignore[index]


def test_people_without_a_session_are_led_to_the_form(client: FlaskClient) -> None:
    answer = client.get("/contributions/", headers=PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/contributions/sign-in?then=/contributions/",
    )


@pytest.mark.parametrize("scheme", ["Bearer crossties_wrong", "Bearer ", "Basic abc", "Bearer x y"])
def test_a_wrong_token_is_no_token(client: FlaskClient, instance: Instance, scheme: str) -> None:
    token(instance, "Aino", "contributor")
    assert client.get("/contributions/", headers={"Authorization": scheme}).status_code == 401


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("contributor", "/contributions/1/accept"),
        ("contributor", "/contributions/1/reject"),
        ("contributor", "/contributions/1/answers"),
        ("contributor", "/contributions/conflicts/1/take"),
        ("reviewer", "/contributions/entries/1/rollback"),
    ],
)
def test_a_token_is_good_for_its_scope_alone(
    client: FlaskClient, instance: Instance, scope: Scope, path: str
) -> None:
    answer = client.post(path, headers=token(instance, "Aino", scope))
    assert (answer.status_code, answer.content_type) == (403, "application/problem+json")


def test_an_instance_that_is_not_open_says_so(app: Flask, client: FlaskClient) -> None:
    site = app.extensions[EXTENSION]
    site.instance = Instance(site.instance.settings, site.instance.content, site.instance.version)
    assert client.get("/contributions/", headers={"Authorization": "Bearer x"}).status_code == 403


def test_a_session_begins_with_a_token_and_its_cookie_goes_to_these_pages_alone(
    client: FlaskClient, instance: Instance
) -> None:
    answer = sign_in(client, token(instance, "Aino", "contributor"))
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/contributions"))
    assert "Aino, contributor" in client.get("/contributions/", headers=PAGE).text


def test_a_session_ends_with_its_token(client: FlaskClient, instance: Instance) -> None:
    sign_in(client, token(instance, "Aino", "contributor"))
    assert instance.ground is not None
    revoke_token(instance.ground.journal, list_tokens(instance.ground.journal)[0].id)
    assert client.get("/contributions/", headers=PAGE).status_code == 303


def test_who_signs_out_is_out(client: FlaskClient, instance: Instance) -> None:
    sign_in(client, token(instance, "Aino", "contributor"))
    page = client.get("/contributions/", headers=PAGE).text
    client.post("/contributions/sign-out", data={"csrf_token": mark(page)}, headers=PAGE)
    assert client.get("/contributions/", headers=PAGE).status_code == 303


def test_a_token_that_is_not_known_begins_no_session(client: FlaskClient, instance: Instance) -> None:
    token(instance, "Aino", "contributor")
    answer = sign_in(client, {"Authorization": "Bearer crossties_no"})
    assert answer.status_code == 401
    assert "not known" in answer.text


@pytest.mark.parametrize("path", ["/contributions/new", "/contributions/sign-in"])
def test_without_a_journal_the_forms_are_there_and_none_is_made(
    client: FlaskClient, instance: Instance, path: str
) -> None:
    assert instance.ground is not None
    assert client.get(path, headers=PAGE).status_code == 200
    answer = client.post("/contributions/sign-in", data={"token": "crossties_x"}, headers=PAGE)
    assert (answer.status_code, "not known" in answer.text) == (401, True)
    assert not instance.ground.journal.exists


def test_after_signing_in_one_is_led_to_these_pages_alone(client: FlaskClient) -> None:
    page = client.get("/contributions/sign-in?then=https://example.org/", headers=PAGE)
    assert 'name="then" value="/contributions/"' in page.text


@pytest.mark.parametrize("given", [{}, {"csrf_token": "forged"}])
def test_a_form_of_another_site_does_nothing(
    client: FlaskClient, instance: Instance, given: dict[str, str]
) -> None:
    sign_in(client, token(instance, "Boris", "reviewer"))
    for path in ("/contributions/", "/contributions/1/accept", "/contributions/1/reject"):
        answer = client.post(path, data={**given, "text": "x"}, headers=PAGE)
        assert answer.status_code == 403
        assert "not one of ours" in answer.text


def test_a_body_above_the_limit_is_refused(client: FlaskClient, instance: Instance) -> None:
    headers = token(instance, "Aino", "contributor")
    big = {"file": (BytesIO(b"x" * 30_000), "big.ttl")}
    for answer in (
        client.post("/contributions/", data=big, headers=headers),
        client.post(
            "/contributions/", data=b"x" * 30_000, headers={**headers, "Content-Type": "text/turtle"}
        ),
    ):
        assert (answer.status_code, answer.content_type) == (413, "application/problem+json")


def test_too_much_in_a_minute_is_refused(instance: Instance, client: FlaskClient) -> None:
    token(instance, "Aino", "contributor")
    statuses = {client.post("/contributions/sign-in", data={}).status_code for _ in range(25)}
    assert 429 in statuses


def test_nothing_sent_is_told(client: FlaskClient, instance: Instance) -> None:
    answer = client.post(
        "/contributions/", data={"text": " "}, headers=token(instance, "Aino", "contributor")
    )
    assert (answer.status_code, answer.json["title"]) == (400, "The request is not understood")  # type: ignore[index]


@pytest.mark.slow
def test_a_contribution_goes_from_its_sender_to_the_query_that_follows(
    client: FlaskClient, instance: Instance
) -> None:
    aino, boris = token(instance, "Aino", "contributor"), token(instance, "Boris", "reviewer")
    olga = token(instance, "Olga", "operator")
    made = send(client, aino, place("delta"), source="https://example.org/news")
    assert (made["state"], made["graph"], made["verdict"]["conforms"]) == (
        "waiting",
        f"{GRAPHS}places/delta",
        True,
    )
    assert client.get("/contributions/1/upload", headers=boris).data == place("delta").encode()
    assert (
        client.post("/contributions/1/accept", headers=token(instance, "aino", "reviewer")).status_code == 403
    )
    done = client.post("/contributions/1/accept", headers=boris, json={"text": "page 3 says so"}).json
    assert (done["state"], done["entry"]["number"]) == ("accepted", 2)  # type: ignore[index]
    assert label(client, "delta") == "Delta"
    page = client.get("/graph/places/delta", headers=PAGE).text
    assert all(word in page for word in ("Aino", "Boris", "https://example.org/news"))
    assert "prov:wasAttributedTo" in client.get("/provenance/places/delta.ttl").text
    assert client.post("/contributions/entries/2/rollback", headers=boris).status_code == 403
    back = client.post("/contributions/entries/2/rollback", headers=olga, json={"text": "wrong"}).json
    assert back["entry"]["undoes"] == 2  # type: ignore[index]
    assert label(client, "delta") == ""


@pytest.mark.slow
def test_a_contributor_sees_her_own_alone(client: FlaskClient, instance: Instance) -> None:
    aino, eve = token(instance, "Aino", "contributor"), token(instance, "Eve", "contributor")
    send(client, aino, place("delta"))
    assert len(client.get("/contributions/", headers=aino).json["contributions"]) == 1  # type: ignore[index]
    assert client.get("/contributions/", headers=eve).json["contributions"] == []  # type: ignore[index]
    for path in ("/contributions/1", "/contributions/1/upload"):
        assert client.get(path, headers=eve).status_code == 404


@pytest.mark.slow
def test_reviewers_read_speak_and_reject_on_pages(client: FlaskClient, instance: Instance) -> None:
    send(
        client,
        token(instance, "Aino", "contributor"),
        place("delta", "Deltå <script>"),
        comment="<b>Look</b>",
    )
    sign_in(client, token(instance, "Boris", "reviewer"))
    assert "places/delta" in client.get("/contributions/", headers=PAGE).text
    page = client.get("/contributions/1", headers=PAGE).text
    assert "Deltå &lt;script&gt;" in page
    assert "&lt;b&gt;Look" in page
    given = {"csrf_token": mark(page), "text": "Which town?"}
    client.post("/contributions/1/comments", data=given, headers=PAGE)
    client.post("/contributions/1/reject", data={**given, "text": "no source"}, headers=PAGE)
    page = client.get("/contributions/1", headers=PAGE).text
    assert all(word in page for word in ("Which town?", "no source", "rejected"))
    assert client.get("/contributions/1", headers=PAGE).headers["Cache-Control"] == "no-store"


@pytest.mark.slow
def test_people_tick_that_they_looked_at_the_warnings_before_they_accept(
    client: FlaskClient, instance: Instance
) -> None:
    send(client, token(instance, "Aino", "contributor"), place("delta", "Alder"))
    sign_in(client, token(instance, "Boris", "reviewer"))
    page = client.get("/contributions/1", headers=PAGE).text
    assert 'name="looked"' in page
    given = {"csrf_token": mark(page)}
    assert client.post("/contributions/1/accept", data=given, headers=PAGE).status_code == 400
    ticked = {**given, "looked": "yes"}
    assert client.post("/contributions/1/accept", data=ticked, headers=PAGE).status_code == 303


@pytest.mark.slow
def test_what_does_not_conform_is_answered_with_its_places(client: FlaskClient, instance: Instance) -> None:
    aino = token(instance, "Aino", "contributor")
    made = send(client, aino, place("delta").replace("kind/municipality", "kind/none"), report="sv")
    assert made["state"] == "failing"
    wrong = [one for one in made["verdict"]["report"]["results"] if one["severity"] == "violation"]
    assert wrong
    assert all(one["file"] == "delta.ttl" and one["line"] for one in wrong)


@pytest.mark.slow
def test_the_present_text_of_a_graph_comes_with_its_digest_and_an_old_one_is_a_conflict(
    client: FlaskClient, instance: Instance
) -> None:
    assert instance.ground is not None
    aino, boris = token(instance, "Aino", "contributor"), token(instance, "Boris", "reviewer")
    send(client, aino, place("delta"))
    client.post("/contributions/1/accept", headers=boris)
    page = client.get("/contributions/new?graph=graph/places/delta", headers=PAGE).text
    digest = read_present(instance.ground.journal)[f"{GRAPHS}places/delta"]
    assert f'name="based-on" value="{digest}"' in page
    assert "&lt;id/place/delta&gt;" in page
    old = {"replaces": "graph/places/delta", "based-on": "0" * 64, "text": place("delta")}
    answer = client.post("/contributions/", data=old, headers=aino)
    assert (answer.status_code, answer.json["type"].rpartition("/")[2]) == (409, "conflict")  # type: ignore[index]


@pytest.mark.slow
def test_who_has_no_token_gets_a_checked_patch_and_nothing_is_kept(
    client: FlaskClient, instance: Instance
) -> None:
    assert instance.ground is not None
    sent = {"file": (BytesIO(place("delta").encode()), "delta.ttl"), "author": "Aino <aino@example.org>"}
    answer = client.post("/contributions/patch", data=sent)
    assert (answer.status_code, answer.mimetype) == (200, "text/x-patch")
    assert "+++ b/data/places/delta.ttl" in answer.text
    assert "From: Aino <aino@example.org>" in answer.text
    wrong = client.post("/contributions/patch", data={"text": "<a> <b> ."})
    assert (wrong.status_code, wrong.json["conforms"]) == (422, False)  # type: ignore[index]
    assert not instance.ground.journal.exists


@pytest.mark.slow
def test_what_would_answer_differently_is_found_and_told(
    client: FlaskClient, instance: Instance, app: Flask
) -> None:
    aino, boris = token(instance, "Aino", "contributor"), token(instance, "Boris", "reviewer")
    later = (WORLD / "funding" / "ferry-centre-later.ttl").read_text("utf-8")
    send(client, aino, later.replace('"4500"', '"4800"'), replaces="graph/funding/ferry-centre-later")
    assert client.post("/contributions/1/answers", headers=boris).status_code == 202
    app.extensions["crossties.office"].find_effects(1)
    told = client.get("/contributions/1", headers=boris).json["answers"]["changed"]  # type: ignore[index]
    changed = {one["question"]: one for one in told if "question" in one}
    assert "funding/who-funded-whom" in changed
    rows = changed["funding/who-funded-whom"]["rows"]
    assert any("4500" in row for row in rows["lost"])
    assert any("4800" in row for row in rows["gained"])


@pytest.mark.slow
def test_a_helper_that_is_killed_is_started_again(
    client: FlaskClient, instance: Instance, app: Flask
) -> None:
    assert instance.ground is not None
    aino, boris = token(instance, "Aino", "contributor"), token(instance, "Boris", "reviewer")
    send(client, aino, place("delta"))
    office = app.extensions["crossties.office"]
    for helper in (office._secretary, office._clerk):  # noqa: SLF001 - a fault is injected
        assert helper.pid
        os.kill(helper.pid, 9)
        helper._process.wait()  # noqa: SLF001
    assert client.post("/contributions/1/accept", headers=boris).status_code == 200
    assert label(client, "delta") == "Delta"
    assert read_upload(instance.ground.journal, 1) == place("delta").encode()
