"""The page that tells what is in the graph, what is not, and what its blanks mean."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from crossties.namespaces import LANGUAGES
from crossties.wording import read_words

BROWSER = {"Accept": "text/html"}


def test_the_page_counts_the_graph_that_answers(client: FlaskClient) -> None:
    page = client.get("/coverage", headers=BROWSER).text
    asked = client.get(
        "/sparql",
        query_string={"query": "SELECT (COUNT(*) AS ?n) { ?x a <https://w3id.org/crossties/ns#Agreement> }"},
        headers={"Accept": "text/csv"},
    )
    [counted] = asked.text.split()[1:]
    assert re.search(rf'<th scope="row">agreements</th>\s*<td class="number">{counted}</td>', page)


def test_it_says_what_is_missing_how_sources_were_chosen_and_what_a_blank_means(client: FlaskClient) -> None:
    page = client.get("/coverage", headers=BROWSER).text
    for key in ("choice", "missing", "biases", "unknown"):
        assert re.search(rf'<h2 id="{key}">[^<]+</h2>\s*<ul class="points"><li>', page), key


def test_a_country_leads_to_its_page(client: FlaskClient) -> None:
    page = client.get("/coverage", headers=BROWSER).text
    [link] = re.findall(r'<a href="([^"]*)">Birchland</a>', page)
    assert "Birchland" in client.get(link, headers=BROWSER, follow_redirects=True).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_that_is_asked_for_from_title_to_names(
    client: FlaskClient, language: str
) -> None:
    answer = client.get("/coverage", query_string={"lang": language}, headers=BROWSER)
    words = read_words("coverage", language)
    assert answer.headers["Content-Language"] == language
    assert f'<div lang="{language}">' in answer.text
    for key in ("title", "totals.Agreement", "biases.title", "missing.money.head"):
        assert words[key] in answer.text
    assert "{" not in answer.text.partition("<main")[2]


def test_it_follows_the_language_of_the_browser(client: FlaskClient) -> None:
    answer = client.get("/coverage", headers=BROWSER | {"Accept-Language": "sv,en;q=0.5"})
    assert answer.headers["Content-Language"] == "sv"
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_first_page_and_every_foot_lead_to_it(client: FlaskClient) -> None:
    assert client.get("/", headers=BROWSER).text.count('href="/coverage"') == 2
    assert client.get("/ns", headers=BROWSER).text.count('href="/coverage"') == 1
    assert "/coverage</loc>" in client.get("/sitemap.xml").text
