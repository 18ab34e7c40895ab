"""Count what is answered: by route and status, seconds, look-ups in the cache."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from crossties.store.pool import Pool

#: Upper bounds of the seconds that are counted together.
BUCKETS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Metrics:
    """The counters of one web process; counted in its event loop alone, with as little work as can be.

    ``seconds`` holds for each route how many answers took up to each bound, then more, then all the seconds.
    """

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.answers: dict[tuple[str, int], int] = {}
        self.seconds: dict[str, list[float]] = {}
        self.look_ups = {True: 0, False: 0}

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self.answers[route, status] = self.answers.get((route, status), 0) + 1
        spent = self.seconds.get(route)
        if spent is None:
            spent = self.seconds[route] = [0.0] * (len(BUCKETS) + 2)
        spent[bisect_left(BUCKETS, seconds)] += 1
        spent[-1] += seconds

    def count_look_up(self, *, found: bool) -> None:
        """Count one look-up in the cache."""
        self.look_ups[found] += 1
