"""Everything that is said of sheets can be said in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import crossties.sheets
from crossties.namespaces import LANGUAGES
from crossties.sheets import load_kinds
from crossties.sheets.grid import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from crossties.sheets.workbooks import MAX_CELLS, MAX_PACKED, MAX_UNPACKED
from crossties.wording import read_words

SOURCES = sorted(Path(crossties.sheets.__file__).parent.glob("*.py"))
CODES = {
    code
    for path in SOURCES
    for code in re.findall(
        r'(?:Said|refuse|accept|unreadable)\(\s*(?:[\w.\[\]{}" ()-]+, )?"([a-z]+(?:-[a-z]+)+)"',
        path.read_text(encoding="utf-8"),
    )
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_values(language: str) -> None:
    english, own = read_words("sheets", "en"), read_words("sheets", language)
    assert set(own) == set(english)
    for key, text in own.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", english[key])), key
        assert text.strip() == text


def test_every_code_that_is_told_has_its_sentence() -> None:
    words = read_words("sheets", "en")
    assert len(CODES) > 60
    assert {code for code in CODES if f"{code}.what" not in words} == set()


@pytest.mark.parametrize("kind", load_kinds())
def test_every_kind_has_a_name_and_an_example(kind: str) -> None:
    assert f"sheet.{kind}" in read_words("sheets", "ru")
    assert load_kinds()[kind].example


def test_the_page_for_officers_names_every_kind_and_every_limit() -> None:
    page = (Path(__file__).parents[2] / "docs" / "spreadsheets.md").read_text(encoding="utf-8")
    assert [kind for kind in load_kinds() if f"`{kind}`" not in page] == []
    limits = page.partition("## Limits")[2]
    assert f"{MAX_PACKED // 1024**2} MB packed and {MAX_UNPACKED // 1024**2} MB unpacked" in limits
    assert f"{MAX_SHEETS} sheets, {MAX_ROWS:,} rows and {MAX_COLUMNS} columns" in limits
    assert f"{MAX_CELLS:,} cells" in limits
