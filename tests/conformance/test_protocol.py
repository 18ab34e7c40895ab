"""The protocol suite against a live server that may be written."""

from __future__ import annotations

import json
from typing import Final
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from tests.conformance.http import Exchange, put_data, read_exchanges, reset, send
from tests.conformance.suite import Case, read_cases
from tests.serving import Answered, Served

pytestmark = pytest.mark.slow
CASES: Final = [case for case in read_cases("protocol") if case.kind == "ProtocolTest"]
_TABULAR: Final = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answers_are_as_the_suite_says(case: Case, endpoint: Served) -> None:
    reset(endpoint)
    put_data(endpoint, case)
    exchanges = list(read_exchanges(case))
    assert exchanges
    for exchange in exchanges:
        compare(exchange, send(endpoint, exchange, exchange.target))


def compare(exchange: Exchange, found: Answered) -> None:
    assert found.status in exchange.statuses, (exchange, found.status, found.body)
    if exchange.boolean is not None:
        assert read_boolean(found) is exchange.boolean, exchange
    if exchange.form == "tabular":
        assert found.content_type.partition(";")[0] in _TABULAR
    if exchange.form == "RDF":
        syntax = ox.RdfFormat.from_media_type(found.content_type)
        assert syntax is not None
        assert not syntax.supports_datasets
        assert list(ox.parse(found.body, syntax)) is not None


def read_boolean(found: Answered) -> bool:
    if "json" in found.content_type:
        return bool(json.loads(found.body)["boolean"])
    return ET.fromstring(found.body).findtext("{*}boolean") == "true"  # noqa: S314 our own server
