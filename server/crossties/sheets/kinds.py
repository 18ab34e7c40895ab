"""The kinds of sheets there are, as ``kinds.toml`` declares them: columns, nodes, and an example row."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

from crossties.errors import RequestError

#: The row itself among the nodes of a row, and the pseudo node that holds documents and paragraphs.
ROW: Final = ""
SOURCE: Final = "source"
_SOURCES: Final = 2
_COLUMN: Final = re.compile(r"(?:(?P<node>\w+)\.)?(?P<property>\w+)(?:\*(?P<times>\d+))?")


@dataclass(frozen=True)
class Node:
    """A node that a row describes; ``name`` is ``signature.2`` for the second of its sort."""

    name: str
    cls: str
    iri: str
    slugs: tuple[str, ...]
    parent: str = ROW
    joins: tuple[str, ...] = ()
    has_evidence: bool = True

    @property
    def sort(self) -> str:
        """Return its name without the number."""
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Column:
    """A column: the node and the property that it fills, and which of several it is, or 0.

    ``name`` is the short name of the property, ``slug`` for an id, or ``document`` for a source.
    """

    node: str
    name: str
    number: int = 0

    @cached_property
    def key(self) -> str:
        """Return the name that means it in every language: ``party.2``, ``signature.1.inPost``."""
        parts = (self.node, self.name, str(self.number or ""))
        return ".".join(part for part in parts if part)


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of sheet; ``companions`` are the kinds whose sheets stand in the same workbook."""

    name: str
    nodes: Mapping[str, Node]
    columns: tuple[Column, ...]
    companions: tuple[str, ...]
    example: Mapping[str, str]

    @property
    def row(self) -> Node:
        """Return the node that a row is."""
        return self.nodes[ROW]


@cache
def load_kinds() -> Mapping[str, Kind]:
    """Return the kinds by name, in the order in which people need them."""
    text = (files("crossties.sheets") / "kinds.toml").read_text(encoding="utf-8")
    declared = tomllib.loads(text)
    return {name: _kind(name, table, declared["lists"]) for name, table in declared["kinds"].items()}


def find_kind(name: str) -> Kind:
    """Return the kind of this name.

    Raises:
        RequestError: there is none.
    """
    kinds = load_kinds()
    wanted = name.strip().casefold().replace("_", "-").replace(" ", "-")
    found = kinds.get(wanted) or kinds.get(wanted + "s")
    if found is None:
        message = f"There is no spreadsheet for “{name}”."
        raise RequestError(message, mend=f"There is one for: {', '.join(kinds)}.")
    return found


def _kind(name: str, table: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> Kind:
    nodes = {ROW: _node(ROW, table)}
    for sort, own in table.get("nodes", {}).items():
        times = own.get("times", 1)
        for number in range(1, times + 1):
            numbered = f"{sort}.{number}" if times > 1 else sort
            nodes[numbered] = _node(numbered, own)
    written = [
        one for entry in table["columns"] for one in (lists[entry[1:]] if entry.startswith("@") else (entry,))
    ]
    columns = tuple(_columns(written, nodes))
    return Kind(name, nodes, columns, tuple(table["with"]), table["example"])


def _node(name: str, table: Mapping[str, Any]) -> Node:
    return Node(
        name,
        table["class"],
        table["iri"],
        tuple(table.get("slug", ())),
        table.get("parent", ROW),
        tuple(table.get("joins", ())),
        table.get("evidence", True),
    )


def _columns(written: Sequence[str], nodes: Mapping[str, Node]) -> Iterator[Column]:
    """Yield the columns; those of a node that can be there several times stand together, node by node."""
    done: set[str] = set()
    for entry in written:
        sort = _read(entry)[0]
        if sort and sort in done:
            continue
        own = [one for one in written if _read(one)[0] == sort] if _times(sort, nodes) else [entry]
        done |= {sort} if len(own) > 1 else set()
        for node in _times(sort, nodes) or (sort,):
            for one in own:
                _, name, times = _read(one)
                yield from (
                    (Column(node, name, number) for number in range(1, times + 1))
                    if times
                    else (Column(node, name),)
                )


def _read(entry: str) -> tuple[str, str, int]:
    match = _COLUMN.fullmatch(entry)
    if match is None:
        raise ValueError(entry)
    return match["node"] or ROW, match["property"], int(match["times"] or 0)


def _times(sort: str, nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """Return the numbered nodes of a sort, or nothing where there is only one of it."""
    if sort == SOURCE:
        return tuple(f"{SOURCE}.{number}" for number in range(1, _SOURCES + 1))
    return tuple(name for name in nodes if name.startswith(f"{sort}.") and sort)
