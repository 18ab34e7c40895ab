"""Documents that answer themselves: in the format that is asked for, with signposts to their other forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response, request

from crossties.formats import GRAPHS, Format
from crossties.publication.addresses import HTML, choose_format, split_suffix
from crossties.publication.hosts import Host
from crossties.publication.signposts import Link, data_links, page_links
from crossties.web.site import the_site

Formats = tuple[Format, ...]


def the_host() -> Host:
    """Return where this host stands: at its public address, else wherever the client asked."""
    site = the_site()
    return Host(site.authority, site.instance.settings.public_url or request.url_root.rstrip("/"))


def negotiate_document(path: str, *, formats: Formats = GRAPHS) -> tuple[str, Format]:
    """Return the path without a suffix, and the format: by the suffix, else ``?format=``, else Accept.

    Raises:
        NotAcceptableError: no format can be had that is accepted.
    """
    choices = (*formats, HTML)
    stem, chosen = split_suffix(path, choices)
    if chosen is None:
        wanted = request.args.get("format", "")
        chosen = choose_format(choices, accept=request.headers.get("Accept", ""), wanted=wanted)
    return stem, chosen


def alternates(path: str, formats: Formats = GRAPHS) -> list[tuple[Format, str]]:
    """Return the formats of a document with their addresses below this host."""
    return [(one, f"/{path}.{one.suffix}") for one in formats]


def content_type(chosen: Format) -> str:
    """Return the Content-Type of a format."""
    return (
        f"{chosen.media_type}; charset=utf-8" if chosen.media_type.startswith("text/") else chosen.media_type
    )


def finish_document(
    response: Response,
    path: str,
    iri: str,
    chosen: Format,
    *,
    formats: Formats = GRAPHS,
    more: Sequence[Link] = (),
) -> Response:
    """Add what every document carries: type, Vary, where this form of it stands, and signposts."""
    host = the_host()
    response.content_type = content_type(chosen)
    response.vary.add("Accept")
    response.headers["Content-Location"] = f"{request.script_root}/{path}.{chosen.suffix}"
    others = alternates(path, formats)
    links = page_links(host, iri, others) if chosen is HTML else data_links(host, iri, f"{path}.html")
    return add_links(response, [*links, *more])


def add_links(response: Response, links: Iterable[Link]) -> Response:
    """Add typed links in one header."""
    response.headers["Link"] = ", ".join(map(str, links))
    return response
