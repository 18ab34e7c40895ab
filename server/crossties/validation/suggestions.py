"""Compute how to mend what a shape found: a date, a number, a name, the languages that are missing."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from rapidfuzz import fuzz, process

from crossties.namespaces import BASE, CT, LANGUAGES, SKOS, compact
from crossties.quads import NamedNode, Quad
from crossties.validation.findings import Finding
from crossties.validation.surroundings import Surroundings
from crossties.wording import say

_LANGUAGE_ORDER: Final = ("en", "fi", "ru", "sv")
_LABEL: Final = SKOS + "prefLabel"
_ALIKE: Final = 60
_DAY: Final = re.compile(r"\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\s*")
_YEAR_FIRST: Final = re.compile(r"\s*(\d{4})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{1,2})\s*")
_MONTH: Final = re.compile(r"\s*(\d{1,2})\s*[./]\s*(\d{4})\s*")
_NUMBER: Final = re.compile(
    r"\s*(-?\d{1,3}(?:[\s.,\u00a0\u202f']\d{3})+|-?\d+)(?:[.,](\d{1,2}))?\s*[^\d]{0,12}", re.DOTALL
)
_SHAPED: Final = {"Datatype", "Pattern", "In", "NodeKind", "Or", "Node", "MinInclusive"}
_NAMED: Final = {"Class", "NodeKind", "Node", "Or", "Xone", "And"}
_LISTED: Final = 5


def suggest(finding: Finding, quads: Collection[Quad], around: Surroundings, language: str) -> str | None:
    """Return how to mend what was found, or None where that can't be computed."""
    if finding.path == _LABEL and finding.component in {"MinCount", "QualifiedMinCount"}:
        return _languages(finding, quads, around, language)
    value = finding.value
    if value is None or finding.component is None:
        return None
    if finding.component in _SHAPED:
        found = suggest_form(value, finding.message, language)
        if found:
            return found
    if finding.component == "In":
        return _allowed(value, finding, language)
    if finding.component in _NAMED and _wants_thing(finding):
        return _thing(value, finding, around, language)
    return None


def _wants_thing(finding: Finding) -> bool:
    """Tell whether a property of ours leads to the value; those of others hold texts."""
    return finding.path is None or CT in finding.path


def suggest_form(value: str, asked: str, language: str) -> str | None:
    """Return a date or number in the form that is wanted, ``asked`` being what was said of it."""
    day = _read_day(value)
    if day:
        first, other = day
        if other and other != first:
            return say("validation.suggest.dates", language, value=first, other=other)
        return say("validation.suggest.date", language, value=first)
    number = read_number(value) if "decimal" in asked or "integer" in asked else None
    return say("validation.suggest.number", language, value=number) if number and number != value else None


def read_number(text: str) -> str | None:
    """Return “12 000 kr” or “1.234,50” as 12000 and 1234.5, or None where it is no number."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    whole = re.sub(r"[^\d-]", "", found[1]).lstrip("0") or "0"
    part = (found[2] or "").rstrip("0")
    return f"{whole}.{part}" if part else whole


def _read_day(value: str) -> tuple[str, str | None] | None:
    """Return the day with the day first, and with the month first where only slashes leave that open."""
    if found := _DAY.fullmatch(value):
        day, month, year = (int(part) for part in found.groups())
        first, other = _iso(year, month, day), _iso(year, day, month) if "/" in value else None
        return (first, other) if first else (other, None) if other else None
    if found := _YEAR_FIRST.fullmatch(value):
        year, month, day = (int(part) for part in found.groups())
        iso = _iso(year, month, day)
        return (iso, None) if iso else None
    if found := _MONTH.fullmatch(value):
        month, year = (int(part) for part in found.groups())
        return (f"{year}-{month:02}", None) if 1 <= month <= 12 else None  # noqa: PLR2004
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _languages(finding: Finding, quads: Collection[Quad], around: Surroundings, language: str) -> str | None:
    """Tell which of our languages a thing has no label in."""
    node = NamedNode(finding.focus or BASE)
    known = [value for _, _, value in around.around.match(node, NamedNode(_LABEL), None)]
    given = [quad.object for quad in quads if quad.subject == node and quad.predicate.value == _LABEL]
    have = {getattr(label, "language", None) for label in (*known, *given)}
    missing = [one for one in _LANGUAGE_ORDER if one in LANGUAGES and one not in have]
    return say("validation.suggest.languages", language, listed=", ".join(missing)) if missing else None


def _allowed(value: str, finding: Finding, language: str) -> str | None:
    allowed = re.findall(r"[“”«]([^“”«»]+)[”»]|((?:kind|role|status|mode|theme)/[\w-]+)", finding.message)
    names = [one or other for one, other in allowed if (one or other) != compact(value)]
    near = process.extractOne(compact(value), names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return say("validation.suggest.value", language, value=near[0]) if near else None


def _thing(value: str, finding: Finding, around: Surroundings, language: str) -> str | None:
    """Look for the thing that is meant by a name, by a place instead of its bodies, or by a near slug."""
    if not value.startswith(("http:", "https:", "urn:")):
        found = around.named(value, ()) or around.near(value, (), limit=1)
        one = next((match for match in found if match.iri.startswith(BASE)), None)
        return (
            say("validation.suggest.name", language, near=compact(one.iri), label=one.label) if one else None
        )
    asked = " ".join((finding.message, *finding.details))
    if "Place" in around.classes_of(value) and f"{compact(CT)}Organisation" in asked and around.labels:
        bodies = sorted(compact(body) for body in around.labels.bodies_of(value))[:_LISTED]
        return say("validation.suggest.bodies", language, listed=", ".join(bodies)) if bodies else None
    if "/document/" in value and "/p" in asked:
        return say("validation.suggest.passage", language, value=f"{compact(value)}/p1")
    return None
