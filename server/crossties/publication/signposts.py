"""Signposts for machines: the typed links in the ``Link`` header (RFC 8288, FAIR Signposting)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from crossties.formats import Format
from crossties.publication.hosts import LICENSE, MAKER, Host

OPENAPI_TYPE: Final = "application/vnd.oai.openapi+json;version=3.1"
LINKSET_TYPE: Final = "application/linkset+json"
_ABOUT_PAGE: Final = "https://schema.org/AboutPage"
_DATASET: Final = "https://schema.org/Dataset"


@dataclass(frozen=True)
class Link:
    """One typed link."""

    target: str
    relation: str
    type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.type}"' if self.type else ""
        return f'<{self.target}>; rel="{self.relation}"{kind}'


def page_links(host: Host, iri: str, data: Iterable[tuple[Format, str]]) -> list[Link]:
    """Return the links of a page about a thing or document; ``data`` are its formats with their paths."""
    described = [Link(host.address(path), "describedby", chosen.media_type) for chosen, path in data]
    return [
        Link(iri, "cite-as"),
        Link(iri, "canonical"),
        *described,
        Link(LICENSE, "license"),
        Link(_ABOUT_PAGE, "type"),
        *common_links(host),
    ]


def data_links(host: Host, iri: str, page: str) -> list[Link]:
    """Return the links of the data about a thing or document, whose page stands at ``page``."""
    return [
        Link(iri, "canonical"),
        Link(host.address(page), "describes", "text/html"),
        Link(LICENSE, "license"),
        *common_links(host),
    ]


def dataset_links(host: Host, items: Iterable[tuple[str, str]]) -> list[Link]:
    """Return what the page of the whole dataset adds: its files as ``(path, media type)``."""
    return [Link(_DATASET, "type"), *(Link(host.address(path), "item", kind) for path, kind in items)]


def common_links(host: Host) -> list[Link]:
    """Return the links that every page and every data answer carries."""
    return [
        Link(host.iri(MAKER), "author"),
        Link(host.address("catalog"), "collection"),
        Link(host.address(".well-known/api-catalog"), "api-catalog", LINKSET_TYPE),
        Link(host.address("openapi.json"), "service-desc", OPENAPI_TYPE),
        Link(host.address("questions/"), "service-doc", "text/html"),
    ]
