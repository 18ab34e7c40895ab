"""Check files: the one path from file to report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from crossties.quads import NamedNode, Quad, lint
from crossties.resources import Content
from crossties.validation.files import File, Reading, read_files, read_shipped
from crossties.validation.references import find_dangling
from crossties.validation.report import Report, Result, make_report
from crossties.validation.rules import find_rule_results
from crossties.validation.shapes import Finding, find_shape_results, named_terms
from crossties.validation.vocabulary import find_unknown_terms


def check_files(paths: Sequence[Path], *, content: Content, language: str = "en") -> tuple[Report, int]:
    """Return the report on files, and on every RDF file below folders, with the number of files looked at.

    They are checked as a part of the shipped graph, in which each takes the place of its own earlier state.

    Raises:
        InputError: a shipped file is broken.
    """
    reading = read_files(paths)
    results = [*reading.failures, *(one for file in reading.files for one in _lint(file))]
    if reading.failures:
        results += _waiting(reading)
    elif reading.files:
        results += _check_together(reading.files, content, language)
    return make_report(results), reading.count


def _lint(file: File) -> Iterator[Result]:
    for problem in lint(file.quads, allow_blank_nodes=file.is_vocabulary):
        quad = problem.quad
        yield Result(
            file.origin,
            "violation",
            problem.what,
            "lint",
            focus=quad.subject.value if isinstance(quad.subject, NamedNode) else None,
            path=quad.predicate.value,
            value=getattr(quad.object, "value", None),
            suggestion=problem.mend,
        )


def _waiting(reading: Reading) -> Iterator[Result]:
    """Say that the rest wasn't looked at: what it refers to may stand in a file that can't be read."""
    for file in reading.files:
        message = "The terms, references and shapes of this file were not checked yet."
        mend = "Mend the files that can't be read first."
        yield Result(file.origin, "info", message, "syntax", suggestion=mend)


def _check_together(files: tuple[File, ...], content: Content, language: str) -> Iterator[Result]:
    kept = read_shipped(content, without=files)
    originals = read_shipped(content, without=kept)
    named = [
        *find_unknown_terms(files, kept, named_terms(content.shapes)),
        *find_dangling(files, kept, originals),
    ]
    yield from named
    told = {(result.focus, result.path, result.value) for result in named}
    findings = {one for one in _findings((*kept, *files), content, language) if not _repeats(one, told)}
    yield from _of_files(findings, files)
    elsewhere = _described(findings - _described(findings, files), kept)
    if elsewhere:
        yield from _of_files(elsewhere - _findings((*kept, *originals), content, language), kept)


def _repeats(finding: Finding, told: set[tuple[str | None, str | None, str | None]]) -> bool:
    """Tell whether a rule says again what was said of that triple with a better suggestion."""
    return finding.is_of_a_rule and (finding.focus, finding.path, finding.value) in told


def _findings(files: Sequence[File], content: Content, language: str) -> set[Finding]:
    quads = [quad for file in files for quad in file.quads]
    found = set(find_shape_results(quads, content.shapes, language=language))
    return found | set(find_rule_results(quads, content.shapes, language=language))


def _described(findings: set[Finding], files: Sequence[File]) -> set[Finding]:
    subjects = {subject for file in files for subject in file.subjects}
    return {finding for finding in findings if finding.focus in subjects}


def _of_files(findings: set[Finding], files: Sequence[File]) -> Iterator[Result]:
    """Turn findings on what the files describe into results, each in the file that its triple stands in."""
    for finding in _described(findings, files):
        describing = [file for file in files if finding.focus in file.subjects]
        stating = [file for file in describing if any(_states(quad, finding) for quad in file.quads)]
        yield Result(
            (stating or describing)[0].origin,
            finding.severity,
            finding.message,
            "rule" if finding.is_of_a_rule else "shape",
            focus=finding.focus,
            path=finding.path,
            value=finding.value,
            shape=finding.shape,
        )


def _states(quad: Quad, finding: Finding) -> bool:
    subject, value = getattr(quad.subject, "value", None), getattr(quad.object, "value", None)
    return (subject, quad.predicate.value) == (finding.focus, finding.path) and finding.value in (None, value)
