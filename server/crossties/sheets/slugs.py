"""Make ids: stable, ASCII, out of names in any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from crossties.search.fold import fold

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST: Final = 80
#: Words that say nothing in an id.
_SMALL: Final = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with"})


def make_slug(name: str) -> str:
    """Return the id that a name gives: “City of Kotka” is ``city-of-kotka``; long ones lose small words."""
    words = fold(name).split()
    slug = "-".join(words)
    if len(slug) > _LONGEST:
        words = [word for word in words if word not in _SMALL]
        while len("-".join(words)) > _LONGEST and len(words) > 1:
            words.pop()
        slug = "-".join(words)[:_LONGEST].strip("-")
    return slug


def next_free(slug: str, is_taken: Callable[[str], bool]) -> str:
    """Return the first of ``slug-2``, ``slug-3``, … that is free."""
    number = 2
    while is_taken(f"{slug}-{number}"):
        number += 1
    return f"{slug}-{number}"
