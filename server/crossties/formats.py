"""The formats that can be had: their names, media types and file suffixes, and how one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crossties.errors import NotAcceptableError


@dataclass(frozen=True, eq=False)
class Format:
    """One serialisation: ``name`` is what ``--format`` and ``?format=`` take, main media type first.

    There is one of each, so they are compared as quickly as can be.
    """

    name: str
    media_types: tuple[str, ...]
    suffix: str

    @property
    def media_type(self) -> str:
        """Return the media type that answers carry."""
        return self.media_types[0]


JSON: Final = Format("json", ("application/sparql-results+json", "application/json"), "json")
XML: Final = Format("xml", ("application/sparql-results+xml", "application/xml"), "xml")
CSV: Final = Format("csv", ("text/csv",), "csv")
TSV: Final = Format("tsv", ("text/tab-separated-values",), "tsv")

TURTLE: Final = Format("turtle", ("text/turtle", "application/x-turtle"), "ttl")
N_TRIPLES: Final = Format("ntriples", ("application/n-triples",), "nt")
JSON_LD: Final = Format("jsonld", ("application/ld+json",), "jsonld")
RDF_XML: Final = Format("rdfxml", ("application/rdf+xml",), "rdf")
TRIG: Final = Format("trig", ("application/trig",), "trig")
N_QUADS: Final = Format("nquads", ("application/n-quads",), "nq")

#: What a SELECT or ASK can be answered with, the default first.
RESULTS: Final = (JSON, XML, CSV, TSV)
#: What a CONSTRUCT, a DESCRIBE or the description of a thing can be answered with, the default first.
GRAPHS: Final = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)

#: Every format by its name.
ANY: Final = {choice.name: choice for choice in (*RESULTS, *GRAPHS)}


_KEPT_HEADER: Final = 512
#: What programs that don't know the form of a query call a format: SPARQLWrapper asks for triples as “xml”.
_OTHER_NAMES: Final = {"xml": RDF_XML, "rdf+xml": RDF_XML, "json": JSON_LD, "json-ld": JSON_LD, "n3": TURTLE}


def find_format(name: str, choices: tuple[Format, ...]) -> Format | None:
    """Return the choice that has this name, suffix or media type, or that clients call by it."""
    wanted = name.strip().lower()
    for choice in choices:
        if wanted in (choice.name, choice.suffix, *choice.media_types):
            return choice
    other = _OTHER_NAMES.get(wanted)
    return other if other in choices else None


def negotiate(accept: str | None, choices: tuple[Format, ...]) -> Format:
    """Choose by an Accept header (RFC 9110, 12.5.1): highest q, then the order of ``choices``.

    Raises:
        NotAcceptableError: the header rules out every choice.
    """
    if not accept or not accept.strip():
        return choices[0]
    # Headers come again and again; one that is long enough to fill memory is not kept
    return _choose(accept, choices) if len(accept) <= _KEPT_HEADER else _choose.__wrapped__(accept, choices)


@lru_cache(maxsize=512)
def _choose(accept: str, choices: tuple[Format, ...]) -> Format:
    ranges = _parse_accept(accept)
    scored = [(_quality(choice, ranges), -order) for order, choice in enumerate(choices)]
    best = max(range(len(choices)), key=lambda index: scored[index])
    if scored[best][0] <= 0:
        listed = ", ".join(choice.media_type for choice in choices)
        message = f"Nothing that “{accept}” accepts can be had here."
        raise NotAcceptableError(message, mend=f"What can be had: {listed}.")
    return choices[best]


def _parse_accept(accept: str) -> list[tuple[str, float]]:
    ranges = []
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        ranges.append((media, _q_value(parameters)))
    return ranges


def _q_value(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(choice: Format, ranges: list[tuple[str, float]]) -> float:
    """Let the most specific matching range decide; among equals the highest q."""
    found: dict[int, float] = {}
    for media, q in ranges:
        for own in choice.media_types:
            specificity = _specificity(media, own)
            if specificity:
                found[specificity] = max(found.get(specificity, 0.0), q)
    return found[max(found)] if found else 0.0


def _specificity(media: str, own: str) -> int:
    if media == own:
        return 3
    if media == own.partition("/")[0] + "/*":
        return 2
    return 1 if media == "*/*" else 0
