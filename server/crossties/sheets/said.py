"""What is said of cells, still without words: turned into remarks in a person's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from crossties.errors import Location
from crossties.intake import Remark, Severity
from crossties.wording import read_words, say


@dataclass(frozen=True)
class Said:
    """One thing to say: ``code`` names its sentences in ``words/…/sheets.toml``, ``values`` fill them."""

    code: str
    severity: Severity = "violation"
    values: Mapping[str, object] = field(default_factory=dict)


class Reading(NamedTuple):
    """What a cell was read as, or None where it can't be, and what is to be said of that."""

    value: str | None = None
    said: tuple[Said, ...] = ()


def refuse(code: str, **values: object) -> Reading:
    """Return a reading without a value: what is wrong blocks."""
    return Reading(None, (Said(code, "violation", values),))


def accept(value: str, code: str = "", **values: object) -> Reading:
    """Return a reading with its value; with a code, it is said how it was read."""
    return Reading(value, (Said(code, "info", {"value": value, **values}),) if code else ())


class Teller:
    """Collects what is said of one upload, in the language of the person who sent it."""

    def __init__(self, file: str, language: str) -> None:
        self.file = file
        self.language = language
        self.remarks: list[Remark] = []

    @property
    def problems(self) -> tuple[Remark, ...]:
        """Return what blocks."""
        return tuple(one for one in self.remarks if one.severity == "violation")

    @property
    def notes(self) -> tuple[Remark, ...]:
        """Return what doesn't block."""
        return tuple(one for one in self.remarks if one.severity != "violation")

    def tell(self, said: Said, where: Location, *, focus: str | None = None, path: str | None = None) -> None:
        """Put a thing said into words, at its place."""
        words = read_words("sheets", self.language)
        what = say(f"sheets.{said.code}.what", self.language, **said.values)
        has_mend = f"{said.code}.mend" in words
        mend = say(f"sheets.{said.code}.mend", self.language, **said.values) if has_mend else None
        value = said.values.get("cell")
        self.remarks.append(
            Remark(
                said.severity,
                what,
                where,
                suggestion=mend,
                source="sheet",
                focus=focus,
                path=path,
                value=None if value is None else str(value),
                code=said.code,
            )
        )

    def at(self, sheet: str | None = None, row: int | None = None, column: int | None = None) -> Location:
        """Return a place in the upload."""
        return Location(self.file, None, column, sheet, row)
