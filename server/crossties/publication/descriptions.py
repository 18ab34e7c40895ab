"""What a page says of a thing, as values: statements, incoming links in groups, and counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Value:
    """An object of a statement. An IRI has a label; a part that hangs below the thing has statements."""

    text: str
    iri: str = ""
    language: str = ""
    parts: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One property with all its values."""

    property: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Group:
    """Things of one class that point here by one property: some of them, and how many there are.

    Where they are facts, such as a grant or a signing, ``columns`` are the properties that tell them.
    """

    property: str
    label: str
    kind: str
    kind_label: str
    count: int
    things: tuple[Value, ...]
    columns: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Description:
    """All that a page about a thing shows; ``types`` are the IRIs of its classes.

    What points to it stands on ``pages`` pages, of which this is the one numbered ``page``.
    """

    iri: str
    label: str
    kind: str
    names: tuple[Value, ...]
    statements: tuple[Statement, ...]
    groups: tuple[Group, ...]
    types: tuple[str, ...] = ()
    page: int = 1
    pages: int = 1
