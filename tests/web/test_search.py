from __future__ import annotations

import pytest
from flask.testing import FlaskClient

LEHTO = "https://w3id.org/crossties/id/person/ida-lehto"


def found(client: FlaskClient, text: str, **more: str) -> list[dict[str, str]]:
    answer = client.get("/search", query_string={"q": text, "format": "json", **more})
    results: list[dict[str, str]] = answer.get_json()["results"]
    return results


@pytest.mark.parametrize("text", ["Ida Lehto", "lehto", "ида", "ЛЕХТО", "ida le"])
def test_a_name_is_found_in_any_script_and_case(client: FlaskClient, text: str) -> None:
    assert LEHTO in [one["iri"] for one in found(client, text)]


def test_labels_come_in_the_language_asked_for(client: FlaskClient) -> None:
    assert found(client, "ida lehto", lang="ru")[0]["label"] == "Ида Лехто"


def test_a_misspelt_name_finds_the_nearest(client: FlaskClient) -> None:
    answer = client.get("/search?q=Ida+Lehtoo&format=json").get_json()
    assert answer["nearest"] is True
    assert LEHTO in [one["iri"] for one in answer["results"]]


def test_the_header_decides_between_page_and_json(client: FlaskClient) -> None:
    page = client.get("/search?q=lehto", headers={"Accept": "text/html"})
    data = client.get("/search?q=lehto", headers={"Accept": "application/json"})
    assert (page.mimetype, data.mimetype) == ("text/html", "application/json")
    assert '<a href="/id/person/ida-lehto">Ida Lehto</a>' in page.text
    assert client.get("/search?q=x&format=png").status_code == 406


def test_unnamed_facts_and_terms_are_not_what_people_look_for(client: FlaskClient) -> None:
    kinds = {one["class"] for one in found(client, "alder")}
    assert "Place" in kinds
    assert not kinds & {"Participation", "Signature", "Funding", "Class", "DatatypeProperty"}


@pytest.mark.parametrize("text", ["", "   ", '"', "*", "a AND", "<script>", "%", "\u202e"])
def test_any_text_can_be_searched_for(client: FlaskClient, text: str) -> None:
    answer = client.get("/search", query_string={"q": text}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "<script" not in answer.text
