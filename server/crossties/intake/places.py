"""Where each statement of an upload stands, and the best place to point at for a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from crossties.errors import Location
from crossties.quads import NamedNode, Quad
from crossties.quads.terms import Term

_Key = tuple[str | None, str | None, str | None]


@dataclass(frozen=True)
class Places:
    """The place of each statement, and of the first statement of each subject by its IRI."""

    statements: Mapping[Quad, Location] = field(default_factory=dict)
    subjects: Mapping[str, Location] = field(default_factory=dict)

    def find(self, focus: str | None, path: str | None = None, value: str | None = None) -> Location | None:
        """Return the best place for a result on a node, a property and a value, IRIs in full.

        It is the statement itself, either way round; else one with that property, or with that value; else
        where the node is described first, or named first. Of several places it is the first.
        """
        if not focus:
            return None
        found = (self._index.get(key) for key in _ways(focus, path, value))
        named = self._index.get((None, None, focus))
        return next((place for place in found if place), None) or self.subjects.get(focus) or named

    @cached_property
    def _index(self) -> Mapping[_Key, Location]:
        """Map every combination that ``find`` asks for to its first place."""
        index: dict[_Key, Location] = {}
        for quad, place in self.statements.items():
            subject, name, value = _text(quad.subject), quad.predicate.value, _text(quad.object)
            for key in _keys(subject, name, value):
                index.setdefault(key, place)
        return index


def make_places(
    found: Iterable[tuple[Quad, Location]], *, subjects: Iterable[tuple[Quad, Location]] | None = None
) -> Places:
    """Return the places of statements, given in the order of the text; what stands twice keeps its first.

    ``subjects`` gives the place of each statement's subject, where that is another one.
    """
    statements: dict[Quad, Location] = {}
    for quad, place in found:
        statements.setdefault(quad, place)
    described: dict[str, Location] = {}
    for quad, place in statements.items() if subjects is None else subjects:
        if isinstance(quad.subject, NamedNode):
            described.setdefault(quad.subject.value, place)
    return Places(statements, described)


def _ways(focus: str, path: str | None, value: str | None) -> Iterable[_Key]:
    if path and value is not None:
        yield (focus, path, value)
        yield (value, path, focus)
    if path:
        yield (focus, path, None)
        yield (None, path, focus)
    if value is not None:
        yield (focus, None, value)
        yield (value, None, focus)


def _keys(subject: str | None, name: str, value: str | None) -> Iterable[_Key]:
    yield (subject, name, value)
    yield (subject, name, None)
    yield (None, name, value)
    yield (subject, None, value)
    yield (None, None, value)


def _text(term: Term) -> str | None:
    """Return an IRI in full or the text of a literal, and None for a node without a name."""
    value = getattr(term, "value", None)
    return value if isinstance(value, str) and type(term).__name__ != "BlankNode" else None
