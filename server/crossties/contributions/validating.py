"""Check statements in this process: of files that are at hand, and of what a sandboxed process has read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from crossties.formats import N_QUADS
from crossties.intake import Intake, Upload
from crossties.quads import Quad
from crossties.quads.writing import write_quads
from crossties.resources import Content
from crossties.sheets.names import StoredNames
from crossties.store.base import Published, open_published
from crossties.store.engine import ask_in_json, open_store
from crossties.validation.checking import check_intakes, check_uploads
from crossties.validation.incremental import Change, Checker
from crossties.validation.references import find_taken_away
from crossties.validation.report import Report, Result, make_report
from crossties.validation.surroundings import Surroundings
from crossties.versions import Version


@dataclass(frozen=True)
class CheckedHere:
    """The report on an upload, the graph that it is, and the statements that were read, as N-Quads."""

    report: Report
    graphs: tuple[str, ...]
    quads: bytes


def check_upload(
    upload: Upload, graph: str | None, *, version: Version, content: Content, language: str
) -> CheckedHere:
    """Read and check an upload on top of a version, in this process."""
    around = surround(open_published(version.store), version, content)
    checked = check_uploads([upload], around, graph=graph, language=language)
    quads = [quad for intake in checked.intakes for quad in intake.quads]
    graphs = tuple(intake.graph for intake in checked.intakes)
    return CheckedHere(checked.report, graphs, write_quads(quads, N_QUADS))


def check_quads(
    quads: Sequence[Quad], around: Surroundings, *, graph: str, origin: str, language: str = "en"
) -> Report:
    """Check statements as the whole text of a graph; without any the graph would be gone."""
    if not quads:
        return _check_going(around, graph, origin, language)
    return check_intakes([Intake(origin, graph, tuple(quads))], around, language=language)


def _check_going(around: Surroundings, graph: str, origin: str, language: str) -> Report:
    """Check what would be wrong without a graph."""
    old = tuple(around.base.quads_of(graph))
    lost = find_taken_away([Intake(origin, graph)], old, around, language)
    verdict = around.checker.check(around.base, Change(graph, frozenset(old), frozenset()), language=language)
    found = [
        Result(
            None,
            finding.severity,
            finding.message,
            "rule" if finding.is_of_a_rule else "shape",
            focus=finding.focus,
            path=finding.path,
            value=finding.value,
            shape=finding.shape,
            standing="introduced",
        )
        for finding in verdict.introduced
    ]
    return make_report([*lost, *found])


def surround(base: Published, version: Version, content: Content) -> Surroundings:
    """Return what is checked against: ``base``, with the names that are known of the version."""
    run = partial(ask_in_json, open_store(version.store))
    labels = version.labels()
    return Surroundings(base, _checker(content.shapes), content, labels, StoredNames(labels, run))


@lru_cache(maxsize=2)
def _checker(shapes: Path) -> Checker:
    return Checker(shapes)
