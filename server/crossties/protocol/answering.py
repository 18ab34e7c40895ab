"""Answer a request: run what was planned, in a thread or in an event loop, and say what became of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterable, Awaitable, Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from crossties.errors import CrosstiesError, NotAcceptableError, NotFoundError, RefusedError
from crossties.formats import Format, negotiate
from crossties.protocol.messages import EVERYONE, AsyncProtocolAnswer, ProtocolAnswer, ProtocolRequest
from crossties.protocol.planning import Change, Plan, Planner, Reading, plan_query
from crossties.protocol.problems import to_answer
from crossties.protocol.service import Service
from crossties.store.engine import Request
from crossties.store.pool import Answer, AsyncAnswer
from crossties.store.writing import Write, Written

#: Runs a query and returns its answer once the first piece is there.
Run = Callable[[Request], Answer]
#: Does the same in an event loop.
RunAsync = Callable[[Request], Awaitable[AsyncAnswer]]
#: Carries a change out, whole or not at all.
Apply = Callable[[Write], Written]
#: Text formats say that they are UTF-8; the JSON and XML ones say it by themselves.
_TEXT: Final = "text/"
_READ_ONLY: Final = Service()


def answer(
    request: ProtocolRequest,
    run: Run,
    *,
    plan: Planner = plan_query,
    service: Service = _READ_ONLY,
    write: Apply | None = None,
) -> ProtocolAnswer:
    """Answer the request; every error becomes a problem document with its status."""
    try:
        planned = plan(request, service)
        if isinstance(planned, ProtocolAnswer):
            return planned
        if isinstance(planned, Change):
            return _tell_change(planned, _require(write)(planned.write))
        if planned.exists:
            _require_true(b"".join(run(Request(planned.exists, format="json")).body), planned)
        try:
            found = respond(planned.query, run, etag=planned.etag if request.method != "POST" else "")
        except CrosstiesError as error:
            raise _own_columns(error, planned) from None
    except CrosstiesError as error:
        return to_answer(error)
    return _without_body(found) if request.method == "HEAD" else found


async def answer_async(
    request: ProtocolRequest,
    run: RunAsync,
    *,
    plan: Planner = plan_query,
    service: Service = _READ_ONLY,
    write: Apply | None = None,
) -> AsyncProtocolAnswer:
    """Do as ``answer`` does, in an event loop; a change is carried out in a thread of its own."""
    try:
        planned = plan(request, service)
        return await carry_out(planned, run, method=request.method, write=write)
    except CrosstiesError as error:
        return at_once(to_answer(error))


async def carry_out(
    planned: Plan, run: RunAsync, *, method: str, write: Apply | None = None
) -> AsyncProtocolAnswer:
    """Do what was planned, in an event loop.

    Raises:
        CrosstiesError: as ``run`` and ``write`` do.
    """
    if isinstance(planned, ProtocolAnswer):
        return at_once(planned)
    if isinstance(planned, Change):
        written = await asyncio.to_thread(_require(write), planned.write)
        return at_once(_tell_change(planned, written))
    if planned.exists:
        asked = (await run(Request(planned.exists, format="json"))).body
        _require_true(b"".join([piece async for piece in asked]), planned)
    try:
        found = await run(planned.query)
    except CrosstiesError as error:
        raise _own_columns(error, planned) from None
    etag = planned.etag if method != "POST" else ""
    whole = found.body.whole
    body: AsyncIterable[bytes] | tuple[bytes, ...] = found.body if whole is None else (whole,)
    if method == "HEAD":
        found.body.close()
        body = ()
    return AsyncProtocolAnswer(200, _headers(found.format, planned.query, etag), body)


def at_once(found: ProtocolAnswer) -> AsyncProtocolAnswer:
    """Return an answer that is there already as one for an event loop."""
    return AsyncProtocolAnswer(found.status, found.headers, found.body)


def respond(query: Request, run: Run, *, etag: str = "") -> ProtocolAnswer:
    """Run a query that was read and return its answer.

    Raises:
        CrosstiesError: as ``run`` does.
    """
    found = run(query)
    return ProtocolAnswer(200, _headers(found.format, query, etag), found.body)


def _own_columns(error: CrosstiesError, reading: Reading) -> CrosstiesError:
    """Count the columns of an error in the query as it was sent, without the base before it."""
    where = error.where
    if reading.base and where and where.line == 1 and where.column:
        error.where = replace(where, column=max(where.column - len(reading.base), 1))
    return error


def _headers(chosen: Format, query: Request, etag: str) -> tuple[tuple[str, str], ...]:
    accepted = query.accept if not query.format else ""
    headers = (("Content-Type", _content_type(chosen, accepted)), ("Vary", "Accept"), EVERYONE)
    return (*headers, ("ETag", etag), ("Cache-Control", "no-cache")) if etag else headers


@lru_cache(maxsize=128)
def _content_type(chosen: Format, accept: str) -> str:
    """Return the first media type of the format that the client accepts."""
    media_type = chosen.media_type
    if accept:
        media_type = next((one for one in chosen.media_types if _accepts(accept, one)), media_type)
    return f"{media_type}; charset=utf-8" if media_type.startswith(_TEXT) else media_type


def _accepts(accept: str, media_type: str) -> bool:
    try:
        negotiate(accept, (Format("", (media_type,), ""),))
    except NotAcceptableError:
        return False
    return True


def _require(write: Apply | None) -> Apply:
    if write is None:
        message = "Changes are not allowed here."
        raise RefusedError(message, mend="Ask with a query.")
    return write


def _require_true(told: bytes, reading: Reading) -> None:
    if json.loads(told)["boolean"] is not True:
        message = f"There is no graph {reading.missing}."
        raise NotFoundError(
            message, mend="SELECT DISTINCT ?g { GRAPH ?g {} } lists the graphs that are here."
        )


def _tell_change(change: Change, written: Written) -> ProtocolAnswer:
    """Say 201 where a graph came into being, else 204 (Graph Store Protocol, 5.3 to 5.7)."""
    headers: tuple[tuple[str, str], ...] = (EVERYONE,)
    if change.location:
        headers = (*headers, ("Location", change.location))
    if written.created and change.write.do in {"put", "post"}:
        return ProtocolAnswer(201, (*headers, ("Content-Length", "0")))
    return ProtocolAnswer(204, headers)


def _without_body(found: ProtocolAnswer) -> ProtocolAnswer:
    """HEAD is GET without the body (RFC 9110, 9.3.2); the worker is given back at once."""
    close = getattr(found.body, "close", None)
    if close:
        close()
    return ProtocolAnswer(found.status, found.headers)
