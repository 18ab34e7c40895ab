"""Descriptions in pages: what a page says of itself, in links and as data (Hydra Core, 5.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from crossties.namespaces import RDF, XSD
from crossties.publication.describing import require_page
from crossties.publication.queries import SENT, pointing_query
from crossties.publication.signposts import Link
from crossties.quads import iri, to_text
from crossties.results import read_table

_HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
_TOPIC: Final = "http://xmlns.com/foaf/0.1/primaryTopic"


@dataclass(frozen=True)
class Part:
    """One page of a document that stands at ``address``, in ``pages`` pages, of ``total`` things."""

    address: str
    page: int
    pages: int
    total: int = 0

    def at(self, page: int) -> str:
        """Return where a page stands; the first is the document itself."""
        return self.address if page == 1 else f"{self.address}?page={page}"

    @property
    def steps(self) -> dict[str, str]:
        """Return where the other pages stand, by how they lie to this one (RFC 8288, IANA names)."""
        if self.pages == 1:
            return {}
        wanted = {"first": 1, "prev": self.page - 1, "next": self.page + 1, "last": self.pages}
        return {name: self.at(page) for name, page in wanted.items() if 1 <= page <= self.pages}

    @property
    def links(self) -> list[Link]:
        """Return the other pages as typed links."""
        return [Link(address, name) for name, address in self.steps.items()]


def read_part(thing: str, run: Callable[[str], bytes], *, address: str, page: int) -> Part:
    """Return a page of the data about a thing.

    Raises:
        NotFoundError: there is no such page.
    """
    cell = read_table(run(pointing_query(thing))).rows[0][0]
    total = int(cell.text) if cell else 0
    return Part(address, page, require_page(page, total, SENT), total)


def tell_part(part: Part, thing: str) -> str:
    """Return what a page of data says of itself, as rows of ``VALUES``; one of one page says nothing."""
    return "\n".join(_rows(part, thing)) if part.pages > 1 else ""


def _rows(part: Part, thing: str) -> Iterator[str]:
    whole, view = _term(part.address), _term(part.at(part.page))
    kind = _term(RDF + "type")
    yield f"({whole} {kind} {_term(_HYDRA + 'Collection')})"
    yield f"({whole} {_term(_TOPIC)} {_term(thing)})"
    yield f'({whole} {_term(_HYDRA + "totalItems")} "{part.total}"^^{_term(XSD + "integer")})'
    yield f"({whole} {_term(_HYDRA + 'view')} {view})"
    yield f"({view} {kind} {_term(_HYDRA + 'PartialCollectionView')})"
    for name, address in part.steps.items():
        property_ = _HYDRA + ("previous" if name == "prev" else name)
        yield f"({view} {_term(property_)} {_term(address)})"


def _term(address: str) -> str:
    return to_text(iri(address))
