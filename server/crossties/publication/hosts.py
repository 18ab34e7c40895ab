"""Where a host stands and what it answers for: the two settings that machine descriptions are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crossties.publication.addresses import local_path

LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"
MAKER: Final = "id/organisation/crossties"


@dataclass(frozen=True)
class Host:
    """``authority`` starts the IRIs that it answers for, ``url`` its addresses; neither needs the other."""

    authority: str
    url: str

    def iri(self, path: str) -> str:
        """Return the lasting IRI of a path."""
        return self.authority + path.lstrip("/")

    def address(self, path: str) -> str:
        """Return where a path of this host stands now."""
        return self.url.rstrip("/") + "/" + path.lstrip("/")

    def locate(self, iri: str) -> str:
        """Return where an IRI is answered here, or the IRI itself where it isn't."""
        path = local_path(iri, self.authority)
        return self.address(path) if path else iri
