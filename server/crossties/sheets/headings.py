"""Find out which kind a sheet is, where its header stands, and what each column means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from rapidfuzz import fuzz, process

from crossties.namespaces import LANGUAGES
from crossties.sheets.fields import Book, Field
from crossties.sheets.grid import MAX_COLUMNS, MAX_ROWS, Grid
from crossties.sheets.kinds import SOURCE, Kind
from crossties.sheets.names import plain
from crossties.sheets.said import Said, Teller
from crossties.wording import read_words, say

#: The sheets that a template has besides its tables.
EXTRA: Final = ("guide", "lists", "known", "report")
_LOOKED_AT: Final = 15
_ALIKE: Final = 75
_ENOUGH: Final = 0.5
_FEWEST: Final = 2


@dataclass(frozen=True)
class Table:
    """A sheet of a kind: the row of its header, the field of each column, the headers as written."""

    kind: Kind
    grid: Grid
    header_row: int
    fields: Mapping[int, Field]
    headers: Mapping[int, str]

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Return the column of each field, by its key."""
        return {one.key: column for column, one in self.fields.items()}


def sheet_name(kind: str, language: str) -> str:
    """Return what the sheet of a kind, or an extra sheet, is called."""
    return say(f"sheets.sheet.{kind}", language)


def find_tables(grids: list[Grid], book: Book, teller: Teller, *, file: str) -> list[Table]:
    """Return the tables among the sheets, and say which sheets and columns are not read, and why."""
    found: list[Table] = []
    for grid in grids:
        kind = _named(grid, book) if grid.name is not None else _kind_of_file(file, grid, book)
        if kind is not None:
            table = _table(grid, kind, book, teller)
            found += [table] if table else []
        elif not _is_extra(grid.name):
            _tell_unknown(grid, book, teller)
    if not found:
        names = ", ".join(sheet_name(kind, teller.language) for kind in book.kinds)
        teller.tell(Said("no-table", values={"names": names}), teller.at())
    return found


def header_of(table: Table, field: Field, book: Book, language: str) -> str:
    """Return the header of a field as the sheet has it, else as a template would."""
    own = table.headers.get(table.columns.get(field.key, 0))
    return own or book.header(table.kind, field, language)


def _named(grid: Grid, book: Book) -> Kind | None:
    wanted = plain(grid.name or "")
    for kind in book.kinds.values():
        if wanted in {kind.name, *(plain(sheet_name(kind.name, tag)) for tag in LANGUAGES)}:
            return kind
    return None


def _kind_of_file(file: str, grid: Grid, book: Book) -> Kind | None:
    """Return the kind whose headers a table has most of; of equals, the one that the file is called after."""
    stem = plain(file.replace("\\", "/").rpartition("/")[2].partition(".")[0])
    best = max(
        book.kinds.values(), key=lambda kind: (_share(grid, kind, book), kind.name == stem), default=None
    )
    return best if best and _share(grid, best, book) >= _ENOUGH else None


def _is_extra(name: str | None) -> bool:
    names = {plain(sheet_name(extra, tag)) for extra in EXTRA for tag in LANGUAGES}
    return name is not None and plain(name) in names


def _tell_unknown(grid: Grid, book: Book, teller: Teller) -> None:
    """Say that a sheet isn't read; one that looks like a table of ours under another name blocks."""
    if not grid.rows:
        return
    best = max(book.kinds.values(), key=lambda kind: _share(grid, kind, book))
    is_alike = _share(grid, best, book) >= _ENOUGH
    values = {"name": grid.name or "", "better": sheet_name(best.name, teller.language)}
    said = Said("sheet-misnamed", values=values) if is_alike else Said("sheet-not-read", "info", values)
    if grid.name is not None:
        teller.tell(said, teller.at(grid.name))


def _share(grid: Grid, kind: Kind, book: Book) -> float:
    row = _header_row(grid, kind, book)
    cells = grid.rows.get(row, {}) if row else {}
    meanings = _meanings(book, kind)
    return sum(_clean(cell.shown) in meanings for cell in cells.values()) / max(len(cells), 1)


def _header_row(grid: Grid, kind: Kind, book: Book) -> int | None:
    """Return the row among the first in which most cells are headers of the kind."""
    meanings = _meanings(book, kind)
    rows = sorted(grid.rows)[:_LOOKED_AT]
    counts = {row: sum(_clean(cell.shown) in meanings for cell in grid.rows[row].values()) for row in rows}
    best = max(counts, key=lambda row: (counts[row], -row), default=None)
    return best if best is not None and counts[best] >= _FEWEST else None


def _table(grid: Grid, kind: Kind, book: Book, teller: Teller) -> Table | None:
    row = _header_row(grid, kind, book)
    if row is None:
        if grid.rows:
            values = {"headers": ", ".join(_needed(kind, book, teller.language))}
            teller.tell(Said("no-header", values=values), teller.at(grid.name, min(grid.rows)))
        return None
    fields = dict(_columns(grid, row, kind, book, teller))
    headers = {column: cell.shown.rstrip("* ") for column, cell in grid.rows[row].items()}
    _tell_missing(grid, row, kind, fields, book, teller)
    if grid.last_row > MAX_ROWS:
        teller.tell(Said("many-rows", values={"most": MAX_ROWS}), teller.at(grid.name, MAX_ROWS + 1))
    if grid.last_column > MAX_COLUMNS:
        where = teller.at(grid.name, row, MAX_COLUMNS + 1)
        teller.tell(Said("many-columns", values={"most": MAX_COLUMNS}), where)
    return Table(kind, grid, row, fields, headers)


def _columns(grid: Grid, row: int, kind: Kind, book: Book, teller: Teller) -> Iterator[tuple[int, Field]]:
    """Yield the field of each column; a header without a number takes the first number that is free."""
    meanings = _meanings(book, kind)
    taken: set[str] = set()
    for column, cell in sorted(grid.rows[row].items()):
        if cell.is_empty:
            continue
        choices = meanings.get(_clean(cell.shown), ())
        free = next((one for one in choices if one.key not in taken), None)
        where = teller.at(grid.name, row, column)
        if free is not None:
            taken.add(free.key)
            yield column, free
        elif choices:
            teller.tell(Said("header-twice", values={"cell": cell.shown}), where)
        else:
            near = _near(cell.shown, kind, book, teller.language)
            code = "header-unknown-near" if near else "header-unknown"
            teller.tell(Said(code, "warning", {"cell": cell.shown, "near": near}), where)


def _tell_missing(
    grid: Grid, row: int, kind: Kind, fields: Mapping[int, Field], book: Book, teller: Teller
) -> None:
    there = {one.key for one in fields.values()}
    for field in book.fields(kind):
        if field.is_needed and not field.column.node and field.key not in there:
            header = book.header(kind, field, teller.language)
            teller.tell(Said("column-missing", values={"header": header}), teller.at(grid.name, row))


def _near(header: str, kind: Kind, book: Book, language: str) -> str:
    """Return the header most like one that is not known, as the person's own language has it."""
    spellings = {spelling: one for spelling, (one, *_) in _meanings(book, kind).items()}
    best = process.extractOne(_clean(header), list(spellings), scorer=fuzz.WRatio, score_cutoff=_ALIKE)
    return book.header(kind, spellings[best[0]], language) if best else ""


def _needed(kind: Kind, book: Book, language: str) -> Iterator[str]:
    yield from (book.header(kind, one, language) for one in book.fields(kind) if one.is_needed)


@cache
def _meanings(book: Book, kind: Kind) -> Mapping[str, tuple[Field, ...]]:
    """Map each header in every language, each key, and each of these without its number, to fields.

    Those of sources are known without the word before the colon too.
    """
    found: dict[str, list[Field]] = {}
    for field in book.fields(kind):
        headers = [book.header(kind, field, tag) for tag in LANGUAGES]
        for spelling in (*headers, field.key):
            found.setdefault(_clean(spelling), []).append(field)
    for field in book.fields(kind):
        headers = [book.header(kind, field, tag) for tag in LANGUAGES]
        number = str(field.column.number or "")
        for spelling in (*headers, field.column.key):
            bare = _clean(spelling)
            if number and bare.endswith(number):
                found.setdefault(bare.removesuffix(number).rstrip(" ."), []).append(field)
        if field.column.node.startswith(SOURCE):
            for spelling in (*(header.partition(": ")[2] for header in headers), field.column.name):
                found.setdefault(_clean(spelling), []).append(field)
    return {spelling: tuple(dict.fromkeys(fields)) for spelling, fields in found.items()}


def _clean(header: str) -> str:
    return plain(header.replace("*", " ").strip().rstrip(":"))


def is_example(text: str) -> bool:
    """Tell whether the first cell of a row marks it as the example of a template."""
    words = (read_words("sheets", tag)["sheet.example"] for tag in LANGUAGES)
    return any(plain(text).startswith(plain(word)) for word in words)
