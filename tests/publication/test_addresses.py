from __future__ import annotations

import pytest

from crossties.errors import NotAcceptableError, NotFoundError
from crossties.formats import GRAPHS
from crossties.namespaces import BASE, LISTS
from crossties.publication import choose_address, data_path, local_path, page_path, split_data_path

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_things_and_code_lists_are_answered_for_and_nothing_else() -> None:
    assert local_path(BASE + "id/place/kotka", BASE) == "/id/place/kotka"
    assert [local_path(f"{BASE}{head}/x", BASE) for head in LISTS] == [f"/{head}/x" for head in LISTS]
    assert local_path("http://www.wikidata.org/entity/Q33", BASE) == ""
    assert local_path(BASE + "ns#party", BASE) == "/ns#party"
    assert local_path(BASE + "problem/gone", BASE) == ""


def test_a_sister_project_answers_for_its_own_prefix() -> None:
    assert local_path("https://example.org/ties/id/place/x", "https://example.org/ties/") == "/id/place/x"
    assert local_path(BASE + "id/place/kotka", "https://example.org/ties/") == ""


@pytest.mark.parametrize(
    ("accept", "wanted", "address"),
    [
        (BROWSER, "", "/page/id/place/kotka"),
        ("text/html", "", "/page/id/place/kotka"),
        ("", "", "/data/id/place/kotka.ttl"),
        ("*/*", "", "/data/id/place/kotka.ttl"),
        ("text/turtle", "", "/data/id/place/kotka.ttl"),
        ("application/ld+json;q=0.9, text/html;q=0.1", "", "/data/id/place/kotka.jsonld"),
        ("application/rdf+xml", "", "/data/id/place/kotka.rdf"),
        (BROWSER, "nt", "/data/id/place/kotka.nt"),
        ("text/turtle", "html", "/page/id/place/kotka"),
    ],
)
def test_who_asks_for_a_thing_is_sent_by_accept_header_or_format(
    accept: str, wanted: str, address: str
) -> None:
    assert choose_address("id/place/kotka", accept=accept, wanted=wanted) == address


@pytest.mark.parametrize(("accept", "wanted"), [("image/png", ""), ("", "png")])
def test_a_format_that_cannot_be_had_is_refused_with_the_list(accept: str, wanted: str) -> None:
    with pytest.raises(NotAcceptableError) as caught:
        choose_address("id/place/kotka", accept=accept, wanted=wanted)
    assert "turtle" in caught.value.mend


def test_the_suffix_of_data_names_its_format() -> None:
    for chosen in GRAPHS:
        path = data_path("id/place/kotka", chosen).removeprefix("/data/")
        assert split_data_path(path) == ("id/place/kotka", chosen)


@pytest.mark.parametrize("path", ["id/place/kotka", "id/place/kotka.exe", ".ttl"])
def test_a_path_without_a_known_suffix_is_not_found(path: str) -> None:
    with pytest.raises(NotFoundError):
        split_data_path(path)


def test_paths_are_percent_encoded() -> None:
    assert page_path('id/place/"å') == "/page/id/place/%22%C3%A5"
