"""The report of a check: what was found, where it stands, how to mend it, and what it says of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from crossties.errors import Location
from crossties.intake import SEVERITIES, Remark, Severity
from crossties.validation.texts import Texts, choose_message

Standing = Literal["introduced", "fixed", "already there"]
STANDINGS: Final[tuple[Standing, ...]] = ("introduced", "already there", "fixed")

__all__ = ["SEVERITIES", "STANDINGS", "Cause", "Report", "Result", "Severity", "Standing", "make_report"]


@dataclass(frozen=True)
class Result:
    """One thing found in one file.

    ``focus``, ``path`` and ``value`` are the node, property and value it is about, IRIs in full; ``shape`` is
    the shape or rule that says so; ``source`` the step that found it: syntax, reading, lint, term, reference,
    likeness, example, shape or rule; ``code`` the constraint or kind of mistake, for machines. ``line`` and
    ``column`` are those of a text; in a sheet ``row`` and ``column`` name the cell. ``details`` are the
    reasons inside a shape, ``texts`` the message in every language it is had in.
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
    sheet: str | None = None
    row: int | None = None
    standing: Standing | None = None
    code: str | None = None
    details: tuple[str, ...] = ()
    texts: Texts = ()

    @property
    def place(self) -> str:
        """Return the place inside the file as people write it: ``3:7``, ``C4``, ``Plans!C4``, or nothing."""
        where = Location("", self.line, self.column, self.sheet, self.row)
        return str(where)

    @property
    def blocks(self) -> bool:
        """Return whether this keeps the report from conforming: a violation that a change brings in."""
        return self.severity == "violation" and self.standing in (None, "introduced")

    def at(self, where: Location | None) -> Result:
        """Return the result with its place."""
        if where is None:
            return self
        return replace(
            self, file=where.file, line=where.line, column=where.column, sheet=where.sheet, row=where.row
        )

    def told_in(self, language: str) -> str:
        """Return the message in a language that it is had in, else as it was made."""
        return dict(self.texts).get(language) or self.message


@dataclass(frozen=True)
class Cause:
    """Results that have one cause: the same mistake at several places of a file."""

    results: tuple[Result, ...]

    @property
    def first(self) -> Result:
        """Return the first of the results; what they share is read from it."""
        return self.results[0]

    @property
    def suggestion(self) -> str | None:
        """Return the suggestion that all of them share, if they do."""
        told = {one.suggestion for one in self.results}
        return told.pop() if len(told) == 1 else None


@dataclass(frozen=True)
class Report:
    """All results, sorted by file, place, focus and path; it conforms where none of them blocks.

    ``files`` are the names of what was checked, ``notes`` what else is to be known of how it was done.
    """

    conforms: bool
    results: tuple[Result, ...]
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def counts(self) -> dict[Severity, int]:
        """Return how many results there are of each severity."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    def by_file(self) -> list[tuple[str | None, tuple[Result, ...]]]:
        """Return the results of each file that has any."""
        grouped = groupby(self.results, key=lambda result: result.file)
        return [(file, tuple(results)) for file, results in grouped]


def make_report(results: Iterable[Result], *, files: Sequence[str] = (), notes: Sequence[str] = ()) -> Report:
    """Return the report of these results, each told once."""
    ordered = tuple(sorted(set(results), key=_order))
    return Report(not any(result.blocks for result in ordered), ordered, tuple(files), tuple(notes))


def find_causes(results: Iterable[Result]) -> list[Cause]:
    """Group results by cause, in the order of the first of each."""
    causes: dict[tuple[object, ...], list[Result]] = {}
    for one in results:
        key = (one.severity, one.standing, one.source, one.code, one.shape, one.message, one.path)
        causes.setdefault(key, []).append(one)
    return [Cause(tuple(found)) for found in causes.values()]


def from_remark(remark: Remark, *, texts: Texts = ()) -> Result:
    """Return what was said of a text while it was read, as a result."""
    made = Result(
        remark.where.file,
        remark.severity,
        remark.message,
        remark.source,
        focus=remark.focus,
        path=remark.path,
        value=remark.value,
        suggestion=remark.suggestion,
        code=remark.code,
        texts=texts,
    )
    return made.at(remark.where)


def choose_text(texts: Texts, language: str) -> str:
    """Return one of the texts for a language."""
    return choose_message(texts, language)


def _order(result: Result) -> tuple[str | int, ...]:
    numbers = (result.line or result.row or 0, result.column or 0)
    words = (result.focus, result.path, result.value, result.severity, result.message, result.shape)
    return (result.file or "", result.sheet or "", *numbers, *(word or "" for word in words), *result.details)
