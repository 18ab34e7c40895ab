"""Plan requests to the graph store (SPARQL 1.1 Graph Store HTTP Protocol): graphs are read everywhere.

A graph is named by ``?graph=``, ``?default`` or the address itself (4.1, 4.2). On a host of published data
the address stands for the IRI below the host's authority; on a scratch store it is the IRI.
"""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Final
from uuid import uuid4

from crossties.errors import MediaTypeError, MethodError, RequestError
from crossties.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from crossties.protocol.messages import GRAPH_METHODS, READING, ProtocolRequest
from crossties.protocol.planning import Change, Plan, answer_options, plan_reading
from crossties.protocol.reading import UPDATE, media_type, read_fields
from crossties.protocol.service import Service, require_writer
from crossties.store.engine import Request
from crossties.store.writing import Write

#: The syntaxes in which graphs can be sent.
READ_FORMATS: Final = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)
_MULTIPART: Final = "multipart/form-data"
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_PARAMETERS: Final = frozenset({"graph", "default", "format"})


def plan_graph(request: ProtocolRequest, service: Service) -> Plan:
    """Plan a request to the graph store.

    Raises:
        RequestError: no graph is named, or more than one.
        MethodError: the store, or this address in it, doesn't answer the method.
        MediaTypeError: the body is not RDF in a syntax that is read here.
        RefusedError, UnauthorizedError: the client may not change the store.
    """
    allowed = GRAPH_METHODS if service.writable else READING
    if request.method == "OPTIONS":
        return answer_options(allowed)
    if request.method in {"GET", "HEAD"}:
        return _plan_reading(request, service)
    if request.method not in GRAPH_METHODS or not service.writable:
        message = f"Graphs don't answer {request.method} here."
        raise MethodError(
            message, mend="Read them by GET; contribute a file to change the data.", allowed=allowed
        )
    require_writer(request, service)
    return _plan_change(request, service)


def _plan_reading(request: ProtocolRequest, service: Service) -> Plan:
    graph = _name_graph(request, service)
    wanted = dict(read_fields(request.query_string)).get("format", "") or request.format
    if not graph:
        query = Request("CONSTRUCT WHERE { ?s ?p ?o }", request.accept, wanted)
        return plan_reading(query, request, service)
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    query = Request(text, request.accept, wanted)
    return plan_reading(query, request, service, exists=f"ASK {{ GRAPH <{graph}> {{}} }}", missing=graph)


def _plan_change(request: ProtocolRequest, service: Service) -> Change:
    fields = {name for name, _ in read_fields(request.query_string)}
    location = ""
    if request.method == "POST" and not request.graph_path and not fields & {"graph", "default"}:
        location = graph = f"{request.address.rstrip('/')}/{uuid4()}"
    else:
        graph = _name_graph(request, service)
    if request.method == "DELETE":
        return Change(Write("delete", graph=graph))
    if request.method == "PATCH":
        return Change(Write("patch", graph=graph, bodies=(_read_patch(request),), base=graph))
    parts = _read_parts(request)
    formats, bodies = tuple(one for one, _ in parts), tuple(body for _, body in parts)
    write = Write(
        request.method.lower(),
        graph=graph,
        base=graph or request.address,
        bodies=bodies,
        formats=formats,
    )
    return Change(write, location)


def _name_graph(request: ProtocolRequest, service: Service) -> str:
    """Return the IRI of the graph that the request means, or "" for the default graph."""
    fields = read_fields(request.query_string)
    unknown = sorted({name for name, _ in fields} - _PARAMETERS)
    if unknown:
        message = f"The graph store knows no parameter “{unknown[0]}”."
        raise RequestError(message, mend="Name a graph by ?graph=…, or write ?default.")
    named = [value for name, value in fields if name == "graph"]
    default = [value for name, value in fields if name == "default"]
    direct = bool(request.graph_path)
    if len(named) + len(default) + direct != 1:
        told = "No graph is" if not named and not default and not direct else "More than one graph is"
        message = f"{told} named."
        raise RequestError(message, mend="Name exactly one: by ?graph=…, by ?default, or by the address.")
    if default:
        return ""
    if direct:
        graph = request.address if service.writable else service.authority + request.graph_path
    else:
        graph = named[0]
    if not _ABSOLUTE.fullmatch(graph):
        message = f"“{graph}” is no absolute IRI."
        raise RequestError(message, mend="Name the graph by its whole IRI, percent-encoded.")
    return graph


def _read_patch(request: ProtocolRequest) -> bytes:
    if media_type(request.content_type) != UPDATE:
        message = f"A graph is not patched with “{request.content_type}”."
        raise MediaTypeError(message, mend=f"Send an update, as {UPDATE}.")
    return _utf8(request.body)


def _read_parts(request: ProtocolRequest) -> list[tuple[str, bytes]]:
    """Return the syntax and the bytes of the body, or of each file in a form (5.5)."""
    kind = request.content_type.partition(";")[0].strip().lower()
    if kind != _MULTIPART:
        return [(_read_format(request.content_type), _utf8(request.body))]
    head = f"Content-Type: {request.content_type}\r\n\r\n".encode("latin-1", "replace")
    form = BytesParser(policy=HTTP).parsebytes(head + request.body)
    parts = [part for part in form.iter_parts() if part.get_content_disposition() == "form-data"]
    if not parts:
        message = "The form holds no part."
        raise RequestError(message, mend="Send each file as a part of the form, with its Content-Type.")
    return [(_read_format(str(part["Content-Type"])), _payload(part)) for part in parts]


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _read_format(content_type: str) -> str:
    kind = media_type(content_type)
    found: Format | None = next((one for one in READ_FORMATS if kind in one.media_types), None)
    if found is None:
        listed = ", ".join(one.media_type for one in READ_FORMATS)
        message = f"A graph can't be read from “{content_type}”."
        raise MediaTypeError(message, mend=f"Send one of: {listed}.")
    return found.name


def _utf8(body: bytes) -> bytes:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"The body is not UTF-8: byte {error.start + 1} makes no character."
        raise RequestError(message, mend="Send it as UTF-8.") from error
    return body
