"""The names of the months in the languages of the north, in the forms in which dates have them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: The beginning of each month's name, first to last; what follows is an ending.
_STEMS: Final = (
    ("tammiku", "januar", "jan", "январ", "янв"),
    ("helmiku", "februar", "feb", "феврал", "фев"),
    ("maalisku", "march", "mars", "mar", "март"),
    ("huhtiku", "april", "apr", "апрел", "апр"),
    ("toukoku", "may", "maj", "mai", "май", "мая", "мае"),
    ("kesäku", "june", "juni", "jun", "июн"),
    ("heinäku", "july", "juli", "jul", "июл"),
    ("eloku", "august", "augusti", "aug", "август", "авг"),
    ("syysku", "september", "sept", "sep", "сентябр", "сен"),
    ("lokaku", "october", "oktober", "okt", "oct", "октябр", "окт"),
    ("marrasku", "november", "nov", "ноябр", "ноя"),
    ("jouluku", "december", "desember", "dec", "des", "декабр", "дек"),
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORT: Final = 4


def find_month(text: str) -> int | None:
    """Return the number of the month that a text names in English, Finnish, Russian or a Nordic language."""
    for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold()):
        for number, stems in enumerate(_STEMS, start=1):
            if any(_is_form(word, stem) for stem in stems):
                return number
    return None


def _is_form(word: str, stem: str) -> bool:
    """Tell whether a word is the stem with an ending; a short stem takes none."""
    return word == stem or (len(stem) > _SHORT and word.startswith(stem))
