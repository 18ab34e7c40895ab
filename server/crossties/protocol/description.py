"""Describe the service (SPARQL 1.1 Service Description): the query whose answer is the description."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote, urlsplit

from crossties.formats import GRAPHS, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from crossties.protocol.messages import ProtocolRequest
from crossties.protocol.reading import read_fields
from crossties.protocol.service import Service
from crossties.store.engine import Request

#: Where the limits are told to machines.
LIMITS_PATH: Final = "/.well-known/sparql-limits"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS: Final = {
    TURTLE: "Turtle",
    N_TRIPLES: "N-Triples",
    JSON_LD: "JSON-LD",
    RDF_XML: "RDF_XML",
    TRIG: "TriG",
    N_QUADS: "N-Quads",
}
_READ: Final = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)
_PREFIXES: Final = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
#: What a limit is called in words, and what it is counted in.
LIMIT_WORDS: Final = {
    "cpu_seconds": "seconds of CPU for a query",
    "wall_seconds": "seconds that a query may keep its reader waiting",
    "stall_seconds": "seconds without a byte read",
    "memory_bytes": "bytes of memory for a query",
    "query_bytes": "bytes of a query by POST",
    "get_bytes": "bytes of a query by GET",
    "body_bytes": "bytes of a body",
    "depth": "nested brackets",
    "nested_text_calls": "nested calls of SUBSTR, REGEX or REPLACE",
    "chain": "operators, arms and triples",
    "values": "rows of VALUES",
    "client_seconds_per_minute": "seconds of queries in a minute for one client",
    "client_errors_per_minute": "failed queries in a minute for one client",
}


def describe_service(request: ProtocolRequest, service: Service) -> Request:
    """Return the query that constructs the description: so it can be had in every format of graphs."""
    wanted = dict(read_fields(request.query_string)).get("format", "") or request.format
    address = _iri(request.address or f"{service.authority}sparql")
    text = f"{_PREFIXES}CONSTRUCT {{ {' '.join(_statements(address, service))} }} WHERE {{}}"
    known = any(wanted in (one.name, one.suffix, *one.media_types) for one in GRAPHS)
    return Request(text, accept=_accept(request.accept), format=wanted if known else "")


def _accept(accept: str) -> str:
    """Give a client that reads results alone, or anything, Turtle: a description is no result."""
    return accept if any(media in accept for one in GRAPHS for media in one.media_types) else ""


def _statements(address: str, service: Service) -> Iterator[str]:
    yield f"<{address}#service> a sd:Service ; sd:endpoint <{address}> ;"
    yield "sd:supportedLanguage sd:SPARQL11Query ;"
    if service.writable:
        yield "sd:supportedLanguage sd:SPARQL11Update ; sd:feature sd:EmptyGraphs ;"
        yield f"sd:inputFormat {_listed(_GRAPHS[one] for one in _READ)} ;"
    yield f"sd:resultFormat {_listed([*_RESULTS, *_GRAPHS.values()])} ;"
    yield f"rdfs:comment {_text(_tell(service.limits))} ; rdfs:seeAlso <{_root(address)}{LIMITS_PATH}> ;"
    yield f"sd:defaultDataset <{address}#dataset> ."
    yield f"<{address}#dataset> a sd:Dataset, void:Dataset ; void:sparqlEndpoint <{address}> ;"
    if service.authority and not service.writable:
        yield f"void:uriSpace {_text(service.authority)} ;"
        yield "dct:license <https://creativecommons.org/licenses/by/4.0/> ;"
    yield f"sd:defaultGraph <{address}#default> ."
    yield f"<{address}#default> a sd:Graph, void:Dataset"
    if service.counts:
        yield f"; void:triples {sum(service.counts.get(name, 0) for name in ('stated', 'derived'))}"
    yield "."


def _listed(names: Iterator[str] | list[str]) -> str:
    return ", ".join(f"<{_FORMATS}{name}>" for name in names)


def _tell(limits: Mapping[str, float]) -> str:
    told = [f"{limits[name]:,.15g} {words}" for name, words in LIMIT_WORDS.items() if name in limits]
    return "Limits: " + "; ".join(told) + ". SERVICE and LOAD are refused."


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _iri(address: str) -> str:
    """Leave nothing in an address, which comes from the request, that could end an IRI."""
    return quote(address, safe="/:?#[]@!$&'()*+,;=%~-._")


def _root(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
