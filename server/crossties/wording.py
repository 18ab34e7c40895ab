"""What people are told, in every language: one TOML file per subject below ``words/<language>/``.

A key is the path to a sentence, its file first: ``intake.empty.what`` is the entry ``what`` of the table
``empty`` in ``words/en/intake.toml``. Values stand in braces; a brace itself is written twice.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from crossties.namespaces import LANGUAGES

_WORDS: Final = files("crossties") / "words"


def say(key: str, language: str, /, **values: object) -> str:
    """Return a sentence in a language, with its values filled in; in English where there is no such language.

    Raises:
        KeyError: there is no such sentence, or a value that it needs was not given; a fault of ours.
    """
    subject, _, name = key.partition(".")
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    return read_words(subject, spoken)[name].format_map(values)


@cache
def read_words(subject: str, language: str) -> dict[str, str]:
    """Return every sentence of a subject by the rest of its key, its values still in braces."""
    text = (_WORDS / language / f"{subject}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text), ""))


def _flat(table: dict[str, object], start: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, entry in table.items():
        key = start + name
        found += _flat(entry, f"{key}.") if isinstance(entry, dict) else [(key, str(entry))]
    return found
