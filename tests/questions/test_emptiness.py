"""A question without rows says which part had none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crossties.questions.catalogue import find_question
from crossties.questions.emptiness import describe_emptiness, find_empty_parts
from crossties.resources import Content
from crossties.search.labels import Labels

Run = Callable[[str], bytes]


@pytest.mark.parametrize(
    ("name", "given", "parts"),
    [
        ("agreements/all", {"party": "Oak", "from": "2030"}, ("from",)),
        ("agreements/all", {"party": "Timber College"}, ("party",)),
        ("agreements/between", {"a": "Aspen", "b": "Alder"}, ("a", "b")),
        ("agreements/all", {"party": "Timber College", "from": "2030"}, ()),
        ("places/by-code", {"code": "BX1C4", "version": "2024"}, ("code", "version")),
        ("evidence/as-known-on", {"agreement": "Four leaves", "release": "1.0.0", "lang": "fi"}, ()),
    ],
)
def test_the_parts_without_which_there_are_rows(
    name: str, given: dict[str, str], parts: tuple[str, ...], labels: Labels, world_run: Run, content: Content
) -> None:
    assert find_empty_parts(find_question(content.queries, name), given, labels, world_run) == parts


def test_a_default_is_a_part_too(labels: Labels, world_run: Run, content: Content) -> None:
    question = find_question(content.queries, "funding/who-funded-whom")
    assert find_empty_parts(question, {"recipient": "Leaf Trail"}, labels, world_run) == ("recipient", "kind")


def test_it_is_said_in_words() -> None:
    assert "without “from”" in describe_emptiness({"party": "Oak", "from": "2030"}, ("from",))
    assert "“a” or “b”" in describe_emptiness({"a": "Aspen", "b": "Alder"}, ("a", "b"))
    assert "any one of party, from." in describe_emptiness({"party": "Oak", "from": "2030"}, ())
    assert describe_emptiness({"on": "1900-01-01", "lang": "fi"}, ()) == "Nothing is recorded for “on”."
    assert describe_emptiness({}, ()) == "Nothing of this kind is recorded."
