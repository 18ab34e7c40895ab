"""Answers that are read piece by piece, in a thread or in an event loop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass

from crossties.formats import Format
from crossties.store.workers.runs import Run


class Body(Iterator[bytes]):
    """The pieces of an answer; closing it, at any moment, gives its worker back.

    A failure after the first piece is raised to the reader, so that the transfer breaks instead of ending.
    """

    def __init__(self, run: Run, release: Callable[[Run], None]) -> None:
        self._run = run
        self._release = release

    def __next__(self) -> bytes:
        run = self._run
        while not run.pieces:
            if run.error or run.ended_well:
                self.close()
                raise run.error or StopIteration
            run.receive()
        return run.pieces.popleft()

    def close(self) -> None:
        """Give the worker back; a second call does nothing."""
        self._release(self._run)


class AsyncBody(AsyncIterator[bytes]):
    """The pieces of an answer in an event loop; when the client leaves, ``close`` it or cancel its reader."""

    def __init__(self, run: Run, release: Callable[[Run], None]) -> None:
        self._run = run
        self._release = release

    @property
    def whole(self) -> bytes | None:
        """Return the body where it has come whole, in one piece, and has ended well; it can be read still."""
        run = self._run
        return run.pieces[0] if run.ended_well and len(run.pieces) == 1 and run.error is None else None

    async def __anext__(self) -> bytes:
        run = self._run
        while not run.pieces:
            if run.error or run.ended_well:
                self.close()
                raise run.error or StopAsyncIteration
            try:
                await run.receive_async()
            except BaseException:
                self.close()
                raise
        return run.pieces.popleft()

    def close(self) -> None:
        """Give the worker back, at once; a second call does nothing."""
        self._release(self._run)


@dataclass(frozen=True)
class Answer:
    """The answer to a query: its format, and its body piece by piece."""

    format: Format
    body: Body


@dataclass(frozen=True)
class AsyncAnswer:
    """The answer to a query, to be read in an event loop."""

    format: Format
    body: AsyncBody
