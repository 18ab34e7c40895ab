"""Turn what a person typed for a parameter into a typed term, or say what would have been understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from rapidfuzz import fuzz, process

from crossties.errors import RequestError, UnknownNameError
from crossties.namespaces import BASE, CT, LANGUAGES, expand
from crossties.quads import Term, iri, literal
from crossties.questions.catalogue import Parameter, Question
from crossties.search.labels import Labels, Match

_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)
_DAY: Final = re.compile(r"[12]\d{3}-\d{2}-\d{2}", re.ASCII)
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_INTEGER: Final = re.compile(r"-?\d{1,18}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?\d{1,18}(?:\.\d{1,9})?", re.ASCII)


def read_parameters(question: Question, given: Mapping[str, str], labels: Labels) -> dict[str, Term]:
    """Return the terms of the given parameters; a default that the question's text holds is left to it.

    Raises:
        RequestError: a parameter is unknown, missing, or has a value of the wrong form.
        UnknownNameError: nothing, or more than one thing, bears the name.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            listed = ", ".join(known) or "none"
            message = f"{question.name} has no parameter “{name}”."
            raise RequestError(message, mend=f"Its parameters are: {listed}.")
    values = {name: text.strip() for name, text in given.items() if text.strip()}
    for parameter in question.parameters:
        if parameter.required and parameter.name not in values:
            message = f"{question.name} needs the parameter “{parameter.name}”."
            missing = RequestError(message, mend=f"Give it as in {parameter.name} = {parameter.example}.")
            missing.parameter = parameter.name
            raise missing
    return {name: _read(known[name], text, labels) for name, text in values.items()}


def _read(parameter: Parameter, text: str, labels: Labels) -> Term:
    try:
        return _READERS[parameter.type](parameter, text, labels)
    except RequestError as error:
        error.parameter = parameter.name
        raise


def _entity(parameter: Parameter, text: str, labels: Labels) -> Term:
    address = expand(text)
    if address is not None:
        found = labels.by_iri(address)
        if found is None:
            raise _unknown(parameter, text, labels)
        if parameter.classes and labels.by_iri(address, parameter.classes) is None:
            raise _of_another_class(parameter, found)
        return iri(address)
    return iri(_one_of(parameter, text, labels.by_name(text, parameter.classes), labels).iri)


def _of_another_class(parameter: Parameter, found: Match) -> UnknownNameError:
    message = f"“{parameter.name}” can't be {found.label} ({found.iri}): that is a {found.kind}."
    return UnknownNameError(message, mend=f"It takes one of: {', '.join(parameter.classes)}.")


def _one_of(parameter: Parameter, text: str, found: list[Match], labels: Labels) -> Match:
    """Choose; a place that covers every other thing found stands for them all: its bodies count with it."""
    if not found:
        raise _unknown(parameter, text, labels)
    if len(found) == 1:
        return found[0]
    for match in found:
        others = {other.iri for other in found if other is not match}
        if match.kind == "Place" and others <= labels.bodies_of(match.iri):
            return match
    message = f"“{text}” is the name of {len(found)} things."
    listed = "; ".join(f"{match.label} ({match.iri})" for match in found)
    mend = f"Say which by its IRI: {listed}."
    raise UnknownNameError(message, mend=mend, candidates=tuple(match.iri for match in found))


def _unknown(parameter: Parameter, text: str, labels: Labels) -> UnknownNameError:
    near = labels.starting(text, parameter.classes, limit=5) or labels.near(text, parameter.classes)
    message = f"Nothing that “{parameter.name}” can be is called “{text}”."
    listed = "; ".join(match.label for match in near)
    search = "Look it up with “crossties search”, or on the page /search."
    mend = f"The nearest names are: {listed}." if near else search
    return UnknownNameError(message, mend=mend, candidates=tuple(match.iri for match in near))


def _concept(parameter: Parameter, text: str, labels: Labels) -> Term:
    """Find a concept by its code, label or IRI; the scheme's name is the first part of its address."""
    prefix = f"{BASE}{parameter.scheme}/"
    found = labels.by_iri(prefix + text.strip().lower().replace(" ", "-")) or labels.by_iri(
        expand(text) or ""
    )
    if found and found.iri.startswith(prefix):
        return iri(found.iri)
    named = [match for match in labels.by_name(text, ("Concept",)) if match.iri.startswith(prefix)]
    if len(named) == 1:
        return iri(named[0].iri)
    members = {match.iri: match.iri.removeprefix(prefix) for match in labels.below(prefix)}
    near = process.extract(text.lower(), members, scorer=fuzz.WRatio, limit=5)
    message = f"“{text}” is not in the list “{parameter.scheme}”."
    mend = f"The nearest are: {', '.join(code for code, _, _ in near)}."
    raise UnknownNameError(message, mend=mend, candidates=tuple(iri for _, _, iri in near))


def _day(parameter: Parameter, text: str, _: Labels) -> Term:
    return literal(_as_day(parameter, text).isoformat(), "date")


def _from(parameter: Parameter, text: str, _: Labels) -> Term:
    day = date(int(text), 1, 1) if _YEAR.fullmatch(text) else _as_day(parameter, text, "a year or ")
    return literal(day.isoformat(), "date")


def _until(parameter: Parameter, text: str, _: Labels) -> Term:
    day = date(int(text), 12, 31) if _YEAR.fullmatch(text) else _as_day(parameter, text, "a year or ")
    return literal(day.isoformat(), "date")


def _as_day(parameter: Parameter, text: str, or_else: str = "") -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    message = f"“{parameter.name}” takes {or_else}a day of the calendar, not “{text}”."
    raise RequestError(message, mend="Write a day as 2020-06-01" + (", a year as 2020." if or_else else "."))


def _language(_: Parameter, text: str, __: Labels) -> Term:
    code = text.lower()
    if code not in LANGUAGES:
        message = f"Labels can't be had in “{text}”."
        raise RequestError(message, mend=f"Choose one of: {', '.join(LANGUAGES)}.")
    return iri(f"{CT}label{code.capitalize()}")


def _pattern(form: re.Pattern[str], datatype: str, example: str) -> Callable[[Parameter, str, Labels], Term]:
    def read(parameter: Parameter, text: str, _: Labels) -> Term:
        if not form.fullmatch(text):
            message = f"“{parameter.name}” can't be “{text}”."
            raise RequestError(message, mend=f"Write it as in {example}.")
        return literal(text, datatype)

    return read


def _text(_: Parameter, text: str, __: Labels) -> Term:
    return literal(text)


_READERS: Final[dict[str, Callable[[Parameter, str, Labels], Term]]] = {
    "entity": _entity,
    "concept": _concept,
    "code": _concept,
    "day": _day,
    "from": _from,
    "until": _until,
    "year": _pattern(_YEAR, "integer", "2019"),
    "integer": _pattern(_INTEGER, "integer", "2"),
    "decimal": _pattern(_DECIMAL, "decimal", "0.5"),
    "currency": _pattern(_CURRENCY, "string", "SEK"),
    "text": _text,
    "language": _language,
}
