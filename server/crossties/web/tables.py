"""Answers as tables of a page: an entity and its label are one cell, a list is several links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from crossties.namespaces import compact
from crossties.publication import Value
from crossties.questions.catalogue import Column, Question
from crossties.results import Cell, Table
from crossties.web.links import words

#: More rows than this are not drawn on a page; the page says so and leads to the whole answer.
DRAWN: Final = 500
_PASSAGE: Final = re.compile(r"(.+/id/document/[^/]+)/p\d+$")
_NUMBERS: Final = frozenset({"decimal", "integer"})


@dataclass(frozen=True)
class Item:
    """A piece of a cell: text, and the IRI of what it names."""

    text: str
    iri: str = ""
    language: str = ""


@dataclass(frozen=True)
class Heading:
    """A column as it is drawn: its title, and how its cells are set: a class of the style sheet."""

    title: str
    style: str = "text"


@dataclass(frozen=True)
class Drawing:
    """A table to be drawn: its rows, of which there may be more than are drawn."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[tuple[Item, ...], ...], ...]
    total: int


def draw_answer(question: Question, table: Table) -> Drawing:
    """Draw the answer to a question by its columns."""
    at = {name: place for place, name in enumerate(table.columns)}
    headings = tuple(Heading(words(column.name), _style(column)) for column in question.columns)
    rows = tuple(tuple(_cell(column, row, at) for column in question.columns) for row in table.rows[:DRAWN])
    return Drawing(headings, rows, len(table.rows))


def draw_table(table: Table) -> Drawing:
    """Draw the result of any query."""
    rows = tuple(tuple(_plain(cell) for cell in row) for row in table.rows[:DRAWN])
    return Drawing(tuple(Heading(column) for column in table.columns), rows, len(table.rows))


def _style(column: Column) -> str:
    if column.type in _NUMBERS:
        return "number"
    return column.type if column.type in {"list", "entity", "text"} else "short"


def _cell(column: Column, row: tuple[Cell | None, ...], at: Mapping[str, int]) -> tuple[Item, ...]:
    first, *rest = (row[at[variable]] for variable in column.variables)
    if first is None or not first.text:
        return ()
    if not rest:
        return (Item(_shown(column, first.text)),)
    label = rest[0].text if rest[0] else first.text
    if column.type == "entity":
        return (Item(label, first.text),)
    return _list(first.text.split(" "), label.split("; "), label)


def _list(addresses: list[str], labels: list[str], whole: str) -> tuple[Item, ...]:
    """Labels that hold the separator themselves can't be told apart: then they are shown without links."""
    if len(addresses) != len(labels):
        return (Item(whole),)
    shown = shorten_passages(list(zip(addresses, labels, strict=True)))
    return tuple(Item(text, iri) for iri, text in shown)


def shorten_passages(links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Name a document once: of its further passages, which follow it, only the paragraph is shown."""
    short, before = [], ""
    for iri, text in links:
        match = _PASSAGE.match(iri)
        document = match[1] if match else ""
        short.append((iri, text.rpartition(", ")[2] if document and document == before else text))
        before = document
    return short


def shorten_values(values: Iterable[Value]) -> list[Value]:
    """Do the same for the values of a statement."""
    listed = list(values)
    shown = shorten_passages([(one.iri, one.text) for one in listed])
    return [replace(one, text=text) for one, (_, text) in zip(listed, shown, strict=True)]


def _shown(column: Column, text: str) -> str:
    """Numbers are grouped by narrow no-break spaces for the eye; CSV and JSON keep them bare."""
    if column.type != "decimal":
        return {"true": "yes", "false": "no"}.get(text, text) if column.type == "boolean" else text
    whole, point, part = text.partition(".")
    sign = "\N{MINUS SIGN}" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-') or 0):,}".replace(",", "\N{NARROW NO-BREAK SPACE}") + point + part


def _plain(cell: Cell | None) -> tuple[Item, ...]:
    if cell is None:
        return ()
    if cell.type == "iri":
        return (Item(compact(cell.text), cell.text),)
    return (Item(cell.text, language=cell.language),)
