"""What is wrong with a name or a date, by looking at it alone."""

from __future__ import annotations

import re
from typing import Final

_BARE: Final = re.compile(
    r"(?:[QP][0-9]+|[0-9][0-9 ./-]*|(?:https?|urn):\S+|n/?a|null|none|-+|\?+)", re.IGNORECASE
)
_TORN: Final = re.compile(
    # UTF-8 read as Latin letters, or as Cyrillic ones; and what replaces letters that are lost.
    "[\u00c2-\u00c5\u00d0\u00d1]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
    "|(?:[\u0420\u0421][\u00a0-\u00bf\u0402-\u040f\u0452-\u045f\u0490\u0491\u2013-\u2122]){2}"
    "|\ufffd"
)
_DAY: Final = re.compile(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TURNED: Final = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([12][0-9]{3})")
#: What an export writes where it knows no day.
_PLACEHOLDERS: Final = frozenset({"1970-01-01", "1900-01-01", "0001-01-01"})
#: Readings under which UTF-8 is torn.
_WRONG: Final = ("cp1252", "cp1251", "latin-1")


def is_bare(name: str) -> bool:
    """Tell whether a name is none: an identifier, an address, a dash."""
    return bool(_BARE.fullmatch(name.strip()))


def repair(text: str) -> str | None:
    """Return what a torn text was before it was read in the wrong encoding; "" where that can't be told.

    None means that the text is whole.
    """
    if not _TORN.search(text):
        return None
    for codec in _WRONG:
        try:
            return text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return "" if "\ufffd" in text else None


def read_day(text: str) -> str | None:
    """Return a day, month or year in its plain form; None where there is none or it is a placeholder."""
    found = text.strip()[:10]
    turned = _TURNED.fullmatch(text.strip())
    if turned:
        found = f"{turned[3]}-{int(turned[2]):02}-{int(turned[1]):02}"
    return found if _DAY.fullmatch(found) and found not in _PLACEHOLDERS else None


def is_placeholder(text: str) -> bool:
    """Tell whether a day stands for no day."""
    return text.strip()[:10] in _PLACEHOLDERS
