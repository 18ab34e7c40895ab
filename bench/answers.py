"""Ask an endpoint one query and compare answers of several: the same rows, numbers by value, in any order."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

_NUMBERS: Final = ("#integer", "#decimal", "#double", "#float", "#int", "#long", "#nonNegativeInteger")
_DIGITS: Final = 12


@dataclass(frozen=True)
class Answer:
    """An answer: its status (0: none came), body, and seconds to the first byte and to the end."""

    status: int
    body: bytes
    first: float
    seconds: float


def ask(url: str, query: str, *, limit: float, accept: str = "application/sparql-results+json") -> Answer:
    """POST the query and read the whole answer; status 0 means that it did not come in time, or was cut."""
    form = urllib.parse.urlencode({"query": query}).encode()
    request = urllib.request.Request(url, form, {"Accept": accept})  # noqa: S310 - our own host
    started = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=limit) as response:  # noqa: S310
            start = response.read(1)
            first = time.perf_counter() - started
            body = start + _read_until(response, started + limit)
            return Answer(response.status, body, first, time.perf_counter() - started)
    except urllib.error.HTTPError as error:
        took = time.perf_counter() - started
        return Answer(error.code, error.read(2000), took, took)
    except (OSError, http.client.HTTPException):
        took = time.perf_counter() - started
        return Answer(0, b"", took, took)


def _read_until(response: Any, deadline: float) -> bytes:  # noqa: ANN401 - what urlopen returns
    pieces = []
    while piece := response.read1(1 << 17):
        pieces.append(piece)
        if time.perf_counter() > deadline:
            message = "not whole in time"
            raise TimeoutError(message)
    return b"".join(pieces)


def read_rows(answer: Answer) -> Counter[Any] | None:
    """Return the rows as a bag, or nothing where there is no good answer."""
    if answer.status != 200:  # noqa: PLR2004
        return None
    try:
        told = json.loads(answer.body)
    except ValueError:
        return None
    if "boolean" in told:
        return Counter([told["boolean"]])
    return Counter(
        frozenset((name, _read_term(term)) for name, term in row.items())
        for row in told["results"]["bindings"]
    )


def _read_term(term: dict[str, str]) -> object:
    datatype = term.get("datatype", "")
    if datatype.endswith(_NUMBERS):
        try:
            return Decimal(term["value"]).__round__(_DIGITS).normalize()
        except (InvalidOperation, ValueError):
            return term["value"]
    plain = datatype in {"", "http://www.w3.org/2001/XMLSchema#string"}
    return (
        term["type"].replace("typed-", ""),
        term["value"],
        "" if plain else datatype,
        term.get("xml:lang", "").lower(),
    )
