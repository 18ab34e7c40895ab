"""The local addresses of things: their IRI without the authority, as a page, or as data."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from crossties.errors import NotAcceptableError, NotFoundError
from crossties.formats import GRAPHS, Format, find_format, negotiate
from crossties.namespaces import LISTS

HTML: Final = Format("html", ("text/html", "application/xhtml+xml"), "html")
#: The first parts of the paths that name things.
HEADS: Final = ("id", *LISTS)
_SAFE: Final = "/:@!$&'()*+,;=~-._"


def local_path(iri: str, authority: str) -> str:
    """Return the path under which this host answers for the IRI, or "" where it doesn't."""
    path = iri.removeprefix(authority)
    head = path.partition("/")[0]
    return quote("/" + path, safe=_SAFE) if iri.startswith(authority) and head in HEADS else ""


def page_path(path: str) -> str:
    """Return where the page about a thing stands."""
    return quote(f"/page/{path}", safe=_SAFE)


def data_path(path: str, chosen: Format) -> str:
    """Return where the data about a thing stands in one format."""
    return quote(f"/data/{path}.{chosen.suffix}", safe=_SAFE)


def choose_address(path: str, *, accept: str, wanted: str = "") -> str:
    """Return where a client that asks for a thing is sent (303, httpRange-14): a page or data.

    ``wanted`` is a format by name; without one the Accept header decides, and a client that accepts
    anything is taken for a machine.

    Raises:
        NotAcceptableError: there is no such format, or none is accepted.
    """
    choices = (*GRAPHS, HTML)
    chosen = find_format(wanted, choices) if wanted else negotiate(accept, choices)
    if chosen is None:
        listed = ", ".join(choice.name for choice in choices)
        message = f"Things have no description in the format “{wanted}”."
        raise NotAcceptableError(message, mend=f"Choose one of: {listed}.")
    return page_path(path) if chosen is HTML else data_path(path, chosen)


def split_data_path(path: str) -> tuple[str, Format]:
    """Return the thing's path and the format that a path such as ``id/place/kotka.ttl`` means.

    Raises:
        NotFoundError: the suffix names no format.
    """
    stem, _, suffix = path.rpartition(".")
    chosen = next((one for one in GRAPHS if one.suffix == suffix), None)
    if not stem or chosen is None:
        listed = ", ".join(f".{one.suffix}" for one in GRAPHS)
        message = f"“{path}” ends in no suffix that names a format."
        raise NotFoundError(message, mend=f"End it in one of: {listed}.")
    return stem, chosen
