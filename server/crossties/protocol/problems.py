"""Errors as problem documents (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any, Final

from crossties.errors import (
    BusyError,
    CrosstiesError,
    MethodError,
    RequestError,
    UnauthorizedError,
    UnknownNameError,
)
from crossties.namespaces import BASE
from crossties.protocol.messages import EVERYONE, ProtocolAnswer

PROBLEM_TYPE: Final = "application/problem+json"


def to_answer(error: CrosstiesError) -> ProtocolAnswer:
    """Return the error as an answer for machines."""
    body = json.dumps(describe_problem(error), ensure_ascii=False, indent=1).encode() + b"\n"
    headers = (("Content-Type", PROBLEM_TYPE), EVERYONE, *extra_headers(error))
    return ProtocolAnswer(error.status, headers, (body,))


def describe_problem(error: CrosstiesError) -> dict[str, Any]:
    """Return the members of the problem document: those of the standard, then what helps to mend it."""
    told: dict[str, Any] = {
        "type": f"{BASE}problem/{error.slug}",
        "title": error.title,
        "status": error.status,
        "detail": error.what,
        "mend": error.mend,
    }
    if error.where:
        told |= {"line": error.where.line, "column": error.where.column}
    if isinstance(error, RequestError):
        told["parameter"] = error.parameter
    if isinstance(error, UnknownNameError):
        told["candidates"] = list(error.candidates)
    return {name: value for name, value in told.items() if value}


def extra_headers(error: CrosstiesError) -> tuple[tuple[str, str], ...]:
    """Return the headers that go with the error: when to come back, or what is allowed."""
    if isinstance(error, BusyError):
        return (("Retry-After", str(error.retry_after)),)
    if isinstance(error, MethodError):
        return (("Allow", ", ".join(error.allowed)),)
    if isinstance(error, UnauthorizedError):
        return (("WWW-Authenticate", 'Bearer realm="crossties"'),)
    return ()
