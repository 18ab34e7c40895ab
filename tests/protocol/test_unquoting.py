from __future__ import annotations

from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossties.errors import RequestError
from crossties.protocol.reading import read_fields

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_a_field_is_read_as_it_was_meant(text: str) -> None:
    assert read_fields(f"query={quote_plus(text)}") == (("query", text),)


@given(TEXT, TEXT)
def test_one_field_is_read_like_the_first_of_two(text: str, other: str) -> None:
    both = read_fields(urlencode([("query", text), ("lang", other)]))
    assert read_fields(urlencode([("query", text)])) == both[:1]


@pytest.mark.parametrize("text", ["a%zzb", "100%", "%", "%4", "\\x41%42", "\\%41", "%5Cn", "a\\nb"])
def test_what_is_no_escape_stays_as_it_is(text: str) -> None:
    both = read_fields(f"query={text}&lang=en")
    assert read_fields(f"query={text}") == both[:1]


@pytest.mark.parametrize("text", ["%ff", "a%C3", "%ED%A0%80"])
def test_bytes_that_are_not_utf_8_are_refused(text: str) -> None:
    with pytest.raises(RequestError, match="not UTF-8"):
        read_fields(f"query={text}")
