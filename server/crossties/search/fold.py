"""Fold a name so that spellings in any script, case and accent meet."""

from __future__ import annotations

import re
from typing import Final

from anyascii import anyascii

#: What transliteration makes of a soft or hard sign, and what stands inside words as an apostrophe.
_SIGNS: Final = re.compile("['\"`\u2019]")
_NO_WORD: Final = re.compile(r"[^0-9a-z]+")


def fold(name: str) -> str:
    """Return the name in lower-case ASCII words: “Umeå” and “Umea” meet, “Петрозаводск” is “petrozavodsk”."""
    return _NO_WORD.sub(" ", _SIGNS.sub("", anyascii(name)).casefold()).strip()
