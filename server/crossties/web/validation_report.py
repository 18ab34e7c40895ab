"""A report as a page shows it: by file and cause, with the lines that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from crossties.intake import Upload
from crossties.namespaces import SHAPES
from crossties.validation.faces.text import tell_subject
from crossties.validation.naming import make_visible
from crossties.validation.report import Cause, Report, Result, find_causes

_TEXTS: Final = {".xlsx"}
_AROUND: Final = 1
_WIDTH: Final = 160


@dataclass(frozen=True)
class Line:
    """One line of what was sent; ``here`` is the one that a result is about."""

    number: int
    text: str
    here: bool


@dataclass(frozen=True)
class Spot:
    """One place where a cause shows: what it is about, the lines there, and how to mend it there."""

    place: str
    subject: str
    lines: tuple[Line, ...]
    details: tuple[str, ...]
    suggestion: str | None


@dataclass(frozen=True)
class Told:
    """One cause with its places."""

    severity: str
    standing: str | None
    message: str
    suggestion: str | None
    why: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class DrawnFile:
    """What is said of one file; ``name`` "" is the graph as a whole."""

    name: str
    told: tuple[Told, ...]


def draw_report(report: Report, uploads: Sequence[Upload], language: str) -> list[DrawnFile]:
    """Return the report for a page, what blocks first."""
    texts = {one.name: _lines(one) for one in uploads}
    files = dict(report.by_file())
    names = list(dict.fromkeys([*report.files, *files]))
    return [
        DrawnFile(name or "", tuple(_told(files.get(name, ()), texts.get(name or "", []), language)))
        for name in names
    ]


def link_shape(shape: str | None) -> str:
    """Return the path of the page that says what a shape or rule asks for, or ""."""
    if shape and shape.startswith("rules/"):
        return "/shapes#rule-" + shape.removeprefix("rules/")
    return "/shapes#" + shape.removeprefix(SHAPES) if shape and shape.startswith(SHAPES) else ""


def _told(results: Sequence[Result], lines: list[str], language: str) -> list[Told]:
    causes = sorted(find_causes(results), key=lambda cause: not cause.first.blocks)
    return [
        Told(
            cause.first.severity,
            cause.first.standing,
            cause.first.told_in(language),
            cause.suggestion,
            link_shape(cause.first.shape),
            tuple(_spot(one, cause, lines) for one in cause.results),
        )
        for cause in causes
    ]


def _spot(result: Result, cause: Cause, lines: list[str]) -> Spot:
    own = None if cause.suggestion else result.suggestion
    return Spot(result.place, tell_subject(result), _around(result, lines), result.details, own)


def _around(result: Result, lines: list[str]) -> tuple[Line, ...]:
    at = result.line or (result.row if result.sheet is None else None)
    if at is None or at > len(lines):
        return ()
    first, last = max(at - _AROUND, 1), min(at + _AROUND, len(lines))
    return tuple(
        Line(number, make_visible(lines[number - 1][:_WIDTH].rstrip("\r")), number == at)
        for number in range(first, last + 1)
    )


def _lines(upload: Upload) -> list[str]:
    if PurePosixPath(upload.name).suffix.lower() in _TEXTS:
        return []
    return upload.data.decode("utf-8-sig", "replace").split("\n")
