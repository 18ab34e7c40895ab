"""Load the question files: a TOML header in ``#+`` lines, then a query that is valid SPARQL by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from crossties.errors import InputError, Location, NotFoundError
from crossties.headers import read_header

PARAMETER_TYPES: Final = frozenset(
    {
        "entity",
        "concept",
        "code",
        "day",
        "from",
        "until",
        "year",
        "integer",
        "decimal",
        "currency",
        "text",
        "language",
    },
)
COLUMN_TYPES: Final = frozenset(
    {"entity", "list", "code", "text", "date", "day", "year", "decimal", "integer", "boolean", "currency"},
)
#: What the parameter ``lang`` replaces; a question without it has no labels and no such parameter.
LABEL: Final = re.compile(r"\bct:labelEn\b")


@dataclass(frozen=True)
class Parameter:
    """One parameter; ``classes`` (entity) or ``scheme`` (concept or code) says what it may name."""

    name: str
    type: str
    description: str
    example: str = ""
    required: bool = False
    default: str = ""
    classes: tuple[str, ...] = ()
    scheme: str = ""


@dataclass(frozen=True)
class Column:
    """One column of the contract; an entity or list is followed by its labels in the answer."""

    name: str
    type: str

    @property
    def variables(self) -> tuple[str, ...]:
        """Return the names of the columns that the answer has for it."""
        label = {"entity": "Label", "list": "Labels"}.get(self.type)
        return (self.name, self.name + label) if label else (self.name,)


@dataclass(frozen=True)
class Question:
    """One question: ``name`` is ``area/name``, ``text`` the query after the header."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    examples: tuple[Mapping[str, str], ...]
    text: str

    @property
    def area(self) -> str:
        """Return the folder that the question lies in."""
        return self.name.partition("/")[0]

    @property
    def variables(self) -> tuple[str, ...]:
        """Return the names of the answer's columns, in order."""
        return tuple(variable for column in self.columns for variable in column.variables)


_LANGUAGE: Final = Parameter(
    name="lang",
    type="language",
    description="The language of the labels: en, fi, ru or sv.",
    example="sv",
    default="en",
)


@lru_cache(maxsize=4)
def load_questions(folder: Path) -> Mapping[str, Question]:
    """Return every question below a folder by its name, sorted.

    Raises:
        InputError: a file has no header, or one that is broken.
    """
    paths = sorted(folder.glob("*/*.rq"))
    return {question.name: question for question in map(load_question, paths)}


def load_question(path: Path) -> Question:
    """Return the question in a file.

    Raises:
        InputError: it has no header, or one that is broken.
    """
    told, text = read_header(path)
    try:
        return _question(f"{path.parent.name}/{path.stem}", told, text)
    except (KeyError, TypeError, ValueError) as error:
        message = f"The header of the question is broken: {error}."
        raise InputError(message, where=Location(str(path)), mend="See queries/README.md.") from error


def find_question(folder: Path, name: str) -> Question:
    """Return the question called ``area/name``.

    Raises:
        NotFoundError: there is none; the error names what is near.
    """
    questions = load_questions(folder)
    if name in questions:
        return questions[name]
    wanted = name.rpartition("/")[2]
    near = [other for other in questions if wanted and (wanted in other or other.rpartition("/")[2] in name)]
    mend = f"Did you mean {', '.join(near)}?" if near else f"The questions are: {', '.join(questions)}."
    message = f"There is no question “{name}”."
    raise NotFoundError(message, mend=mend)


def _question(name: str, told: Mapping[str, Any], text: str) -> Question:
    parameters = [_parameter(key, value) for key, value in told.get("parameters", {}).items()]
    if LABEL.search(text):
        parameters.append(_LANGUAGE)
    return Question(
        name=name,
        title=told["title"],
        description=told["description"],
        parameters=tuple(parameters),
        columns=tuple(_column(key, value) for key, value in told["columns"].items()),
        examples=tuple(told.get("examples", ())),
        text=text,
    )


def _parameter(name: str, told: Mapping[str, Any]) -> Parameter:
    given = dict(told)
    if given["type"] not in PARAMETER_TYPES:
        message = f"“{given['type']}” is no type of parameter"
        raise ValueError(message)
    return Parameter(name=name, classes=tuple(given.pop("classes", ())), **given)


def _column(name: str, type_: str) -> Column:
    if type_ not in COLUMN_TYPES:
        message = f"“{type_}” is no type of column"
        raise ValueError(message)
    return Column(name, type_)
