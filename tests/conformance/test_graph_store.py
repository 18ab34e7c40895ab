"""The graph store suite against a live server: graphs named directly and indirectly."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from tests.conformance import answers
from tests.conformance.http import Exchange, read_exchanges, reset, send
from tests.conformance.suite import Case, read_cases
from tests.serving import Answered, Served

pytestmark = pytest.mark.slow
CASES: Final = [
    case
    for name in ("manifest-direct.ttl", "manifest-indirect.ttl")
    for case in read_cases("graph-store-protocol", name)
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_graphs_are_as_the_suite_says(case: Case, endpoint: Served) -> None:
    reset(endpoint)
    known: dict[str, str] = {}
    exchanges = list(read_exchanges(case))
    assert exchanges
    for exchange in exchanges:
        target = exchange.target.replace("/gsp", "/store", 1)
        for name, value in known.items():
            target = target.replace(name, quote(value, safe=""))
        found = send(endpoint, exchange, target)
        compare(exchange, found)
        if exchange.location:
            known[exchange.location] = str(found.headers["Location"])


def compare(exchange: Exchange, found: Answered) -> None:
    if exchange.statuses:
        assert found.status in exchange.statuses, (exchange, found.status, found.body)
    told = {name.lower(): value for name, value in exchange.expected_headers.items()}
    if "content-type" in told:
        assert found.content_type.partition(";")[0] == told["content-type"].partition(";")[0]
    if exchange.expected is not None and exchange.method == "GET":
        syntax = ox.RdfFormat.from_media_type(found.content_type)
        assert syntax is not None
        assert answers.read_graph(found.body, syntax=syntax) == answers.read_graph(exchange.expected), (
            found.body
        )
    if exchange.method == "HEAD":
        assert found.body == b""
