"""Look at parsed quads for what the syntax allows and the graph can't take: no term is ever rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from crossties.namespaces import XSD

_Check = Callable[..., Iterator[tuple[str, str]]]

MAX_IRI: Final = 2_048
MAX_LITERAL: Final = 65_536
MAX_LANGUAGE: Final = 35
SCHEMES: Final = ("https", "http", "urn")

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_YEAR: Final = r"(?:1\d{3}|2[01]\d{2}|2200)"
_CANONICAL: Final[dict[str, tuple[re.Pattern[str], str]]] = {
    "decimal": (
        re.compile(r"0|-?(?:[1-9]\d{0,17}(?:\.\d{0,16}[1-9])?|0\.\d{0,16}[1-9])", re.ASCII),
        "163000 or 0.5",
    ),
    "integer": (re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII), "125000"),
    "boolean": (re.compile(r"true|false", re.ASCII), "true or false"),
    "date": (re.compile(_YEAR + r"-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII), "2018-09-27"),
    "gYearMonth": (re.compile(_YEAR + r"-(?:0[1-9]|1[0-2])", re.ASCII), "2018-09"),
    "gYear": (re.compile(_YEAR, re.ASCII), "2018"),
}
_PLAIN: Final = {XSD + "string", XSD + "anyURI", "http://www.opengis.net/ont/geosparql#wktLiteral"}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one quad: what it is and how to mend it."""

    quad: ox.Quad
    what: str
    mend: str


def lint(quads: Iterable[ox.Quad], *, allow_blank_nodes: bool = False) -> list[Problem]:
    """Return every problem of every quad, in order; only a vocabulary may have blank nodes."""
    checks = {
        kind: check for kind, check in _CHECKS.items() if not (allow_blank_nodes and kind is ox.BlankNode)
    }
    return [Problem(quad, what, mend) for quad in quads for what, mend in _quad_problems(quad, checks)]


def _quad_problems(quad: ox.Quad, checks: Mapping[type, _Check]) -> Iterator[tuple[str, str]]:
    for term in (quad.subject, quad.predicate, quad.object):
        check = checks.get(type(term))
        if check:
            yield from check(term)


def _blank_node(_: ox.BlankNode) -> Iterator[tuple[str, str]]:
    yield "A node has no name.", "Give the thing an IRI of its own instead of [ … ] or _:x."


def _quoted_triple(_: ox.Triple) -> Iterator[tuple[str, str]]:
    yield "A triple stands inside a triple.", "State it on a node of its own."


def _named_node(term: ox.NamedNode) -> Iterator[tuple[str, str]]:
    scheme = term.value.partition(":")[0].lower()
    if scheme not in SCHEMES:
        yield f"The IRI {term.value} has the scheme “{scheme}”.", f"Use one of: {', '.join(SCHEMES)}."
    if len(term.value) > MAX_IRI:
        yield f"An IRI has {len(term.value)} characters.", f"Keep it under {MAX_IRI + 1}."
    if _FORBIDDEN.search(term.value):
        yield "An IRI holds an invisible control character.", "Type it again by hand."


def _literal(term: ox.Literal) -> Iterator[tuple[str, str]]:
    if _FORBIDDEN.search(term.value):
        yield "A text holds an invisible control character.", "Type it again by hand."
    if len(term.value) > MAX_LITERAL:
        yield f"A text has {len(term.value)} characters.", f"Keep it under {MAX_LITERAL + 1}."
    if term.language is not None:
        yield from _language(term.language)
    elif term.datatype.value not in _PLAIN:
        yield from _typed(term.value, term.datatype.value)


def _language(tag: str) -> Iterator[tuple[str, str]]:
    if tag != tag.lower():
        yield f"The language tag “{tag}” has capital letters.", f"Write “{tag.lower()}”."
    if len(tag) > MAX_LANGUAGE:
        yield f"The language tag “{tag}” is too long.", "Use a tag such as en, fi, ru or sv."


def _typed(value: str, datatype: str) -> Iterator[tuple[str, str]]:
    form = _CANONICAL.get(datatype.removeprefix(XSD)) if datatype.startswith(XSD) else None
    if form is None:
        allowed = ", ".join(f"xsd:{name}" for name in _CANONICAL)
        yield f"The datatype {datatype} is not used here.", f"Use a plain text or one of: {allowed}."
    elif not form[0].fullmatch(value):
        name = datatype.removeprefix(XSD)
        yield f"“{value}” is not the one way to write that xsd:{name}.", f"Write it as in {form[1]}."
    elif datatype == XSD + "date" and not _is_day(value):
        yield f"“{value}” is no day of the calendar.", "Correct the day or the month."


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


_CHECKS: Final[dict[type, _Check]] = {
    ox.BlankNode: _blank_node,
    ox.Triple: _quoted_triple,
    ox.NamedNode: _named_node,
    ox.Literal: _literal,
}
