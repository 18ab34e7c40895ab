"""The report of a check: its results, as JSON for machines and as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from crossties.namespaces import compact

Severity = Literal["violation", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("violation", "warning", "info")
_COLUMNS: Final = (
    "file",
    "line",
    "column",
    "focus",
    "path",
    "value",
    "severity",
    "message",
    "suggestion",
    "shape",
)


@dataclass(frozen=True)
class Result:
    """One thing found in one file.

    ``focus``, ``path`` and ``value`` are the node, property and value it is about, IRIs in full; ``shape`` is
    the shape or rule that says so; ``source`` the step that found it: syntax, lint, term, reference, shape
    or rule.
    """

    file: str | None
    severity: Severity
    message: str
    source: str
    line: int | None = None
    column: int | None = None
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    suggestion: str | None = None
    shape: str | None = None


@dataclass(frozen=True)
class Report:
    """All results, sorted by file, line, focus and path; it conforms where none is a violation."""

    conforms: bool
    results: tuple[Result, ...]


def make_report(results: Iterable[Result]) -> Report:
    """Return the report of these results, each told once."""
    ordered = tuple(sorted(set(results), key=_order))
    return Report(all(result.severity != "violation" for result in ordered), ordered)


def to_json(report: Report) -> str:
    """Return the report as JSON: ``conforms`` and ``results``."""
    results = [{column: getattr(result, column) for column in _COLUMNS} for result in report.results]
    return json.dumps({"conforms": report.conforms, "results": results}, ensure_ascii=False, indent=1) + "\n"


def to_text(report: Report, *, files: int) -> str:
    """Return the report for reading, grouped by file, with the counts at the end."""
    lines: list[str] = []
    for file, results in groupby(report.results, key=lambda result: result.file):
        lines.append(file or "The graph as a whole")
        for result in results:
            lines.extend(_lines(result))
        lines.append("")
    return "\n".join([*lines, _summary(report, files)]) + "\n"


def _order(result: Result) -> tuple[str | int, ...]:
    words = (result.focus, result.path, result.value, result.severity, result.message, result.shape)
    return (result.file or "", result.line or 0, result.column or 0, *(word or "" for word in words))


def _lines(result: Result) -> list[str]:
    place = ":".join(str(number) for number in (result.line, result.column) if number is not None)
    about = " · ".join(compact(word) for word in (result.focus, result.path, result.value) if word)
    head = "  ".join(part for part in (result.severity, place, about) if part)
    mend = [f"      → {result.suggestion}"] if result.suggestion else []
    return [f"  {head}", f"      {result.message}", *mend]


def _summary(report: Report, files: int) -> str:
    checked = f"{files} file{'' if files == 1 else 's'} checked"
    counts = dict.fromkeys(SEVERITIES, 0)
    for result in report.results:
        counts[result.severity] += 1
    found = [f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items() if count]
    verdict = "Conforms" if report.conforms else "Does not conform"
    return f"{verdict}: {', '.join([checked, *found])}."
