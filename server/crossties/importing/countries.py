"""Which country a label names: a closed list, so that a label in any language is as good as a code."""

from __future__ import annotations

import re
from typing import Final

from crossties.importing.building import Graphs, labelled, link, thing
from crossties.importing.register import Register
from crossties.search.fold import fold
from crossties.sheets.slugs import make_slug

#: How lists write some countries, by the folded label: the folded name that we know.
_VARIANTS: Final = {
    "belarus republic of": "belarus",
    "czech republic": "czechia",
    "england": "united kingdom",
    "federal republic of germany": "germany",
    "great britain": "united kingdom",
    "holland": "netherlands",
    "moldavia": "moldova",
    "northern ireland": "united kingdom",
    "kingdom of denmark": "denmark",
    "kingdom of norway": "norway",
    "kingdom of sweden": "sweden",
    "people s republic of china": "china",
    "peoples republic of china": "china",
    "republic of belarus": "belarus",
    "republic of finland": "finland",
    "republic of ireland": "ireland",
    "republic of moldova": "moldova",
    "republic of poland": "poland",
    "russian federation": "russia",
    "scotland": "united kingdom",
    "slovak republic": "slovakia",
    "the netherlands": "netherlands",
    "kingdom of the netherlands": "netherlands",
    "turkey": "turkiye",
    "uk": "united kingdom",
    "united states of america": "united states",
    "usa": "united states",
    "wales": "united kingdom",
}
_REMARK: Final = re.compile(r"\s*\(country\)$", re.IGNORECASE)
#: Codes that lists use instead of those of ISO 3166-1.
_CODES: Final = {"EL": "GR", "UK": "GB"}


class Countries:
    """Finds the country that a label or a code names, and makes a candidate of one that isn't known."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._by_code = {
            code: iri for (scheme, _, code), iri in register.codes.items() if scheme == "iso-3166-1"
        }
        self._made: dict[str, str] = {}

    def find(self, label: str) -> str | None:
        """Return the IRI of a country that is known by this label, a variant of it, or its code."""
        code = label.strip().upper()
        plain = _REMARK.sub("", label)
        named = self._named(plain) or self._named(plain.rpartition(",")[2])
        return named or self._by_code.get(_CODES.get(code, code))

    def _named(self, label: str) -> str | None:
        folded = fold(label)
        countries = self._register.countries
        return countries.get(folded) or countries.get(_VARIANTS.get(folded, ""))

    def is_variant(self, label: str) -> bool:
        """Tell whether a label of a known country is not one of its names."""
        return self.find(label) is not None and fold(label) not in self._register.countries

    def find_or_make(self, label: str) -> str:
        """Return the IRI of the country, that of a candidate where none is known."""
        known = self.find(label)
        if known:
            return known
        iri = thing("place", make_slug(label) or "unnamed")
        self._made.setdefault(iri, label)
        return iri

    def add_made(self, graphs: Graphs, slug: str) -> None:
        """Add the candidates that were made, in a graph of their own."""
        for iri, label in sorted(self._made.items()):
            graphs.add(
                f"places/{slug}-countries",
                iri,
                rdf_type=link("ns#Place"),
                ct_kind=link("kind/country"),
                skos_prefLabel=labelled({"en": label}),
            )
