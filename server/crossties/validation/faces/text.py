"""The report for reading at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from crossties.namespaces import compact
from crossties.validation.naming import compact_path, make_visible
from crossties.validation.report import Cause, Report, Result, find_causes
from crossties.wording import say


def to_text(report: Report, language: str) -> str:
    """Return the report for reading, by file and cause, with the counts at the end."""
    lines: list[str] = []
    for file, results in report.by_file():
        lines.append(file or say("report.whole", language))
        for cause in find_causes(results):
            lines.extend(_lines(cause, language))
        lines.append("")
    notes = [*(f"· {note}" for note in report.notes), *([""] if report.notes else [])]
    return make_visible("\n".join([*lines, *notes, summarise(report, language)])) + "\n"


def summarise(report: Report, language: str) -> str:
    """Return verdict and counts in one line."""
    counts = [("files", len(report.files)), *report.counts().items()]
    told = ", ".join(
        say(f"report.count.{name}", language, count=count)
        for name, count in counts
        if count or name == "files"
    )
    return say("report.conforms" if report.conforms else "report.broken", language, counts=told)


def tell_subject(result: Result, *, with_focus: bool = True) -> str:
    """Return what a result is about, names shortened: ``id/x · ct:amount · 1,0``."""
    # Who reads of a cell has its header before her, and no property
    path = compact_path(result.path) if result.path and result.row is None else None
    value = _short(result.value) if result.value != result.focus else None
    words = (compact(result.focus) if result.focus and with_focus else None, path, value)
    return make_visible(" · ".join(word for word in words if word))


def _short(value: str | None) -> str | None:
    if value is None:
        return None
    told = compact(value)
    return told if len(told) < 81 else told[:79] + "…"  # noqa: PLR2004


def _lines(cause: Cause, language: str) -> Iterator[str]:
    first, single = cause.first, len(cause.results) == 1
    severity = say(f"report.severity.{first.severity}", language)
    standing = say(f"report.standing.{first.standing.replace(' ', '-')}", language) if first.standing else ""
    told = (
        (first.place, tell_subject(first))
        if single
        else (say("report.times", language, count=len(cause.results)),)
    )
    yield "  " + "  ".join(part for part in (severity, standing, *told) if part)
    yield f"      {first.told_in(language)}"
    if single:
        yield from (f"      · {detail}" for detail in first.details)
    else:
        for one in cause.results:
            yield "      " + "  ".join(part for part in (one.place, tell_subject(one)) if part)
            yield from (f"        · {detail}" for detail in one.details)
            if one.suggestion and not cause.suggestion:
                yield f"        → {one.suggestion}"
    if cause.suggestion:
        yield f"      → {cause.suggestion}"
