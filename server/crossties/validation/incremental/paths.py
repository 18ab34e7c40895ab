"""Property paths of shapes and rules in one form: followed from node to node, reversed, taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from crossties.quads import NamedNode, Term


@dataclass(frozen=True)
class Step:
    """One triple from its subject to its object, or the other way; without a predicate, any triple."""

    predicate: NamedNode | None
    inverse: bool = False


@dataclass(frozen=True)
class Sequence:
    """One path after the other; an empty one stays where it is."""

    parts: tuple[Path, ...]


@dataclass(frozen=True)
class Alternative:
    """Any one of several paths."""

    parts: tuple[Path, ...]


@dataclass(frozen=True)
class Repeat:
    """A path at most once (``many`` is false) or any number of times, and at least ``least`` times."""

    path: Path
    least: int
    many: bool


Path = Step | Sequence | Alternative | Repeat
HERE = Sequence(())


@dataclass(frozen=True)
class Occurrence:
    """One predicate in a path, with the way from the start to it and the way from it to the end."""

    before: Path
    step: Step
    after: Path


class Graph(Protocol):
    """What paths are followed in."""

    def objects(self, subject: Term, predicate: NamedNode | None, /) -> Iterable[Term]:
        """Return where the predicate leads from the subject."""

    def subjects(self, predicate: NamedNode | None, value: Term, /) -> Iterable[Term]:
        """Return from where the predicate leads to the value."""


def join(*paths: Path) -> Path:
    """Return the sequence of the paths."""
    parts: list[Path] = []
    for path in paths:
        parts += path.parts if isinstance(path, Sequence) else (path,)
    return parts[0] if len(parts) == 1 else Sequence(tuple(parts))


def reverse(path: Path) -> Path:
    """Return the path from the end to the start."""
    if isinstance(path, Step):
        return Step(path.predicate, not path.inverse)
    if isinstance(path, Sequence):
        return Sequence(tuple(reverse(part) for part in reversed(path.parts)))
    if isinstance(path, Alternative):
        return Alternative(tuple(reverse(part) for part in path.parts))
    return Repeat(reverse(path.path), path.least, path.many)


def walk(path: Path, nodes: Iterable[Term], graph: Graph) -> set[Term]:
    """Return the nodes at the other end of the path."""
    if isinstance(path, Step):
        return {found for node in nodes for found in _take(path, node, graph)}
    if isinstance(path, Sequence):
        reached = set(nodes)
        for part in path.parts:
            reached = walk(part, reached, graph)
        return reached
    if isinstance(path, Alternative):
        starts = set(nodes)
        return {found for part in path.parts for found in walk(part, starts, graph)}
    return _walk_repeat(path, set(nodes), graph)


def occurrences(path: Path) -> Iterator[Occurrence]:
    """Yield every predicate of the path with what stands before and after it."""
    if isinstance(path, Step):
        yield Occurrence(HERE, path, HERE)
    elif isinstance(path, Sequence):
        for place, part in enumerate(path.parts):
            first, last = path.parts[:place], path.parts[place + 1 :]
            for one in occurrences(part):
                yield Occurrence(join(*first, one.before), one.step, join(one.after, *last))
    elif isinstance(path, Alternative):
        for part in path.parts:
            yield from occurrences(part)
    else:
        around = Repeat(path.path, 0, many=True) if path.many else HERE
        for one in occurrences(path.path):
            yield Occurrence(join(around, one.before), one.step, join(one.after, around))


def _take(step: Step, node: Term, graph: Graph) -> Iterable[Term]:
    return graph.subjects(step.predicate, node) if step.inverse else graph.objects(node, step.predicate)


def _walk_repeat(path: Repeat, nodes: set[Term], graph: Graph) -> set[Term]:
    reached = set() if path.least else set(nodes)
    edge = walk(path.path, nodes, graph) - reached
    while edge:
        reached |= edge
        edge = walk(path.path, edge, graph) - reached if path.many else set()
    return reached
