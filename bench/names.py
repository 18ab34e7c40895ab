"""Names that no place or person has, in English, Finnish, Russian and Swedish, from a seeded die."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

_Item = TypeVar("_Item")
_FIRST: Final = [
    "al",
    "bre",
    "dor",
    "el",
    "far",
    "gil",
    "hor",
    "is",
    "kal",
    "lin",
    "mor",
    "nes",
    "or",
    "pol",
    "rav",
    "sil",
    "tor",
    "ul",
    "vin",
    "ys",
]
_MIDDLE: Final = [
    "a",
    "be",
    "da",
    "ela",
    "eri",
    "go",
    "ile",
    "ka",
    "lo",
    "ma",
    "ne",
    "ora",
    "pa",
    "ri",
    "sa",
    "ti",
    "una",
    "vo",
]
_LAST: Final = ["berg", "dal", "fors", "gard", "holm", "lund", "mark", "nas", "sund", "vik"]
_GIVEN: Final = [
    "Aino",
    "Boris",
    "Clara",
    "Denis",
    "Eino",
    "Frida",
    "Gleb",
    "Hanna",
    "Ivan",
    "Jonna",
    "Kirill",
    "Lea",
    "Maxim",
    "Nora",
    "Oleg",
]
_CYRILLIC: Final = dict(zip("abcdefghijklmnoprstuvxyzw", "абкдефгхийклмнопрстувксызв", strict=False))


class Names(NamedTuple):
    """One name in the four languages."""

    en: str
    fi: str
    ru: str
    sv: str


class Dice:
    """Choices that are the same on every machine for the same seed: only ``random()`` is asked."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing secret

    def chance(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self._random.random() < probability

    def between(self, least: int, most: int) -> int:
        """Return an integer of the range, ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def one(self, items: Sequence[_Item]) -> _Item:
        """Choose an item, each alike."""
        return items[int(self._random.random() * len(items))]

    def skewed(self, items: Sequence[_Item], *, power: float = 2.5) -> _Item:
        """Choose an item, the early ones far more often: a few towns have most of the partners."""
        return items[int(self._random.random() ** power * len(items))]

    def some(self, items: Sequence[_Item], count: int) -> list[_Item]:
        """Choose different items, the early ones more often."""
        found: list[_Item] = []
        for _ in range(count * 4):
            item = self.skewed(items)
            if item not in found:
                found.append(item)
            if len(found) == count:
                break
        return found


def invent_place(dice: Dice, number: int) -> Names:
    """Invent the name of a place; ``number`` keeps it from being another one's."""
    stem = dice.one(_FIRST) + _spell(number) + dice.one(_LAST)
    return Names(stem.title(), f"{stem.title()}i", to_cyrillic(stem).title(), f"{stem.title()}a")


def invent_person(dice: Dice, number: int) -> Names:
    """Invent the name of a person."""
    name = f"{dice.one(_GIVEN)} {dice.one(_FIRST)}{_spell(number)}".title()
    return Names(name, name, to_cyrillic(name.lower()).title(), name)


def to_cyrillic(text: str) -> str:
    """Spell a name in Cyrillic letters, one for one."""
    return "".join(_CYRILLIC.get(letter, letter) for letter in text)


def _spell(number: int) -> str:
    """Write a number in syllables, each number in its own way."""
    syllables = _MIDDLE[number % len(_MIDDLE)]
    while number >= len(_MIDDLE):
        number = number // len(_MIDDLE) - 1
        syllables += _MIDDLE[number % len(_MIDDLE)]
    return syllables
