"""Tell from the points of a list, and of the graph, which countries are written the wrong way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import cos, hypot, radians
from typing import Final

#: How many neighbours are asked, how far they may be (in kilometres), how many there must be and agree.
_ASKED: Final = 9
_FAR: Final = 250.0
_FEWEST: Final = 6
#: How many points of the graph, and how near, are believed against a whole list.
_TRUSTED: Final = 3
_NEAR: Final = 100.0
_KILOMETRES: Final = 111.2

Point = tuple[float, float]
Placed = tuple[float, float, str]


class Neighbours:
    """Points with the country that somebody wrote to them. No map is needed: neighbours are asked.

    Two whole countries that are swapped agree among themselves; there the points of the graph are believed,
    and a point to which a list writes two countries gives itself away.
    """

    def __init__(self, listed: Iterable[Placed], known: Iterable[Placed] = ()) -> None:
        self._listed = _Grid(listed)
        self._known = _Grid(known)

    def other_country(self, point: Point, country: str) -> str | None:
        """Return the country in which the point seems to be, or None where nothing speaks against its own.

        That is so where the list writes another country to the very same point, where all points of the
        graph nearby are in one other country, or where nobody in the list within 100 kilometres, and none of
        nine neighbours, shares the country and six of them share another.
        """
        same = self._listed.countries_at(point) - {country}
        if same:
            return min(same)
        trusted = Counter(name for _, name in self._known.near(point, _NEAR))
        if len(trusted) == 1 and country not in trusted and trusted.total() >= _TRUSTED:
            return next(iter(trusted))
        around = sorted(one for one in self._listed.near(point, _FAR) if one[0] > 0)
        if (country, True) in {(name, distance <= _NEAR) for distance, name in around}:
            return None
        near = around[:_ASKED]
        votes = Counter(name for _, name in near)
        if country in votes or len(near) < _FEWEST:
            return None
        found, count = max(votes.items(), key=lambda item: (item[1], item[0]))
        return found if count >= _FEWEST else None


class _Grid:
    """Points in cells of one degree."""

    def __init__(self, points: Iterable[Placed]) -> None:
        self._cells: dict[tuple[int, int], list[Placed]] = {}
        self._at: dict[Point, set[str]] = {}
        for latitude, longitude, country in dict.fromkeys(points):
            cell = (int(latitude // 1), int(longitude // 1))
            self._cells.setdefault(cell, []).append((latitude, longitude, country))
            self._at.setdefault((latitude, longitude), set()).add(country)

    def countries_at(self, point: Point) -> set[str]:
        return self._at.get(point, set())

    def near(self, point: Point, far: float) -> Iterator[tuple[float, str]]:
        """Yield distance in kilometres and country of the points that are no farther."""
        latitude, longitude = point
        wide = max(cos(radians(latitude)), 0.1)
        across = int(far / (_KILOMETRES * wide)) + 1
        down = int(far / _KILOMETRES) + 1
        row, column = int(latitude // 1), int(longitude // 1)
        for south in range(row - down, row + down + 1):
            for west in range(column - across, column + across + 1):
                for other, there, country in self._cells.get((south, west), ()):
                    distance = hypot(other - latitude, (there - longitude) * wide) * _KILOMETRES
                    if distance <= far:
                        yield distance, country
