from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

import pytest
from flask.testing import FlaskClient
from tests.contributions.conftest import place
from tests.web.contributions.conftest import PAGE, mark, send, sign_in, token

from crossties.instance import Instance
from crossties.namespaces import LANGUAGES
from crossties.wording import read_words, say

HISTORY = "/contributions/entries"
#: Sentences that a page holds.
HOLD: Mapping[str, tuple[str, ...]] = {
    "/contributions/sign-in": ("sign.title", "sign.lead", "sign.token", "sign.patch"),
    "/contributions/": ("queue.waiting", "queue.none", "bar.queue", "bar.sign_out", "state.rolled_back"),
    HISTORY: ("entries.title", "entries.lead"),
}
FORM = ("new.title", "new.lead_patch", "new.file", "new.author_help", "new.send_patch", "new.patch_use")


def told(key: str, language: str, **values: object) -> str:
    return say(f"contributions.{key}", language, **values)


def content(page: str) -> str:
    """Return what stands between the header and the footer, which are in English."""
    return unescape(page.partition('<main id="content"')[2].partition("</main>")[0])


def test_pages_are_in_the_language_of_the_browser_and_say_so(client: FlaskClient, instance: Instance) -> None:
    for signed_in, path in ((False, "/contributions/sign-in"), (True, "/contributions/"), (True, HISTORY)):
        if signed_in:
            sign_in(client, token(instance, "Boris", "reviewer"))
        for language in LANGUAGES:
            answer = client.get(path, headers={**PAGE, "Accept-Language": f"{language}, en;q=0.5"})
            page = content(answer.text)
            assert [key for key in HOLD[path] if told(key, language) not in page] == []
            assert f'<div lang="{language}">' in page
            assert answer.headers["Content-Language"] == language
            assert "Accept-Language" in answer.headers["Vary"]


def test_the_form_is_in_the_language_and_no_english_is_left(client: FlaskClient) -> None:
    english = read_words("contributions", "en")
    for language in (one for one in LANGUAGES if one != "en"):
        own = set(read_words("contributions", language).values())
        page = content(client.get("/contributions/new", headers={**PAGE, "Accept-Language": language}).text)
        assert [key for key in FORM if told(key, language) not in page] == []
        foreign = {text for text in english.values() if " " in text and "{" not in text} - own
        assert {text for text in foreign if text in page} == set()


def test_a_language_that_is_named_is_kept_by_links_be_it_english(client: FlaskClient) -> None:
    finnish = {**PAGE, "Accept-Language": "fi"}
    page = content(client.get("/contributions/sign-in?lang=en", headers=finnish).text)
    assert told("sign.title", "en") in page
    assert set(re.findall(r'(?:href|action)="(/contributions/[^"]*)"', page)) == {
        "/contributions/new?lang=en",
        "/contributions/sign-in?lang=en",
    }


def test_a_form_leads_on_in_its_language(client: FlaskClient, instance: Instance) -> None:
    given = token(instance, "Boris", "reviewer")["Authorization"].removeprefix("Bearer ")
    page = client.get("/contributions/sign-in?lang=sv", headers=PAGE).text
    data = {"token": given, "csrf_token": mark(page)}
    answer = client.post("/contributions/sign-in?lang=sv", data=data, headers=PAGE)
    assert answer.headers["Location"] == "/contributions/?lang=sv"


def test_an_error_is_told_in_the_language_too(client: FlaskClient, instance: Instance) -> None:
    russian = {**token(instance, "Boris", "reviewer"), "Accept-Language": "ru"}
    answer = client.get("/contributions/7", headers=russian)
    assert (answer.status_code, answer.json["detail"].split(".")[0]) == (404, "Предложения 7 нет")  # type: ignore[index]
    asked = client.post("/contributions/1/comments", headers={"Accept-Language": "sv"})
    assert told("error.token", "sv") in asked.json["detail"]  # type: ignore[index]


@pytest.mark.slow
def test_one_contribution_is_shown_in_the_language_with_its_change(
    client: FlaskClient, instance: Instance
) -> None:
    send(client, token(instance, "Aino", "contributor"), place("delta", "Alder"))
    sign_in(client, token(instance, "Boris", "reviewer"))
    for language, part_of in {
        "en": "part of",
        "fi": "on osa",
        "ru": "входит в состав",
        "sv": "del av",
    }.items():
        page = content(client.get("/contributions/1", headers={**PAGE, "Accept-Language": language}).text)
        keys = ("one.accept", "one.reject", "one.say_help", "one.looked", "one.good", "one.difference")
        assert [key for key in keys if told(key, language) not in page] == []
        assert say("report.severity.warning", language) in page
        assert f"<dt>{part_of}" in page
        assert f"<dt>{told('property.type', language)}</dt>" in page
