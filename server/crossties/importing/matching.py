"""Tell what a row names: surely by an identifier or a human's word, else as ranked candidates."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Final

from rapidfuzz import fuzz, process

from crossties.errors import InputError, Location
from crossties.importing.model import Review
from crossties.importing.register import Register
from crossties.intake import Upload
from crossties.search.fold import fold

_CUTOFF: Final = 88
_MOST: Final = 3
_HEADER: Final = ("row", "name", "country", "own", "candidate", "label", "score", "decision")
_SAME: Final = frozenset({"same", "sama", "samma", "yes", "да", "x", "1"})


class Matcher:
    """Ranks the known things of one class by how like a name they are, those of a country apart."""

    def __init__(self, register: Register, decisions: Mapping[str, str], *classes: str) -> None:
        self._register = register
        self._decisions = decisions
        self._shelves: dict[str, list[tuple[str, str]]] = {}
        for known in register.things.values():
            if known.cls in classes and known.iri not in register.countries.values():
                shelf = self._shelves.setdefault(known.country, [])
                shelf += [(fold(name), known.iri) for name in known.names]
        self._reviews: dict[tuple[str, str], Review] = {}

    def decided(self, own: str) -> str | None:
        """Return what a human said that the own IRI is."""
        return self._decisions.get(own)

    def ask(self, own: str, name: str, country: str, row: int, also: Iterable[str] = ()) -> None:
        """Note the known things that the name may mean; nothing is merged.

        ``country`` is an IRI; without one every country's things may be meant, as may those of no country.
        """
        shelf = self._shelf(country)
        texts = [text for text, _ in shelf]
        best: dict[str, int] = {}
        for wanted in dict.fromkeys(fold(one) for one in (name, *also) if one):
            found = process.extract(wanted, texts, scorer=fuzz.WRatio, limit=8, score_cutoff=_CUTOFF)
            for _, score, at in found:
                iri = shelf[at][1]
                best[iri] = max(best.get(iri, 0), round(score))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
        place = self._register.label(country) if country else ""
        for iri, score in ranked:
            if iri != own:
                label = self._register.label(iri)
                self._reviews.setdefault((own, iri), Review(row, name, place, own, iri, label, score))

    def reviews(self) -> tuple[Review, ...]:
        """Return the questions in the order of the rows, the likest first."""
        return tuple(sorted(self._reviews.values(), key=lambda one: (one.row, one.own, -one.score)))

    def _shelf(self, country: str) -> list[tuple[str, str]]:
        if country:
            return self._shelves.get(country, []) + self._shelves.get("", [])
        return [entry for shelf in self._shelves.values() for entry in shelf]


def write_reviews(reviews: Iterable[Review]) -> str:
    """Return the questions as CSV; who answers writes “same” into the last column."""
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows(
        (one.row, one.name, one.country, one.own, one.candidate, one.label, one.score, one.decision)
        for one in reviews
    )
    return sheet.getvalue()


def read_decisions(upload: Upload) -> dict[str, str]:
    """Return own IRI → known IRI for each question answered with “same”; other answers decide nothing.

    Raises:
        InputError: it isn't the table that an import wrote, or a thing is said to be two things.
    """
    rows = csv.DictReader(StringIO(upload.data.decode("utf-8-sig")))
    if not {"own", "candidate", "decision"} <= set(rows.fieldnames or ()):
        message = "The decisions are not the table review.csv that an import writes."
        raise InputError(message, mend="Give the review.csv, answered.", where=Location(upload.name))
    found: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        if (row["decision"] or "").strip().casefold() in _SAME:
            own, known = row["own"], row["candidate"]
            if found.setdefault(own, known) != known:
                message = f"{own} is said to be two things."
                where = Location(upload.name, row=number)
                raise InputError(message, mend="Answer “same” once for each thing.", where=where)
    return found
