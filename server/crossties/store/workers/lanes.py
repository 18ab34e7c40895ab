"""Two lanes: every query starts fast; one that is not fast gives its place up and goes on as a slow one.

So slow work can't starve fast work: the fast places are for queries that have just begun, workers for them
are forked ahead, and a query beyond the slow places is paused until one is free.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final, TypeVar

from crossties.errors import BusyError, CrosstiesError
from crossties.settings import Settings
from crossties.store.workers.lease import Worker
from crossties.store.workers.runs import Lane, Run, Stop
from crossties.store.workers.worker import Order

_TICK_SECONDS: Final = 0.025
_RETRY_SECONDS: Final = 1.0
#: A worker's life in queries, so that no slow growth of its memory fails a query.
_LIFE: Final = 10_000
_log: Final = logging.getLogger(__name__)
P = TypeVar("P", bound="Place")


class Place:
    """The promise of a worker; ``woken`` is called once it is kept or broken, in any thread."""

    def __init__(self) -> None:
        self.worker: Worker | None = None
        self.error: CrosstiesError | None = None

    def woken(self) -> None:
        """Take notice; the lanes are locked meanwhile."""
        raise NotImplementedError


class Lanes:
    """Idle workers, running queries, and those who wait for a place."""

    def __init__(self, settings: Settings, order: Order, *, send_order: Callable[[Order], None]) -> None:
        self._settings = settings
        self._order = order
        self._send_order = send_order
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._waiting: deque[Place] = deque()
        self._runs: set[Run] = set()
        self._fast = 0
        self._coming = 0
        self._refused_at = 0.0
        self.ever_ready = False
        with self._lock:
            self._refill()

    def take(self, promise: Callable[[], P]) -> Worker | P:
        """Return a worker for a new query, or the promise of one, which ``promise`` makes.

        Raises:
            BusyError: too many wait already.
        """
        with self._lock:
            if self._idle and self._fast < self._settings.workers and not self._waiting:
                return self._seat()
            if len(self._waiting) >= self._settings.queue_length:
                message = "Too many queries wait already."
                raise BusyError(message, mend="Ask again in a few seconds.")
            place = promise()
            self._waiting.append(place)
            self._refill()
            return place

    def withdraw(self, place: Place) -> None:
        """Wait no longer; a worker that was promised in this very moment is kept."""
        with self._lock:
            if place in self._waiting:
                self._waiting.remove(place)
            worker = place.worker
        if worker:
            self.give_back(worker)

    def begin(self, run: Run) -> None:
        """Count a query that has its worker."""
        with self._lock:
            self._runs.add(run)

    def finish(self, run: Run) -> bool:
        """Give its worker back, or dispose of it; say whether that was still to be done."""
        with self._lock:
            if run not in self._runs:
                return False
            self._runs.discard(run)
            if run.lane is Lane.FAST:
                self._fast -= 1
            fit = self._is_fit(run)
            if fit:
                self._idle.append(run.worker)
            self._serve()
        if not fit:
            run.worker.dispose()
        return True

    def give_back(self, worker: Worker) -> None:
        """Return a worker that was not used after all."""
        with self._lock:
            self._fast -= 1
            fit = worker.order == self._order
            if fit:
                self._idle.append(worker)
            self._serve()
        if not fit:
            worker.dispose()

    def arrive(self, come: Worker | CrosstiesError) -> None:
        """Take in a worker that was ordered, or the reason why there is none."""
        with self._lock:
            self._coming = max(self._coming - 1, 0)
            if isinstance(come, Worker):
                self.ever_ready = True
                if come.order == self._order:
                    self._idle.append(come)
                    self._serve()
                    return
            else:
                self._refuse(come)
        if isinstance(come, Worker):
            come.dispose()

    def bury(self, worker: Worker) -> None:
        """Replace a worker that the machine ended while it was idle."""
        with self._lock:
            if worker not in self._idle:
                return
            self._idle.remove(worker)
            self._refill()
        worker.dispose()

    def lose(self) -> None:
        """Start anew: the zygote died, and with it every worker and every order."""
        with self._lock:
            gone, self._idle, self._coming = self._idle, [], 0
            self._refused_at = 0.0
            self._refill()
        for worker in gone:
            worker.dispose()

    def switch(self, order: Order) -> None:
        """Fork workers on another store from now on; queries that run go on on theirs."""
        with self._lock:
            self._order = order
            gone, self._idle, self._coming = self._idle, [], 0
            self._refill()
        for worker in gone:
            worker.dispose()

    def close(self) -> None:
        """Kill everything."""
        with self._lock:
            gone = [*self._idle, *(run.worker for run in self._runs)]
            self._idle = []
        for worker in gone:
            worker.dispose()

    @property
    def counts(self) -> dict[str, int]:
        """Return how many queries run fast, run slow, are paused and wait, and how many workers are idle."""
        with self._lock:
            lanes = [run.lane for run in self._runs]
            told = {lane.value: lanes.count(lane) for lane in Lane}
            return told | {"waiting": len(self._waiting), "idle": len(self._idle)}

    @property
    def occupied(self) -> bool:
        """Say whether a query runs or waits."""
        return bool(self._runs or self._waiting)

    def sweep(self) -> list[Run]:
        """Enforce the limits of time once; return the queries that have just proved slow."""
        with self._lock:
            runs = sorted(self._runs, key=lambda run: run.started)
            for run in runs:
                why = run.overdue(self._settings)
                if why and not run.stop:
                    run.kill(why)
            moved = [run for run in runs if self._is_slow(run)]
            for run in moved:
                self._move(run)
            self._resume(runs)
            self._serve()
        return moved

    def _is_fit(self, run: Run) -> bool:
        """Only a worker that has ended its answer is used again; a slow one stays behind the fast ones."""
        worker = run.worker
        fast = run.lane is Lane.FAST and not run.stop
        return run.ended_well and fast and self._is_current(worker) and worker.uses < _LIFE

    def _is_current(self, worker: Worker) -> bool:
        return worker.order is self._order or worker.order == self._order

    def _is_slow(self, run: Run) -> bool:
        age = time.monotonic() - run.started
        return run.lane is Lane.FAST and age > self._settings.slow_after_seconds

    def _move(self, run: Run) -> None:
        self._fast -= 1
        run.lane = Lane.PAUSED
        crowd = sum(other.lane is not Lane.FAST for other in self._runs)
        if crowd > self._settings.slow_queries:
            run.kill(Stop.CROWDED)
        elif not run.blocked:
            run.worker.send_signal(signal.SIGSTOP)

    def _resume(self, runs: list[Run]) -> None:
        """Let the oldest go on; a worker that waits for its reader computes nothing and takes no place."""
        free = self._settings.slow_workers - sum(run.lane is Lane.SLOW and not run.blocked for run in runs)
        for run in runs:
            if run.lane is Lane.PAUSED and (free > 0 or run.blocked):
                run.lane = Lane.SLOW
                run.worker.send_signal(signal.SIGCONT)
                free -= not run.blocked

    def _seat(self) -> Worker:
        self._fast += 1
        worker = self._idle.pop()
        worker.uses += 1
        self._refill()
        return worker

    def _serve(self) -> None:
        """Give free places to those who wait, in their order."""
        while self._waiting and self._idle and self._fast < self._settings.workers:
            place = self._waiting.popleft()
            place.worker = self._seat()
            place.woken()
        self._refill()

    def _refill(self) -> None:
        """Order workers until there is one for each fast place, and the spares."""
        wanted = self._settings.workers + self._settings.spares
        if len(self._idle) + self._coming + self._fast >= wanted:
            return
        if time.monotonic() - self._refused_at < _RETRY_SECONDS:
            return
        while len(self._idle) + self._coming + self._fast < wanted:
            self._coming += 1
            self._send_order(self._order)

    def _refuse(self, error: CrosstiesError) -> None:
        """No worker can be had now: those who wait are told why, and it is tried again a little later."""
        _log.error("no worker could be started: %s", error)
        self._refused_at = time.monotonic()
        if self._idle or self._fast:
            return
        while self._waiting:
            place = self._waiting.popleft()
            place.error = error
            place.woken()


class Watcher:
    """A thread that sweeps the lanes every few milliseconds while queries run, and sleeps otherwise."""

    def __init__(self, lanes: Lanes, *, found_slow: Callable[[Run], None]) -> None:
        self._lanes = lanes
        self._found_slow = found_slow
        self._busy = threading.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="crossties-watcher", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Take notice that a query has begun."""
        if not self._busy.is_set():
            self._busy.set()

    def close(self) -> None:
        """End the thread."""
        self._closed = True
        self._busy.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._closed:
            self._busy.wait()
            time.sleep(_TICK_SECONDS)
            self._busy.clear()
            for run in self._lanes.sweep():
                self._found_slow(run)
            if self._lanes.occupied:
                self._busy.set()
