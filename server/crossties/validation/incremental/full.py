"""The whole graph before and after a change, for what can't be bounded: slow, and told in the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crossties.quads import Quad
from crossties.validation.findings import Finding
from crossties.validation.incremental.model import Base, Change
from crossties.validation.incremental.shaping import Compared
from crossties.validation.rules import Rule, apply_rules, find_rule_results
from crossties.validation.shapes import find_shape_results


def read_before(base: Base) -> list[Quad]:
    """Return everything that is stated before the change."""
    return list(base.quads())


def read_after(before: Sequence[Quad], change: Change) -> list[Quad]:
    """Return everything that is stated after the change."""
    return [quad for quad in before if quad not in change.old] + list(change.new)


def find_all(quads: Sequence[Quad], shapes: Path, *, language: str) -> frozenset[Finding]:
    """Return what the shapes and rules in a folder find in the whole graph."""
    found = set(find_shape_results(quads, shapes, language=language))
    return frozenset(found | set(find_rule_results(quads, shapes, language=language)))


def find_by_rules(
    rules: Sequence[Rule], before: Sequence[Quad], after: Sequence[Quad], *, language: str
) -> Compared:
    """Return what some rules find in the whole graph before and after a change."""
    found, then = (frozenset(apply_rules(rules, quads, language=language)) for quads in (before, after))
    return Compared(found, then, frozenset(), tuple(rule.name for rule in rules))
