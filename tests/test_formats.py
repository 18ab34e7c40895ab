from __future__ import annotations

import pytest

from crossties.errors import NotAcceptableError
from crossties.formats import GRAPHS, RESULTS, find_format, negotiate


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("application/json", "json"),
        ("text/*", "csv"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.8", "tsv"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "xml"),
        ("*/*;q=0.1, application/sparql-results+json;q=0", "xml"),
        ("text/csv;q=broken, text/tab-separated-values;q=0.1", "tsv"),
        ("text/csv; charset=utf-8; q=0.5", "csv"),
    ],
)
def test_the_client_chooses(accept: str | None, expected: str) -> None:
    assert negotiate(accept, RESULTS).name == expected


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "nonsense"])
def test_a_client_that_accepts_nothing_is_told_what_there_is(accept: str) -> None:
    with pytest.raises(NotAcceptableError) as caught:
        negotiate(accept, RESULTS)
    assert "text/csv" in caught.value.mend


@pytest.mark.parametrize("name", ["turtle", "ttl", "text/turtle", " Turtle "])
def test_a_format_is_found_by_name_suffix_or_media_type(name: str) -> None:
    found = find_format(name, GRAPHS)
    assert found is not None
    assert found.media_type == "text/turtle"


def test_a_format_of_another_kind_is_not_found() -> None:
    assert find_format("turtle", RESULTS) is None
