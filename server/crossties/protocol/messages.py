"""What comes in and what goes out: requests and answers of HTTP as plain values."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable
from dataclasses import dataclass
from typing import Final

#: The methods that the query address answers.
METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
#: The methods that a graph answers, where the store may be written; elsewhere those of ``READING`` alone.
GRAPH_METHODS: Final = ("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS")
READING: Final = ("GET", "HEAD", "OPTIONS")
#: Anybody's page may read the answers; credentials play no part.
EVERYONE: Final = ("Access-Control-Allow-Origin", "*")


@dataclass(frozen=True)
class ProtocolRequest:
    """A request as it came: method, query string, the headers that play a part, and the whole body.

    ``address`` is the absolute address without query string, as the client sees it, ``format`` a format
    that the path's suffix names, ``graph_path`` what follows the address of the graph store. ``host`` and
    ``origin`` are the headers of these names.
    """

    method: str
    query_string: str = ""
    content_type: str = ""
    accept: str = ""
    body: bytes = b""
    address: str = ""
    format: str = ""
    graph_path: str = ""
    if_none_match: str = ""
    authorization: str = ""
    host: str = ""
    origin: str = ""


@dataclass(frozen=True)
class ProtocolAnswer:
    """An answer: status, headers, and a body that is read piece by piece.

    A body that has ``close`` wants it called when it is no longer read. It raises where it fails in the
    middle, and whoever carries it must then break the transfer.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: Iterable[bytes] = ()

    @property
    def content_type(self) -> str:
        """Return the media type of the body, or "" where there is none."""
        return dict(self.headers).get("Content-Type", "")


@dataclass(frozen=True)
class AsyncProtocolAnswer:
    """The same, with a body that is read in an event loop."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: Iterable[bytes] | AsyncIterable[bytes] = ()
