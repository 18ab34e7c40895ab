"""Requests as the manifests write them, sent to a live server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from rdflib import RDFS, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from tests.conformance.suite import CNT, HT, MF, UT, Case, path_of
from tests.serving import Answered, Served

_STATUS: Final = {"Created": {201}, "OK": {200}, "NoContent": {204}, "NotFound": {404}}
_RESET: Final = {"Content-Type": "application/sparql-update"}


@dataclass(frozen=True)
class Exchange:
    """One request of a manifest, and what is expected of its answer."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes | None
    statuses: set[int]
    boolean: bool | None
    form: str
    location: str
    expected: bytes | None = None
    expected_headers: dict[str, str] = field(default_factory=dict)


def read_exchanges(case: Case) -> Iterator[Exchange]:
    """Yield the requests of a test in their order."""
    action = case.value(MF.action)
    requests = case.value(HT.requests, action)
    assert requests is not None
    for request in Collection(case.manifest, requests):
        answer = case.value(HT.resp, request)
        boolean = case.value(MF.expectedBoolean, answer)
        yield Exchange(
            method=str(case.value(HT.methodName, request)),
            target=str(case.value(HT.absolutePath, request)),
            headers=_headers(case, request),
            body=_body(case, request),
            statuses=set().union(*map(_statuses, case.values(MF.expectedStatus, answer)))
            if answer
            else set(),
            boolean=None if boolean is None else str(boolean) == "true",
            form=str(case.value(MF.expectedFormat, answer) or ""),
            location=str(case.value(MF.expectedLocation, answer) or ""),
            expected=_body(case, answer),
            expected_headers=_headers(case, answer) if answer else {},
        )


def _statuses(node: Node) -> set[int]:
    name = str(node).rpartition("#")[2]
    every = re.fullmatch(r"StatusCode(\d)xx", name)
    return set(range(int(every[1]) * 100, int(every[1]) * 100 + 100)) if every else _STATUS[name]


def _headers(case: Case, node: Node) -> dict[str, str]:
    listed = case.value(HT.headers, node)
    pairs: list[Node] = list(Collection(case.manifest, listed)) if listed else []
    return {str(case.value(HT.fieldName, one)): str(case.value(HT.fieldValue, one)) for one in pairs}


def _body(case: Case, node: Node | None) -> bytes | None:
    body = case.value(HT.body, node) if node is not None else None
    if body is None:
        return None
    encoding = str(case.value(CNT.characterEncoding, body) or "UTF-8")
    return str(case.value(CNT.chars, body)).encode(encoding)


def reset(served: Served) -> None:
    """Drop every graph."""
    assert served.ask("POST", "/sparql", headers=_RESET, body=b"DROP ALL").status == 204


def put_data(served: Served, case: Case) -> None:
    """Put the graphs that the test needs into the store."""
    action: list[Node] = [case.node, *filter(None, [case.value(MF.action)])]
    for node in (one for holder in action for one in case.values(URIRef(str(UT.graphData)), holder)):
        name = str(case.value(RDFS.label, node))
        data = path_of(case.value(UT.graph, node)).read_bytes()
        target = "/store?graph=" + name.replace("#", "%23")
        headers = {"Content-Type": "application/n-triples"}
        assert served.ask("PUT", target, headers=headers, body=data).status == 201


def send(served: Served, exchange: Exchange, target: str) -> Answered:
    """Send one request."""
    return served.ask(exchange.method, target, headers=exchange.headers, body=exchange.body)
