from __future__ import annotations

import pytest

from crossties.errors import RequestError
from crossties.quads import iri, literal, to_text


def test_text_is_written_with_everything_escaped() -> None:
    assert to_text(literal('a"b\\c\nd')) == r'"a\"b\\c\nd"'


def test_braces_in_a_text_stay_in_the_text() -> None:
    assert to_text(literal("} DROP ALL {")) == '"} DROP ALL {"'


@pytest.mark.parametrize("text", ["kotka", "http://a b", "https://x/> } #", ""])
def test_what_is_no_absolute_iri_is_refused(text: str) -> None:
    with pytest.raises(RequestError):
        iri(text)
