"""Look up what is known by its name, id or code, and list it for the drop-downs."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from rapidfuzz import fuzz

from crossties.errors import RequestError
from crossties.namespaces import CT, ID, LANGUAGES
from crossties.quads import iri, literal, to_text
from crossties.search.labels import Labels

#: What a look-up list holds at most.
LISTED: Final = 5_000
_REMEMBERED: Final = 20_000
_BY_CODE: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing WHERE {{ ?thing ct:code/skos:notation {code} }} ORDER BY ?thing LIMIT 20
"""
_BY_ADDRESS: Final = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?thing WHERE {{ ?thing schema:url {address} }} ORDER BY ?thing LIMIT 20
"""
_EVERY: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT ?thing ?class ?label (MIN(?kindLabel) AS ?kind) (MIN(?countryLabel) AS ?country) WHERE {{
  {{ SELECT ?thing ?class ?label WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class ; {name} ?label }}
    ORDER BY ?label ?thing LIMIT {limit} }}
  OPTIONAL {{ ?thing ct:kind/{name} ?kindLabel }}
  OPTIONAL {{ ?thing (ct:country|ct:governs/ct:country|ct:seat/ct:country)/{name} ?countryLabel }}
}}
GROUP BY ?thing ?class ?label ORDER BY ?label ?thing
"""


@dataclass(frozen=True)
class Known:
    """A thing that is known: its IRI, class (local name) and label, and for lists its kind and country."""

    iri: str
    cls: str
    label: str
    kind: str = ""
    country: str = ""

    @property
    def slug(self) -> str:
        """Return the last part of its IRI."""
        return self.iri.rpartition("/")[2]


class Names(Protocol):
    """Looks known things up; ``classes`` are the local names of every class that will do."""

    def exact(self, text: str, classes: Collection[str]) -> list[Known]:
        """Return the things that bear exactly this name in some language, case and spaces aside."""

    def near(self, text: str, classes: Collection[str], limit: int = 3) -> list[Known]:
        """Return the things with the names most like this one, the best first, labelled by the name meant."""

    def by_iri(self, iri: str) -> Known | None:
        """Return the thing with this IRI."""

    def by_code(self, code: str, classes: Collection[str]) -> list[Known]:
        """Return the things that have this code in a published list, or this address."""

    def every(self, classes: Collection[str], language: str) -> list[Known]:
        """Return things of the classes by their label in the language, at most ``LISTED`` of them."""


def plain(text: str) -> str:
    """Return a name as it is compared: composed, with single spaces, case aside; accents count."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def likest(text: str, names: Collection[str]) -> str:
    """Return the one of several names that looks most like a text, in its own letters; "" of none."""
    wanted = plain(text)
    return max(sorted(names), key=lambda name: fuzz.ratio(wanted, plain(name)), default="")


def tell_apart(one: Known, others: Collection[Known]) -> str:
    """Return the label of a thing with its id, with as much of its IRI as tells it from the others."""
    is_shared = any(other.slug == one.slug and other.iri != one.iri for other in others)
    own = one.iri.removeprefix(ID) if is_shared else one.slug
    return f"{one.label} ({own})"


class StoredNames:
    """The names of a store version: its label index, and ``run`` that answers a query in SPARQL JSON."""

    def __init__(self, labels: Labels, run: Callable[[str], bytes]) -> None:
        self._labels = labels
        self._run = run

    def exact(self, text: str, classes: Collection[str]) -> list[Known]:
        """Return the things that bear exactly this name in some language, case and spaces aside."""
        wanted = plain(text)
        found = self._labels.called(text, classes) if wanted else []
        return [
            Known(one.iri, one.kind, one.label)
            for one in found
            if wanted in {plain(name) for name in self._labels.names_of(one.iri)}
        ]

    def near(self, text: str, classes: Collection[str], limit: int = 3) -> list[Known]:
        """Return the things with the names most like this one, in any script, the best first."""
        return [
            Known(one.iri, one.kind, likest(text, self._labels.names_of(one.iri)) or one.label)
            for one in self._labels.near(text, classes, limit)
        ]

    def by_iri(self, iri: str) -> Known | None:
        """Return the thing with this IRI."""
        found = self._labels.by_iri(iri)
        return Known(found.iri, found.kind, found.label) if found else None

    def by_code(self, code: str, classes: Collection[str]) -> list[Known]:
        """Return the things that have this code in a published list, or this address."""
        query = _BY_CODE.format(code=to_text(literal(code)))
        if code.startswith(("http://", "https://")):
            try:
                query = _BY_ADDRESS.format(address=to_text(iri(code)))
            except RequestError:
                return []
        found = [self.by_iri(row["thing"]) for row in self._rows(query)]
        return [one for one in found if one and one.cls in classes]

    def every(self, classes: Collection[str], language: str) -> list[Known]:
        """Return things of the classes by their label in the language, at most ``LISTED`` of them."""
        spoken = language if language in LANGUAGES else LANGUAGES[0]
        among = " ".join(to_text(iri(CT + one)) for one in sorted(classes))
        query = _EVERY.format(classes=among, name=f"ct:label{spoken.capitalize()}", limit=LISTED)
        return [
            Known(
                row["thing"],
                row["class"].removeprefix(CT),
                row["label"],
                row.get("kind", ""),
                row.get("country", ""),
            )
            for row in self._rows(query)
        ]

    def _rows(self, query: str) -> list[dict[str, str]]:
        answer = json.loads(self._run(query))
        return [{name: one["value"] for name, one in row.items()} for row in answer["results"]["bindings"]]


class Remembered:
    """Names that are looked up once each, for the many rows of an upload that name the same."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._near = lru_cache(_REMEMBERED)(names.near)
        self._by_iri = lru_cache(_REMEMBERED)(names.by_iri)
        self._exact = lru_cache(_REMEMBERED)(names.exact)
        self._by_code = lru_cache(_REMEMBERED)(names.by_code)

    def exact(self, text: str, classes: Collection[str]) -> list[Known]:
        """Return the things that bear exactly this name in some language, case and spaces aside."""
        return self._exact(text, frozenset(classes))

    def near(self, text: str, classes: Collection[str], limit: int = 3) -> list[Known]:
        """Return the things with the names most like this one, the best first."""
        return self._near(text, frozenset(classes), limit)

    def by_iri(self, iri: str) -> Known | None:
        """Return the thing with this IRI."""
        return self._by_iri(iri)

    def every(self, classes: Collection[str], language: str) -> list[Known]:
        """Return things of the classes by their label in the language."""
        return self._names.every(classes, language)

    def by_code(self, code: str, classes: Collection[str]) -> list[Known]:
        """Return the things that have this code in a published list, or this address."""
        return self._by_code(code, frozenset(classes))
