"""What a SELECT looks at: its patterns group by group, without the values that it filters and computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crossties.quads import Term
from crossties.validation.incremental.paths import Path

#: A variable by its name, or a term.
Place = str | Term


class UnreadableError(Exception):
    """A query has something of which nobody can say what it looks at."""


@dataclass(frozen=True)
class Pattern:
    """A triple pattern; a variable predicate is a name. ``graph`` is the GRAPH that it stands in."""

    subject: Place
    predicate: Path | str
    value: Place
    graph: Place | None = None


@dataclass(frozen=True)
class Named:
    """An empty GRAPH: there is such a graph."""

    graph: Place


@dataclass(frozen=True)
class Values:
    """Terms that variables may have."""

    terms: Mapping[str, frozenset[Term]]


@dataclass(frozen=True)
class Same:
    """A variable that is another one, or a term; ``source`` is None where it is computed."""

    variable: str
    source: Place | None


@dataclass(frozen=True)
class Union:
    """Any of several groups."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Aside:
    """A group that binds nothing for those around it: OPTIONAL, MINUS, EXISTS or NOT EXISTS."""

    group: Group


@dataclass(frozen=True)
class Sub:
    """A group of which others see some variables only; ``keys`` are those by which it is grouped."""

    group: Group
    seen: frozenset[str]
    keys: frozenset[str] | None


Part = Pattern | Named | Values | Same | Union | Aside | Sub


@dataclass(frozen=True)
class Group:
    """What holds together; asides come last."""

    parts: tuple[Part, ...] = field(default=())
