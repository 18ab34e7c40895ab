"""The page of the vocabulary and the page of the rules say all that a reader needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from crossties.resources import Content
from crossties.vocabulary import read_vocabulary

BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def entries(app: Flask) -> dict[str, str]:
    """Give the entries of the page and of its part for derived terms."""
    client = app.test_client()
    pages = [client.get(one, headers=BROWSER).text for one in ("/ns", "/ns?part=derived")]
    pattern = re.compile(r'<article class="term" id="(\w+)">(.*?)</article>', re.DOTALL)
    return dict(found for page in pages for found in pattern.findall(page))


def test_derived_terms_are_short_on_the_page_and_whole_on_their_own(client: FlaskClient) -> None:
    page, part = (client.get(one, headers=BROWSER).text for one in ("/ns", "/ns?part=derived"))
    assert '<dt id="coveredBy">' in page
    assert 'href="/ns?part=derived#coveredBy"' in page
    assert '<article class="term" id="coveredBy">' in part
    assert 'href="/ns#Organisation"' in part
    assert client.get("/ns?part=other", headers=BROWSER).status_code == 404


def test_every_term_has_an_entry_with_its_definition_in_four_languages(
    entries: dict[str, str], content: Content
) -> None:
    vocabulary = read_vocabulary(content)
    assert set(entries) == {
        one.name for one in [*vocabulary.classes.values(), *vocabulary.properties.values()]
    }
    for name, entry in entries.items():
        for tag in ("sv", "fi", "ru"):
            assert f'<dd lang="{tag}">' in entry, name


def test_an_entry_says_where_the_term_is_used(entries: dict[str, str]) -> None:
    funding = entries["funder"]
    assert "In the data" in funding
    assert 'href="/page/id' not in funding
    assert re.search(r'such as <a href="/id/funding/[^"]*">', funding)
    assert "/questions/funding/who-funded-whom" in funding
    assert 'href="/graph/ontology/funding"' in funding
    assert 'href="#Organisation"' in funding


def test_a_class_shows_what_its_things_have(entries: dict[str, str]) -> None:
    assert '<td class="short">1</td>' in entries["Funding"]
    assert 'href="#amount"' in entries["Funding"]
    assert 'href="/shapes#FundingShape"' in entries["Funding"]


def test_the_page_speaks_the_language_that_is_asked_for(client: FlaskClient) -> None:
    text = client.get("/ns?lang=fi", headers=BROWSER).text
    assert "rajat ylittävän yhteistyön sanasto" in text
    assert '<h3 lang="fi">rahoittaja' in text


def test_the_model_is_drawn(client: FlaskClient) -> None:
    drawn = (Path(__file__).parents[2] / "docs" / "model.svg").read_bytes()
    assert client.get("/static/model.svg", buffered=True).data == drawn, "copy docs/model.svg to web/static"
    assert "model.svg" in client.get("/ns", headers=BROWSER).text


def test_rules_are_told_in_words_with_their_messages(client: FlaskClient) -> None:
    assert "A funding has at most one amount" in client.get("/shapes", headers=BROWSER).text
    text = client.get("/shapes?lang=sv", headers=BROWSER).text
    assert re.search(r'<dt id="FundingShape-amount" lang="sv">Belopp: högst 1', text)
    assert "Name at least two sides" not in text
    assert "Ange minst två sidor i avtalet" in text
    assert 'id="FundingShape-amount"' in text
