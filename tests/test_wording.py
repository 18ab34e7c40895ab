"""What people are told is there in every language, and asks for the same values in each."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import Final

import pytest

from crossties import wording
from crossties.namespaces import LANGUAGES
from crossties.wording import read_words, say

FOLDER: Final = Path(wording.__file__).parent / "words"
SUBJECTS: Final = sorted(path.stem for path in (FOLDER / "en").glob("*.toml"))


def values(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_the_languages_are_those_of_the_project() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(LANGUAGES)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_with_the_same_values(subject: str, language: str) -> None:
    english, here = read_words(subject, "en"), read_words(subject, language)
    assert set(here) == set(english)
    assert {key: values(text) for key, text in here.items()} == {
        key: values(text) for key, text in english.items()
    }


@pytest.mark.parametrize("subject", ["intake", "lint"])
@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_sentences_are_translated(subject: str, language: str) -> None:
    english, here = read_words(subject, "en"), read_words(subject, language)
    assert [key for key in english if english[key] == here[key]] == []


def test_a_sentence_is_said_with_its_values() -> None:
    assert say("intake.json_comma.what", "sv", found="x").startswith("”x” står där")
    assert say("intake.json_value.mend", "en").endswith("[ … ] or { … }.")


def test_a_language_that_is_not_spoken_is_answered_in_english() -> None:
    assert say("intake.empty.what", "de") == "The file is empty."


def test_a_missing_value_or_sentence_is_a_fault() -> None:
    with pytest.raises(KeyError):
        say("intake.json_comma.what", "en")
    with pytest.raises(KeyError):
        say("intake.unheard_of", "en")
