"""Decide what a request needs before anything is run: an answer at once, a query, or a change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final
from urllib.parse import quote

from crossties.namespaces import PREFIXES
from crossties.protocol.description import describe_service
from crossties.protocol.messages import EVERYONE, METHODS, ProtocolAnswer, ProtocolRequest
from crossties.protocol.reading import asks_nothing, read_request
from crossties.protocol.service import Service, require_writer
from crossties.store.engine import Request
from crossties.store.mistakes import find_missing
from crossties.store.writing import Write

#: What makes an answer differ from one moment to the next; the names are looked for as bare text, to be safe.
_VOLATILE: Final = re.compile(r"NOW|RAND|UUID|BNODE|\\u", re.IGNORECASE)
#: Perhaps a relative IRI; two comparisons may look like one, which does no harm.
_RELATIVE: Final = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\"{}|^`\\\x00-\x20]*>")
_COMPLETED: Final = re.compile(r"(?:^|&)prefixes=add(?:&|$)")
_SAFE: Final = "/:?#[]@!$&'()*+,;=%~-._"


@dataclass(frozen=True)
class Reading:
    """A query to be run. ``exists`` must be true first, else nothing is there and ``missing`` names it.

    ``etag`` tells this answer from every other: of another query, format or state of the store; "" where
    the query gives another answer each time. ``base`` is what was put before the query, on its first line.
    """

    query: Request
    etag: str = ""
    exists: str = ""
    missing: str = ""
    base: str = ""


@dataclass(frozen=True)
class Change:
    """A change to be carried out; ``location`` is the graph that it may bring into being."""

    write: Write
    location: str = ""


Plan = ProtocolAnswer | Reading | Change
Planner = Callable[[ProtocolRequest, Service], Plan]


def plan_query(request: ProtocolRequest, service: Service) -> Plan:
    """Plan a request to the query address (SPARQL 1.1 Protocol, 2; Service Description, 2).

    Raises:
        CrosstiesError: as ``read_request`` and ``require_writer`` do.
    """
    if request.method == "OPTIONS":
        return answer_options(METHODS)
    if asks_nothing(request):
        return plan_reading(describe_service(request, service), request, service)
    read = read_request(request)
    if isinstance(read, Write):
        require_writer(request, service)
        return Change(read)
    base = _find_base(read, request) + _add_prefixes(read, request)
    query = replace(read, query=base + read.query) if base else read
    return plan_reading(query, request, service, base=base)


def _find_base(query: Request, request: ProtocolRequest) -> str:
    """Return what makes relative IRIs relative to the address that is asked (RFC 3986, 5.1.3)."""
    is_base = request.address and _RELATIVE.search(query.query)
    return f"BASE <{quote(request.address, safe=_SAFE)}> " if is_base else ""


def _add_prefixes(query: Request, request: ProtocolRequest) -> str:
    """Return the declarations that the query lacks, where the address asks for them by ``prefixes=add``."""
    wanted = query.query and _COMPLETED.search(request.query_string)
    return (
        "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in find_missing(query.query)) if wanted else ""
    )


def plan_reading(
    query: Request,
    request: ProtocolRequest,
    service: Service,
    *,
    exists: str = "",
    missing: str = "",
    base: str = "",
) -> Reading | ProtocolAnswer:
    """Return the query to be run, or 304 where the client has its answer already (RFC 9110, 13.1.2)."""
    etag = _make_etag(query, service)
    unchanged = request.if_none_match and request.method != "POST"
    if etag and unchanged and etag in _tags(request.if_none_match):
        return ProtocolAnswer(304, (("ETag", etag), ("Vary", "Accept"), EVERYONE))
    return Reading(query, etag, exists, missing, base)


def answer_options(methods: tuple[str, ...]) -> ProtocolAnswer:
    """Answer OPTIONS, and the browser's question before a page of another site may ask (CORS)."""
    listed = ", ".join(methods)
    headers = (
        ("Allow", listed),
        EVERYONE,
        ("Access-Control-Allow-Methods", listed),
        ("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-None-Match"),
        ("Access-Control-Max-Age", "86400"),
    )
    return ProtocolAnswer(204, headers)


def _make_etag(query: Request, service: Service) -> str:
    """Make a weak validator: the same rows and triples, though a blank node may be called otherwise."""
    if not service.version or _VOLATILE.search(query.query):
        return ""
    parts = (
        service.version,
        query.query,
        query.format,
        query.accept,
        *query.default_graphs,
        "",
        *query.named_graphs,
    )
    # Lengths keep the parts apart, whatever they hold
    told = "".join([f"{len(part)}:{part}" for part in parts]).encode("utf-8", "surrogatepass")
    return f'W/"{blake2b(told, digest_size=15).hexdigest()}"'


def _tags(header: str) -> set[str]:
    """Return the validators of If-None-Match, all as weak ones; “*” asks for a state that isn't known yet."""
    tags = (tag.strip() for tag in header.split(","))
    return {tag if tag.startswith("W/") else f"W/{tag}" for tag in tags if tag}
