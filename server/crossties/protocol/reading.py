"""Read a query or an update out of a request, as strictly as the protocol says (SPARQL 1.1 Protocol, 2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote_to_bytes

from crossties.errors import MediaTypeError, MethodError, RefusedError, RequestError, TooLargeError
from crossties.protocol.messages import METHODS, ProtocolRequest
from crossties.store.engine import Request
from crossties.store.writing import Write

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
#: The longest query that an address can hold; a longer one goes into a POST.
MAX_GET_BYTES: Final = 8_192
_MAX_FIELDS: Final = 200
#: As many characters make no more bytes than are allowed.
_SURELY_SHORT: Final = MAX_GET_BYTES // 4

Fields = tuple[tuple[str, str], ...]


def read_request(request: ProtocolRequest) -> Request | Write:
    """Return the query with its dataset and the wanted format, or the update with its dataset.

    Raises:
        MethodError: neither GET, HEAD nor POST.
        MediaTypeError: a body that is neither a form, a query nor an update, or not in UTF-8.
        RefusedError: an update that was not sent by POST.
        RequestError: not exactly one query or update, more than one format, or text that is not UTF-8.
        TooLargeError: a query too long for an address.
    """
    if request.method in {"GET", "HEAD"}:
        return _read_get(request)
    if request.method == "POST":
        return _read_post(request)
    message = f"A query can't be sent by {request.method}."
    raise MethodError(message, mend="Use GET or POST.", allowed=METHODS)


def asks_nothing(request: ProtocolRequest) -> bool:
    """Say whether the request wants the service described: a GET without query (Service Description, 2)."""
    if request.method not in {"GET", "HEAD"}:
        return False
    return all(name in {"format", "lang"} for name, _ in read_fields(request.query_string))


def _read_get(request: ProtocolRequest) -> Request:
    """Query via GET (2.1.1)."""
    fields = read_fields(request.query_string)
    if any(name == "update" for name, _ in fields):
        message = f"An update can't be sent by {request.method}."
        raise RefusedError(message, mend="Use POST.")
    read = _build_query(fields, request)
    size = len(read.query)
    if size > _SURELY_SHORT and (size := len(read.query.encode())) > MAX_GET_BYTES:
        message = f"The query has {size} bytes; an address takes {MAX_GET_BYTES}."
        raise TooLargeError(message, mend="Send it by POST.")
    return read


def _read_post(request: ProtocolRequest) -> Request | Write:
    """Read a form (2.1.2, 2.2.1) or the text itself (2.1.3, 2.2.2)."""
    kind = media_type(request.content_type)
    fields = read_fields(request.query_string)
    if kind == FORM:
        return _build((*fields, *_pairs(request.body)), request)
    if kind in {QUERY, UPDATE}:
        name = "query" if kind == QUERY else "update"
        if any(other in {"query", "update"} for other, _ in fields):
            message = f"The {name} stands in the body, and the address holds one too."
            raise RequestError(message, mend="Send it once: in the body.")
        return _build(((name, _decode(request.body, name)), *fields), request)
    told = f"“{request.content_type}”" if request.content_type else "no type at all"
    message = f"The body has {told}."
    raise MediaTypeError(message, mend=f"Send {QUERY}, {UPDATE} or {FORM}, in UTF-8.")


def _build(fields: Fields, request: ProtocolRequest) -> Request | Write:
    names = {name for name, _ in fields}
    if {"query", "update"} <= names:
        message = "The request holds a query and an update."
        raise RequestError(message, mend="Send one of them.")
    return _build_update(fields, request) if "update" in names else _build_query(fields, request)


def _build_query(fields: Fields, request: ProtocolRequest) -> Request:
    return Request(
        query=_only("query", "queries", fields),
        accept=request.accept,
        format=_at_most_one("format", fields) or request.format,
        default_graphs=tuple(_values("default-graph-uri", fields)),
        named_graphs=tuple(_values("named-graph-uri", fields)),
    )


def _build_update(fields: Fields, request: ProtocolRequest) -> Write:
    return Write(
        "update",
        bodies=(_only("update", "updates", fields).encode(),),
        base=request.address,
        default_graphs=tuple(_values("using-graph-uri", fields)),
        named_graphs=tuple(_values("using-named-graph-uri", fields)),
    )


def _only(name: str, several: str, fields: Fields) -> str:
    found = list(_values(name, fields))
    if len(found) == 1 and found[0].strip():
        return found[0]
    told = f"{len(found)} {several}" if len(found) > 1 else f"no {name}"
    message = f"The request holds {told}; it must hold exactly one."
    mend = f"Send one as the parameter “{name}”, or as the body with the type application/sparql-{name}."
    raise RequestError(message, mend=mend)


def _at_most_one(name: str, fields: Fields) -> str:
    found = list(_values(name, fields))
    if len(found) > 1:
        message = f"The parameter “{name}” is there {len(found)} times."
        raise RequestError(message, mend="Give it once.")
    return found[0] if found else ""


def _values(name: str, fields: Fields) -> Iterator[str]:
    return (value for other, value in fields if other == name)


@lru_cache(maxsize=8)
def read_fields(query_string: str) -> Fields:
    """Return the parameters of an address.

    Raises:
        RequestError: they are not UTF-8, percent-encoded, or too many.
    """
    return _pairs(query_string.encode("latin-1", "replace"))


def _pairs(encoded: bytes) -> Fields:
    try:
        text = encoded.decode("ascii")
        if "&" not in text:
            # One field, as nearly every request has it
            name, _, value = text.partition("=")
            return ((_unquote(name), _unquote(value)),) if text else ()
        return tuple(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS))
    except UnicodeDecodeError as error:
        message = "The parameters are not UTF-8, percent-encoded."
        raise RequestError(message, mend="Encode the text as UTF-8 first, then percent-encode it.") from error
    except ValueError as error:
        message = f"The request holds more than {_MAX_FIELDS} parameters."
        raise RequestError(message, mend="Send fewer.") from error


def _unquote(text: str) -> str:
    if "+" in text:
        text = text.replace("+", " ")
    if "%" not in text:
        return text
    if "\\" not in text:
        # Read as escapes of Python a text takes a tenth of the time; one that is none is read with care
        with suppress(UnicodeDecodeError):
            escaped = text.replace("%", "\\x").encode("ascii")
            return escaped.decode("unicode_escape").encode("latin-1").decode()
    return unquote_to_bytes(text).decode()


def _decode(body: bytes, name: str) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"The {name} is not UTF-8: byte {error.start + 1} makes no character."
        raise RequestError(message, mend=f"Send the {name} as UTF-8.") from error


def media_type(content_type: str) -> str:
    """Return the type without parameters; the only charset that is read is UTF-8.

    Raises:
        MediaTypeError: it is in another charset.
    """
    header = Message()
    header["Content-Type"] = content_type or "/"
    charset = str(header.get_param("charset", "utf-8"))
    if charset.lower() not in {"utf-8", "utf8"}:
        message = f"The body is in the charset “{charset}”."
        raise MediaTypeError(message, mend="Send UTF-8.")
    return content_type.partition(";")[0].strip().lower()
