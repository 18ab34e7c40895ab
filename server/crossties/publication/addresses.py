"""The local addresses of things: their IRI without the authority, as a page, or as data.

A host answers for what its ``authority`` names. What crossties itself ships, the vocabulary, the shapes, the
code lists, the questions and the graphs of them, it shows too, whoever's authority it has.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from crossties.errors import NotAcceptableError, NotFoundError
from crossties.formats import GRAPHS, Format, find_format, negotiate
from crossties.namespaces import BASE, LISTS

HTML: Final = Format("html", ("text/html", "application/xhtml+xml"), "html")
#: The first parts of the paths that name things, which are told apart from the pages about them (303).
HEADS: Final = ("id", *LISTS)
#: The first parts of the paths that name documents, which answer themselves (200).
DOCUMENTS: Final = ("ns", "shapes", "graph", "query", "release", "catalog", "logo.svg")
#: What every host has, because crossties ships it.
SHIPPED: Final = ("ns", "shapes", "query", "graph/ontology/", "graph/themes/", "graph/derived", *LISTS)
_SAFE: Final = "/:@!$&'()*+,;=~-._"


def local_path(iri: str, authority: str) -> str:
    """Return the path under which this host answers for the IRI, or "" where it doesn't."""
    if iri.startswith(authority):
        path = iri.removeprefix(authority)
        if _head(path) in (*HEADS, *DOCUMENTS):
            return _quote(path)
    path = iri.removeprefix(BASE)
    return _quote(path) if iri.startswith(BASE) and is_shipped(path) else ""


def is_shipped(path: str) -> bool:
    """Say whether the path below the authority of crossties names something that every host has."""
    return _head(path) in SHIPPED or path.startswith(tuple(one for one in SHIPPED if "/" in one))


def full_iri(path: str, authority: str) -> str:
    """Return the IRI that a path on a host with this authority stands for."""
    return (BASE if is_shipped(path) else authority) + path


def _head(path: str) -> str:
    return path.partition("#")[0].partition("/")[0]


def _quote(path: str) -> str:
    before, sign, fragment = path.partition("#")
    return quote("/" + before, safe=_SAFE) + sign + quote(fragment, safe=_SAFE)


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
    chosen = choose_format((*GRAPHS, HTML), accept=accept, wanted=wanted)
    return page_path(path) if chosen is HTML else data_path(path, chosen)


def choose_format(choices: tuple[Format, ...], *, accept: str, wanted: str = "") -> Format:
    """Return the format by its name or suffix in ``wanted``, else the one that the Accept header prefers.

    Raises:
        NotAcceptableError: there is no such format, or none is accepted.
    """
    chosen = find_format(wanted, choices) if wanted else negotiate(accept, choices)
    if chosen is None:
        listed = ", ".join(choice.name for choice in choices)
        message = f"Things have no description in the format “{wanted}”."
        raise NotAcceptableError(message, mend=f"Choose one of: {listed}.")
    return chosen


def split_suffix(path: str, choices: tuple[Format, ...]) -> tuple[str, Format | None]:
    """Return the path without its suffix, and the format that the suffix names, if it names one."""
    stem, _, suffix = path.rpartition(".")
    chosen = next((one for one in choices if one.suffix == suffix), None)
    return (stem, chosen) if stem and chosen else (path, None)


def split_data_path(path: str) -> tuple[str, Format]:
    """Return the thing's path and the format that a path such as ``id/place/kotka.ttl`` means.

    Raises:
        NotFoundError: the suffix names no format.
    """
    stem, chosen = split_suffix(path, GRAPHS)
    if chosen is None:
        listed = ", ".join(f".{one.suffix}" for one in GRAPHS)
        message = f"“{path}” ends in no suffix that names a format."
        raise NotFoundError(message, mend=f"End it in one of: {listed}.")
    return stem, chosen
