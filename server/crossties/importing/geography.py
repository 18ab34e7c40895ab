"""Tell from the points of a list, and of the graph, which countries are written the wrong way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import cos, hypot, radians
from typing import Final

#: How many neighbours are asked, how far they may be (in kilometres), and how many must agree.
_ASKED: Final = 9
_FAR: Final = 250.0
_AGREED: Final = 6
_FEWEST: Final = 6
_KILOMETRES: Final = 111.2

Point = tuple[float, float]


class Neighbours:
    """Points with the country that somebody wrote to them; no map is needed: neighbours are asked.

    A point whose own country no neighbour shares, and most of whose neighbours share another, is told. The
    points of the graph count as many times as it takes to outvote a list that is wrong throughout.
    """

    def __init__(self, listed: Iterable[tuple[float, float, str]], known: Iterable[tuple[float, float, str]] = ()):
        self._cells: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
        self._counts: Counter[str] = Counter()
        for latitude, longitude, country in dict.fromkeys(listed):
            self._put(latitude, longitude, country)
        for latitude, longitude, country in dict.fromkeys(known):
            self._put(latitude, longitude, country)

    def other_country(self, point: Point, country: str) -> str | None:
        """Return the country in which the point seems to be, or None where nothing speaks against its own.

        A country with few points is never doubted, nor is a point without neighbours enough.
        """
        near = sorted(self._near(point))[:_ASKED]
        votes = Counter(name for distance, name in near if distance > 0 or name != country)
        if votes[country] or len(near) < _FEWEST:
            return None
        found, count = max(votes.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        return found if count >= min(_AGREED, len(near)) else None

    def _put(self, latitude: float, longitude: float, country: str) -> None:
        self._cells.setdefault((int(latitude // 1), int(longitude // 1)), []).append((latitude, longitude, country))
        self._counts[country] += 1

    def _near(self, point: Point) -> Iterator[tuple[float, str]]:
        latitude, longitude = point
        wide = max(cos(radians(latitude)), 0.1)
        across = int(_FAR / (_KILOMETRES * wide)) + 1
        down = int(_FAR / _KILOMETRES) + 1
        for row in range(int(latitude // 1) - down, int(latitude // 1) + down + 1):
            for column in range(int(longitude // 1) - across, int(longitude // 1) + across + 1):
                for other, there, country in self._cells.get((row, column), ()):
                    distance = hypot(other - latitude, (there - longitude) * wide) * _KILOMETRES
                    if distance <= _FAR:
                        yield distance, country
