from __future__ import annotations

import pytest

from crossties.search.fold import fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Umeå", "umea"),
        ("UMEA", "umea"),
        ("Петрозаводск", "petrozavodsk"),
        ("Saint-Petersburg", "saint petersburg"),
        ("Архангельск", "arkhangelsk"),
        ("O\u2019Brien's", "obriens"),
        ("  Ö  &  Ä!  ", "o a"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_spellings_of_a_name_meet(name: str, folded: str) -> None:
    assert fold(name) == folded
