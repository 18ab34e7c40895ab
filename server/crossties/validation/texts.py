"""A text in several languages at once, so that a report can be told again in another one."""

from __future__ import annotations

from collections.abc import Sequence

from crossties.namespaces import LANGUAGES
from crossties.wording import say

#: Pairs of language tag and text; as pairs they can be hashed and compared.
Texts = tuple[tuple[str, str], ...]


def say_all(key: str, /, **values: object) -> Texts:
    """Return a sentence in every language.

    Raises:
        KeyError: there is no such sentence, or a value is missing.
    """
    return tuple((language, say(key, language, **values)) for language in LANGUAGES)


def choose_message(messages: Sequence[tuple[str | None, str]], language: str) -> str:
    """Choose among pairs of language tag and text: the language asked for, English, no tag, any."""
    for wanted in (language, "en", None, ""):
        for tag, text in messages:
            if tag == wanted:
                return text
    return messages[0][1] if messages else ""
