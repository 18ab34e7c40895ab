"""The words in which shapes are told: numbers, plurals, articles, lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_NUMBERS: Final = ("no", "one", "two", "three", "four", "five")
_HISSING: Final = ("s", "x", "ch", "sh", "z")
_VOWELS: Final = "aeiou"
_AFTER_NOUNS: Final = frozenset(
    {"of", "in", "by", "after", "before", "from", "on", "to", "under", "for", "held"}
)
_NO_NOUNS: Final = frozenset({"about", "approximate", "because", "preferred", "until", "within", "through"})
_BEFORE_VERBS: Final = frozenset(
    {"is", "has", "was", "takes", "looks", "includes", "not", "votes", "signs", "after", "before"}
)


def number(count: int) -> str:
    """Return a small number as a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def plural(noun: str) -> str:
    """Return the plural of an English noun."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(_HISSING) else "s")


def article(noun: str) -> str:
    """Return the noun with its indefinite article."""
    return f"{'an' if noun[:1].lower() in _VOWELS else 'a'} {noun}"


def join(words: Sequence[str], *, last: str = "or") -> str:
    """Return the words as a list in a sentence."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def is_noun(label: str) -> bool:
    """Say whether a label can be counted: “party” can, “amends”, “part of” and “until” can't."""
    first, last = label.partition(" ")[0], label.rpartition(" ")[2]
    verbal = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return not (verbal or first in _BEFORE_VERBS or last in _AFTER_NOUNS or label in _NO_NOUNS)


def how_many(least: int, most: int | None, noun: str) -> str:
    """Return how often something is there: “at least two parties”, “exactly one date”."""
    if not is_noun(noun):
        return f"{how_many(least, most, 'value')} of “{noun}”"
    if most == 0:
        return f"no {noun}"
    if most is None:
        return f"at least {_counted(least, noun)}" if least else f"any number of {plural(noun)}"
    if least == most:
        return f"exactly {_counted(most, noun)}"
    if least == 0:
        return f"at most {_counted(most, noun)}"
    return f"{number(least)} to {_counted(most, noun)}"


def _counted(count: int, noun: str) -> str:
    return f"{number(count)} {noun if count == 1 else plural(noun)}"
