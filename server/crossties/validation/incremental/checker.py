"""Check a change of one named graph against the published graph."""

from __future__ import annotations

from pathlib import Path

from crossties.settings import EngineName
from crossties.validation.findings import Finding
from crossties.validation.incremental.affected import SUB_CLASS
from crossties.validation.incremental.full import find_all, find_by_rules, read_after, read_before
from crossties.validation.incremental.model import Base, Change, Verdict
from crossties.validation.incremental.ruling import Ruling
from crossties.validation.incremental.shaping import Compared, Shaping
from crossties.validation.incremental.states import Difference
from crossties.validation.rules import load_rules
from crossties.validation.shapes import read_shapes_graph


class Checker:
    """Knows the shapes and rules of a folder; built once and used for every change.

    What has to be asked of the whole graph is asked of pySHACL, whichever engine looks at single nodes.

    Raises:
        InputError: a shape or a rule is broken.
        HostError: the engine is not installed.
    """

    def __init__(self, shapes: Path, engine: EngineName = "pyshacl") -> None:
        self._folder = shapes
        self._shaping = Shaping(read_shapes_graph(shapes), engine)
        self._ruling = Ruling(load_rules(shapes / "rules"))

    @property
    def unbounded(self) -> tuple[str, ...]:
        """Return the names of the shapes and rules that are asked of the whole graph at every change."""
        return (*self._shaping.unbounded, *(rule.name for rule in self._ruling.unbounded))

    def check(self, base: Base, change: Change, *, language: str = "en") -> Verdict:
        """Return what the change makes the shapes and rules find, and what it mends.

        A change of rdfs:subClassOf alters what every shape aims at: the whole graph is checked then, and the
        verdict says so.
        """
        difference = Difference(base, change)
        changed = difference.removed | difference.added
        if any(fact[1] == SUB_CLASS for fact in changed):
            return self._check_all(base, change, language)
        by_shapes = self._shaping.compare(difference, language=language)
        by_rules, unbounded = self._ruling.compare(difference, language=language)
        parts = [by_shapes, by_rules]
        if unbounded:
            before = read_before(base)
            parts.append(find_by_rules(unbounded, before, read_after(before, change), language=language))
        return _judge(parts)

    def _check_all(self, base: Base, change: Change, language: str) -> Verdict:
        before = read_before(base)
        found = find_all(before, self._folder, language=language)
        then = find_all(read_after(before, change), self._folder, language=language)
        return _judge([Compared(found, then, frozenset(), ("everything",))])


def _judge(parts: list[Compared]) -> Verdict:
    before = frozenset().union(*(part.before for part in parts))
    after = frozenset().union(*(part.after for part in parts))
    had, has = {name_cause(one) for one in before}, {name_cause(one) for one in after}
    return Verdict(
        introduced=frozenset(one for one in after if name_cause(one) not in had),
        fixed=frozenset(one for one in before if name_cause(one) not in has),
        already_there=frozenset(one for one in after if name_cause(one) in had),
        affected=len(frozenset().union(*(part.nodes for part in parts))),
        in_full=tuple(sorted({name for part in parts for name in part.in_full})),
    )


def name_cause(finding: Finding) -> tuple[str | None, ...]:
    """Return what makes two findings the same: what they say of the reasons inside may differ."""
    return (finding.shape, finding.component, finding.focus, finding.path, finding.value, finding.severity)
