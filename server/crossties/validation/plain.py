"""Say a result without the names of terms: who fills in a sheet has columns and never sees Turtle."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from crossties.namespaces import BASE, RDFS, SKOS, expand
from crossties.quads import Literal, NamedNode
from crossties.validation.report import Result
from crossties.validation.surroundings import Surroundings

_TERM: Final = r"(?:ct|dct|skos|rdfs|foaf|prov|geo):[A-Za-z]\w*"
_ASIDE: Final = re.compile(rf"\s*\({_TERM}(?:\s*,\s*{_TERM})*\)")
_NAMED: Final = re.compile(rf"\b{_TERM}")
_THING: Final = re.compile(r"<([a-z-]+/[\w-]+)>")
_TYPED: Final = re.compile(r"(\"[^\"]*\")\^\^xsd:\w+")
_TYPES: Final = re.compile(r"\bxsd:(decimal|integer|date|gYear|gYearMonth|boolean)\b")
_NUMBER: Final = {"en": "number", "fi": "luku", "ru": "число", "sv": "tal"}
_DATE: Final = {"en": "date", "fi": "päivä", "ru": "дата", "sv": "datum"}
_WORDS: Final = {"decimal": _NUMBER, "integer": _NUMBER, "date": _DATE, "gYear": _DATE, "gYearMonth": _DATE}
_LABELS: Final = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))
_QUOTES: Final = {"en": "“{}”", "fi": "”{}”", "ru": "«{}»", "sv": "”{}”"}


def tidy_cells(results: Iterable[Result], around: Surroundings, language: str) -> list[Result]:
    """Return the results, those on cells in plain words, each once, and none that only follows from another.

    A value that can't be read is missing for the shapes too; that it is missing is no news.
    """
    every = [speak_plainly(one, around, language) for one in results]
    unread = {
        _cell(one) for one in every if one.row and one.source == "sheet" and one.severity == "violation"
    }
    kept: dict[tuple[object, ...], Result] = {}
    for number, one in enumerate(every):
        if one.row is None:
            kept[number, one.file] = one
        elif one.value is not None or one.source != "shape" or _cell(one) not in unread:
            kept.setdefault((*_cell(one), one.severity, one.focus, one.value, one.message), one)
    return list(kept.values())


def speak_plainly(result: Result, around: Surroundings, language: str) -> Result:
    """Return a result on a cell with the labels of terms in place of their names, as headers have them."""
    if result.row is None:
        return result
    say = partial(_say, around=around, language=language)
    return replace(
        result,
        message=say(result.message),
        suggestion=say(result.suggestion) if result.suggestion else None,
        details=tuple(say(one) for one in result.details),
        texts=tuple((tag, _say(text, around=around, language=tag)) for tag, text in result.texts),
    )


def _cell(one: Result) -> tuple[object, ...]:
    return (one.file, one.sheet, one.row, one.column)


def _say(text: str, *, around: Surroundings, language: str) -> str:
    plain = _TYPED.sub(r"\1", _ASIDE.sub("", text))
    plain = _TYPES.sub(lambda found: _WORDS.get(found[1], {}).get(language, found[1]), plain)
    plain = _THING.sub(lambda found: _label(BASE + found[1], found[1], around, language), plain)
    return _NAMED.sub(lambda found: _label(expand(found[0]), found[0], around, language), plain)


def _label(iri: str | None, name: str, around: Surroundings, language: str) -> str:
    if iri is None:
        return name
    labels = {
        value.language: value.value
        for kind in _LABELS
        for _, _, value in around.around.match(NamedNode(iri), kind, None)
        if isinstance(value, Literal)
    }
    label = labels.get(language) or labels.get("en")
    return _QUOTES.get(language, "“{}”").format(label) if label else name
