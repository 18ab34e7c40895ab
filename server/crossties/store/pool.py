"""A pool of workers for one web process: one per query, killed at a limit or when the client leaves."""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crossties.errors import BusyError, CrosstiesError
from crossties.formats import Format
from crossties.settings import Settings
from crossties.store.answers import Answer, AsyncAnswer, AsyncBody, Body
from crossties.store.budget import Allowance, Budget, is_loopback
from crossties.store.engine import Request
from crossties.store.workers.lanes import Lanes, Place, Watcher
from crossties.store.workers.lease import Lease, Worker
from crossties.store.workers.messages import SHOWN_QUERY
from crossties.store.workers.runs import Run
from crossties.store.workers.supervisor import find_zygote
from crossties.store.workers.worker import Order

_START_SECONDS: Final = 20.0


__all__ = ["Answer", "AsyncAnswer", "AsyncBody", "Body", "Pool", "RunningQuery"]


@dataclass(frozen=True)
class RunningQuery:
    """A query that has run longer than a moment: what an operator needs to judge and cancel it."""

    id: int
    seconds: float
    client: str
    query: str


class Pool:
    """The workers of one web process on one store; the zygote that forks them serves every web process.

    A query begins at once or waits up to ``settings.queue_seconds`` for its place. In a process that is
    forked after the pool was made, the pool starts anew.
    """

    def __init__(self, store: Path, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._closed = False
        self._start()
        myself = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _restart(myself()))
        atexit.register(lambda: _close(myself()))

    def answer(self, request: Request, *, client: str = "") -> Answer:
        """Run the query in a worker and return its answer once the first piece is there.

        ``client`` names who asks, for its budget; "" is this service itself.

        Raises:
            QuerySyntaxError, NotAcceptableError, TooLargeError: as ``evaluate`` does.
            QueryStoppedError: it met a limit before its first piece.
            BusyError: every worker is taken.
            BudgetError: the client has used up its minute.
            HostError: no worker can be started.
        """
        run = self._begin(self._take(client), request, client)
        try:
            run.send()
            while not (run.pieces or run.ended_well or run.error):
                run.receive()
            self._free_early(run)
            return Answer(_format(run), Body(run, self._release))
        except BaseException as error:  # noqa: BLE001 - raised again, after the worker is safe
            self._release(run)
            raise _honest(error, run) from None

    async def answer_async(self, request: Request, *, client: str = "") -> AsyncAnswer:
        """Do as ``answer`` does, in an event loop; a cancelled call kills its worker."""
        run = self._begin(await self._take_async(client), request, client)
        try:
            await run.send_async()
            while not (run.pieces or run.ended_well or run.error):
                await run.receive_async()
            self._free_early(run)
            return AsyncAnswer(_format(run), AsyncBody(run, self._release))
        except BaseException as error:  # noqa: BLE001 - raised again, after the worker is safe
            self._release(run)
            raise _honest(error, run) from None

    def running(self) -> list[RunningQuery]:
        """Return the slow queries of every web process, the oldest first."""
        told = self._lease.ask({"do": "list"})
        return [
            RunningQuery(one["id"], told["now"] - one["since"], one["client"], one["query"])
            for one in told["queries"]
        ]

    def cancel(self, query: int) -> bool:
        """End a running query by its id, in whichever web process; say whether it was there."""
        return bool(self._lease.ask({"do": "cancel", "pid": query})["cancelled"])

    @property
    def counts(self) -> dict[str, int]:
        """Return how many queries here are fast, slow, paused and waiting, and how many workers are idle."""
        return self._lanes.counts

    def switch(self, store: Path) -> None:
        """Answer from another store from now on; queries that run end on theirs."""
        self._store = store
        self._lanes.switch(self._order())

    def close(self) -> None:
        """End every worker; the pool answers nothing any more. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._watcher.close()
        self._lease.close()
        self._lanes.close()
        self._budget.close()

    def _start(self) -> None:
        zygote = find_zygote()
        allowance = Allowance(self._settings.client_seconds or 60.0, self._settings.client_errors or 30.0)
        self._budget: Budget = Budget(zygote.with_name("budget"), allowance)
        self._lease: Lease = Lease(zygote, arrived=self._arrive, ended=self._bury, lost=self._lose)
        self._lanes: Lanes = Lanes(self._settings, self._order(), send_order=self._lease.order)
        self._watcher: Watcher = Watcher(self._lanes, found_slow=self._note_slow)

    def _order(self) -> Order:
        settings = self._settings
        return Order(str(self._store), settings.cpu_seconds, settings.memory_bytes, settings.sandbox)

    def _arrive(self, come: Worker | CrosstiesError) -> None:
        self._lanes.arrive(come)

    def _bury(self, worker: Worker) -> None:
        self._lanes.bury(worker)

    def _lose(self) -> None:
        self._lanes.lose()

    def _note_slow(self, run: Run) -> None:
        since = time.time() - (time.monotonic() - run.started)
        self._lease.note_slow(
            run.worker, since=since, query=run.request.query[:SHOWN_QUERY], client=run.client
        )

    def _take(self, client: str) -> Worker:
        self._admit(client)
        taken = self._lanes.take(_Place)
        if isinstance(taken, Worker):
            return taken
        self._watcher.wake()
        try:
            return taken.wait(self._patience())
        except BaseException:
            self._lanes.withdraw(taken)
            raise

    async def _take_async(self, client: str) -> Worker:
        self._admit(client)
        taken = self._lanes.take(_AsyncPlace)
        if isinstance(taken, Worker):
            return taken
        self._watcher.wake()
        try:
            return await taken.wait(self._patience())
        except BaseException:
            self._lanes.withdraw(taken)
            raise

    def _patience(self) -> float:
        """Wait longer for the first workers; later a place is free soon or not at all."""
        return self._settings.queue_seconds if self._lanes.ever_ready else _START_SECONDS

    def _begin(self, worker: Worker, request: Request, client: str) -> Run:
        run = Run(worker, request, client=client)
        self._lanes.begin(run)
        self._watcher.wake()
        return run

    def _free_early(self, run: Run) -> None:
        """Give the worker back once the whole answer is here, however long its reader takes."""
        if run.ended_well:
            self._release(run)

    def _release(self, run: Run) -> None:
        if self._lanes.finish(run):
            self._charge(run)

    def _has_budget(self, client: str) -> bool:
        """Leave clients on this machine without a budget, unless one is set."""
        chosen = self._settings.client_seconds or self._settings.client_errors
        return bool(client) and bool(chosen or not is_loopback(client))

    def _admit(self, client: str) -> None:
        if self._has_budget(client):
            self._budget.admit(client)

    def _charge(self, run: Run) -> None:
        if self._has_budget(run.client):
            self._budget.charge(run.client, seconds=run.seconds, failed=run.error is not None)


class _Place(Place):
    """The promise of a worker to a thread."""

    def __init__(self) -> None:
        super().__init__()
        self._event = threading.Event()

    def woken(self) -> None:
        self._event.set()

    def wait(self, seconds: float) -> Worker:
        self._event.wait(seconds)
        return _redeem(self)


class _AsyncPlace(Place):
    """The promise of a worker to a task; its own loop wakes it without a detour."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()
        self._future: asyncio.Future[None] = self._loop.create_future()
        self._thread = threading.get_ident()

    def woken(self) -> None:
        if threading.get_ident() == self._thread:
            self._wake()
            return
        with suppress(RuntimeError):  # the loop has ended, and who waited with it
            self._loop.call_soon_threadsafe(self._wake)

    async def wait(self, seconds: float) -> Worker:
        timer = self._loop.call_later(seconds, self._wake)
        try:
            await self._future
        finally:
            timer.cancel()
        return _redeem(self)

    def _wake(self) -> None:
        if not self._future.done():
            self._future.set_result(None)


def _redeem(place: Place) -> Worker:
    if place.error:
        raise place.error
    if place.worker is None:
        message = "Every worker is taken."
        raise BusyError(message, mend="Ask again in a few seconds.")
    return place.worker


def _format(run: Run) -> Format:
    """Raise an error before the first piece at once, so that it gets a proper status."""
    if run.error and not run.pieces:
        raise run.error
    if run.format is None:
        message = "an answer without a format"
        raise OSError(message)
    return run.format


def _honest(error: BaseException, run: Run) -> BaseException:
    """Explain a failure to send: the worker is gone."""
    return run.explain_loss() if isinstance(error, OSError) else error


def _close(pool: Pool | None) -> None:
    if pool:
        pool.close()


def _restart(pool: Pool | None) -> None:
    if pool and not pool._closed:  # noqa: SLF001
        pool._lease.forget()  # noqa: SLF001
        pool._start()  # noqa: SLF001
