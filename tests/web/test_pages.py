"""What holds for every page: its outline, its links, its headers, its languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = [
    "/",
    "/questions/",
    "/questions/funding/who-funded-whom",
    "/questions/funding/who-funded-whom?recipient=Ferry+Centre",
    "/questions/funding/who-funded-whom?recipient=Nobody",
    "/questions/funding/who-funded-whom?funder=Timber+College&year=1999",
    "/questions/funding/totals",
    "/questions/agreements/signatories",
    "/questions/plans/objectives?theme=education&lang=ru",
    "/search",
    "/search?q=alder",
    "/search?q=Olha&lang=ru",
    "/search?q=zzzzzz",
    "/sparql",
    "/sparql?query=SELECT+*+%7B+%3Fs+a+%3Ftype+%7D+LIMIT+5",
    "/sparql?query=CONSTRUCT+WHERE+%7B+%3Fs+a+%3Ftype+%7D+LIMIT+5",
    "/sparql?query=SELECT",
    "/page/id/organisation/ferry-centre",
    "/page/id/signing/alder-spruce-2018?lang=fi",
    "/page/id/document/ferry-news-2019",
    "/page/id/document/ferry-news-2019/p1",
    "/page/theme",
    "/page/theme/culture?lang=sv",
    "/page/kind/grant",
    "/nothing-here",
]


class Outline(HTMLParser):
    """Collect what the tests look at: links and sources, headings, fields and labels."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]

    def headings(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch(r"h[1-6]", tag)]


def outline(client: FlaskClient, address: str) -> Outline:
    parsed = Outline()
    parsed.feed(client.get(address, headers=BROWSER).text)
    return parsed


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole(client: FlaskClient, address: str) -> None:
    page = outline(client, address)
    headings = page.headings()
    assert page.all("html")[0]["lang"] == "en"
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert any(link.get("href") == "#content" for link in page.all("a"))
    assert page.all("main")[0]["id"] == "content"


@pytest.mark.parametrize("address", PAGES)
def test_every_field_has_a_label_and_every_id_is_there_once(client: FlaskClient, address: str) -> None:
    page = outline(client, address)
    labelled = {label["for"] for label in page.all("label")}
    fields = [one for one in page.all("input", "select", "textarea") if one.get("type") != "hidden"]
    assert {one["id"] for one in fields} <= labelled
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    described = {name for one in fields for name in one.get("aria-describedby", "").split()}
    assert described <= set(ids)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_loads_anything_from_outside(client: FlaskClient, address: str) -> None:
    page = outline(client, address)
    loaded = [one.get("src", "") for one in page.all("img", "script", "iframe", "source")]
    loaded += [one.get("href", "") for one in page.all("link") if one.get("rel") != "canonical"] + [
        one["action"] for one in page.all("form")
    ]
    assert [one for one in loaded if urlsplit(one).netloc or urlsplit(one).scheme] == []
    outside = [one for one in page.all("a") if urlsplit(one["href"]).netloc]
    assert all(one.get("class") == "outside" for one in outside)
    assert not any(urlsplit(one["href"]).netloc == "w3id.org" for one in outside)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_script_or_style_of_its_own(client: FlaskClient, address: str) -> None:
    page = outline(client, address)
    assert [one for one in page.all("script", "style") if one != {"type": "application/ld+json"}] == []
    assert not any(
        "style" in attributes or any(name.startswith("on") for name in attributes)
        for _, attributes in page.tags
    )


@pytest.mark.parametrize("address", PAGES)
def test_every_local_link_leads_somewhere(client: FlaskClient, address: str) -> None:
    found = [one for one in outline(client, address).all("a", "link") if one["href"].startswith("/")]
    links = {one["href"] for one in found if "hreflang" not in one}
    answers = {link: client.get(link, headers=BROWSER, buffered=True).status_code for link in links}
    assert [link for link, status in answers.items() if status >= 400] == []


@pytest.mark.parametrize(
    "address", ["/", "/sparql?query=ASK%7B%7D", "/nothing-here", "/health", "/static/style.css"]
)
def test_every_answer_has_the_headers_that_protect(client: FlaskClient, address: str) -> None:
    headers = client.get(address, buffered=True).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


def test_the_style_sheet_and_pictures_load_nothing_either(client: FlaskClient) -> None:
    for name in ("style.css", "logo.svg", "banks.svg"):
        answer = client.get(f"/static/{name}")
        assert answer.status_code == 200
        assert "url(" not in answer.text
        assert "@import" not in answer.text
        answer.close()


@pytest.mark.parametrize("address", [page for page in PAGES if "lang=" not in page])
def test_the_language_of_labels_is_kept_in_links(client: FlaskClient, address: str) -> None:
    spoken = address + ("&" if "?" in address else "?") + "lang=fi"
    page = outline(client, spoken)
    files = ("/static/", "/data/")
    links = [one["href"] for one in page.all("a") if one["href"].startswith("/") and not one.get("hreflang")]
    assert [link for link in links if "lang=fi" not in link and not link.startswith(files)] == []
    switch = {one["hreflang"] for one in page.all("a") if "hreflang" in one}
    assert switch == {"en", "fi", "ru", "sv"}


def test_labels_carry_their_language(client: FlaskClient) -> None:
    text = client.get("/page/id/organisation/ferry-centre?lang=ru", headers=BROWSER).text
    assert '<h1 lang="ru">Паромный центр</h1>' in text
    assert '<li lang="fi">Lauttakeskus' in text


def test_a_language_that_is_not_there_is_refused(client: FlaskClient) -> None:
    answer = client.get("/?lang=xx", headers=BROWSER)
    assert answer.status_code == 400
    assert "en, fi, ru, sv" in answer.text


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "Questions"), ("fi", "Kysymykset"), ("ru", "Вопросы"), ("sv", "Frågor")]
)
def test_the_frame_of_a_page_speaks_the_chosen_language(client: FlaskClient, lang: str, word: str) -> None:
    page = client.get("/questions/", query_string={"lang": lang}).text
    assert f'<header class="top" lang="{lang}">' in page
    assert f">{word}</a>" in page
