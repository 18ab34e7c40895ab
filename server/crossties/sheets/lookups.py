"""The look-up sheets of a template: concepts with their meanings, and the things that are known by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.workbook import Workbook

from crossties.sheets.fields import Book, Field
from crossties.sheets.headings import sheet_name
from crossties.sheets.looks import dress_header, dress_table, dress_text
from crossties.sheets.names import Known, Names, tell_apart
from crossties.wording import read_words, say

#: Currencies and languages that drop-downs offer; others may be written.
_MONEY: Final = ("EUR", "SEK", "NOK", "DKK", "ISK", "RUB", "PLN", "GBP", "USD")
_LANGUAGES: Final = ("fi", "sv", "ru", "en", "nb", "nn", "da", "is", "et", "lv", "lt", "pl", "de", "se", "uk")
_WIDEST: Final = 12
#: In longer lists than this a label is only compared with the others of the list.
_LOOKED_UP: Final = 5_000
_GREY: Final = "9CA3AF"


class Lookups:
    """Writes each list once, and tells a field the range of its drop-down."""

    def __init__(self, workbook: Workbook, book: Book, names: Names, language: str) -> None:
        self._book = book
        self._names = names
        self._language = language
        self._lists = workbook.create_sheet(sheet_name("lists", language))
        self._known = workbook.create_sheet(sheet_name("known", language))
        self._ranges: dict[object, str] = {}
        self._labels: dict[frozenset[str], dict[str, str]] = {}

    def range(self, field: Field) -> str | None:
        """Return the formula of the list that a field's cells choose from, or None where there is none."""
        key = (field.takes, field.concepts, field.classes)
        if key not in self._ranges:
            found = self._write(field)
            if found is None:
                return None
            self._ranges[key] = found
        return self._ranges[key]

    def label(self, iri: str, field: Field) -> str:
        """Return what a drop-down calls a concept or a thing; a thing that isn't known goes by its id."""
        if iri in field.concepts:
            return self._concept_labels(field.concepts)[iri]
        self.range(field)
        return self._labels.get(field.classes, {}).get(iri) or iri

    def finish(self) -> None:
        """Dress the sheets."""
        for sheet in (self._lists, self._known):
            dress_table(sheet, frozen="A2", color=_GREY)
            sheet.row_dimensions[1].height = 32

    def _write(self, field: Field) -> str | None:
        if field.takes == "currency":
            return self._simple(field, _MONEY)
        if field.takes == "language":
            return self._simple(field, _LANGUAGES)
        if field.takes == "boolean":
            own = read_words("sheets", self._language)
            return self._simple(field, [own[f"word.{one}"].partition("|")[0] for one in ("true", "false")])
        if field.takes == "concept":
            labels = self._concept_labels(field.concepts)
            meanings = [self._book.concepts.meaning(one, self._language) for one in field.concepts]
            return self._simple(field, list(labels.values()), meanings)
        if field.takes == "thing" and len(field.classes) <= _WIDEST:
            return self._things(field)
        return None

    def _simple(
        self, field: Field, values: list[str] | tuple[str, ...], meanings: list[str] | None = None
    ) -> str:
        """Write a list into its own column, with meanings beside it, and return its range."""
        sheet = self._lists
        column = 1 if sheet.max_column == 1 and sheet.cell(1, 1).value is None else sheet.max_column + 1
        title = sheet.cell(1, column, self._title(field))
        dress_header(title, is_needed=True)
        sheet.column_dimensions[get_column_letter(column)].width = 28
        for row, value in enumerate(values, start=2):
            sheet.cell(row, column, value)
        if meanings:
            beside = sheet.cell(1, column + 1, say("sheets.guide.meaning", self._language))
            dress_header(beside, is_needed=False)
            sheet.column_dimensions[get_column_letter(column + 1)].width = 52
            for row, text in enumerate(meanings, start=2):
                dress_text(sheet.cell(row, column + 1, text))
        return _range(sheet.title, column, len(values))

    def _things(self, field: Field) -> str | None:
        things = self._names.every(field.classes, self._language)
        labels = dict(self._told(things, field.classes))
        self._labels[field.classes] = labels
        concepts = self._concept_labels(field.concepts)
        if not things and not concepts:
            return None
        sheet = self._known
        column = 1 if sheet.max_column == 1 and sheet.cell(1, 1).value is None else sheet.max_column + 2
        titles = [
            self._title(field),
            *(say(f"sheets.guide.{one}", self._language) for one in ("kind", "country", "id")),
        ]
        for offset, (title, width) in enumerate(zip(titles, (44, 24, 18, 40), strict=True)):
            dress_header(sheet.cell(1, column + offset, title), is_needed=offset == 0)
            sheet.column_dimensions[get_column_letter(column + offset)].width = width
        rows = [(labels[one.iri], one.kind, one.country, one.iri) for one in things]
        rows += [(label, "", "", iri) for iri, label in concepts.items()]
        for number, row in enumerate(rows, start=2):
            for offset, text in enumerate(row):
                sheet.cell(number, column + offset, text or None)
        return _range(sheet.title, column, len(rows))

    def _told(self, things: list[Known], classes: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Yield each thing with its label; where it doesn't tell it from others, with its id."""
        alike: dict[str, list[Known]] = {}
        for one in things:
            alike.setdefault(one.label.casefold(), []).append(one)
        for one in things:
            known = self._names.exact(one.label, classes) if len(things) <= _LOOKED_UP else []
            others = [other for other in (*known, *alike[one.label.casefold()]) if other.iri != one.iri]
            yield one.iri, tell_apart(one, others) if others else one.label

    def _concept_labels(self, concepts: tuple[str, ...]) -> dict[str, str]:
        labels = {one: self._book.concepts.label(one, self._language) for one in concepts}
        counts = Counter(labels.values())
        return {
            one: label if counts[label] == 1 else f"{label} ({one.rpartition('/')[2]})"
            for one, label in labels.items()
        }

    def _title(self, field: Field) -> str:
        if field.takes == "thing":
            sheets = [kind.name for kind in self._book.kinds.values() if kind.row.cls in field.classes]
            words = [sheet_name(name, self._language) for name in sheets] or [
                self._book.class_label(one, self._language) for one in sorted(field.classes)
            ]
            return ", ".join(words)
        return self._book.plain_name(field, self._language)


def _range(sheet: str, column: int, length: int) -> str:
    letter = get_column_letter(column)
    return f"{quote_sheetname(sheet)}!${letter}$2:${letter}${max(length, 1) + 1}"
