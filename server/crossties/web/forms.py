"""The form of a question: one labelled field per parameter, with what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crossties.errors import RequestError, UnknownNameError
from crossties.namespaces import BASE, CT, SKOS
from crossties.questions.catalogue import Parameter, Question
from crossties.search.labels import Match
from crossties.web.links import words
from crossties.web.site import Site

#: As many suggestions as a browser's list stays handy with; every other name works too.
SUGGESTED: Final = 400
#: A code list up to this length is shown whole, to choose from.
_SHORT: Final = 30
_HINTS: Final = {
    "day": "2020-06-01",
    "from": "2019 or 2019-01-01",
    "until": "2019 or 2019-12-31",
    "year": "2019",
    "currency": "EUR",
    "integer": "2",
    "decimal": "0.5",
}


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen: the value that is sent, and the label that is shown."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One field: the parameter, the value given, what can be chosen, and what is wrong with it."""

    parameter: Parameter
    value: str
    hint: str
    choices: tuple[Choice, ...] = ()
    error: RequestError | None = None
    near: tuple[Match, ...] = ()

    @property
    def label(self) -> str:
        """Return the parameter's name in words: ``partnerCountry`` is “partner country”."""
        return words(self.parameter.name)

    @property
    def closed(self) -> bool:
        """Say whether the choices are all that there is."""
        return self.parameter.type in {"code", "concept"} and len(self.choices) <= _SHORT


def make_fields(
    site: Site,
    question: Question,
    given: Mapping[str, str],
    *,
    error: RequestError | None,
    language: str,
) -> list[Field]:
    """Return the fields of a question; the language of labels is chosen elsewhere on the page."""
    return [
        _field(site, parameter, given.get(parameter.name, ""), error=error, language=language)
        for parameter in question.parameters
        if parameter.type != "language"
    ]


def _field(
    site: Site, parameter: Parameter, value: str, *, error: RequestError | None, language: str
) -> Field:
    own = error if error is not None and error.parameter == parameter.name else None
    return Field(
        parameter=parameter,
        value=value,
        hint=parameter.example or _HINTS.get(parameter.type, ""),
        choices=_choices(site, parameter, language),
        error=own,
        near=_near(site, own),
    )


def _choices(site: Site, parameter: Parameter, language: str) -> tuple[Choice, ...]:
    label = f"ct:label{language.capitalize()}"
    if parameter.type == "entity" and parameter.classes:
        classes = " ".join(f"ct:{name}" for name in parameter.classes if name != "Concept")
        rows = site.kept_table(f"""PREFIX ct: <{CT}> SELECT DISTINCT ?label WHERE {{
            VALUES ?class {{ {classes} }} ?thing a ?class ; {label} ?label
        }} ORDER BY ?label LIMIT {SUGGESTED}""").rows
        return tuple(Choice(cell.text, "") for (cell,) in rows if cell)
    if parameter.scheme:
        rows = site.kept_table(f"""PREFIX ct: <{CT}> SELECT DISTINCT ?concept ?label WHERE {{
            ?concept <{SKOS}inScheme> <{BASE}{parameter.scheme}> ; {label} ?label
        }} ORDER BY ?label ?concept LIMIT {SUGGESTED}""").rows
        return tuple(Choice(_code(cell.text, parameter), name.text) for cell, name in rows if cell and name)
    return ()


def _code(iri: str, parameter: Parameter) -> str:
    return iri.removeprefix(f"{BASE}{parameter.scheme}/")


def _near(site: Site, error: RequestError | None) -> tuple[Match, ...]:
    if not isinstance(error, UnknownNameError):
        return ()
    return tuple(match for address in error.candidates if (match := site.labels.by_iri(address)))
