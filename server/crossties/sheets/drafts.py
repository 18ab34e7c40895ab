"""Take the rows of a table, and say what hides, joins or breaks their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from crossties.errors import Location
from crossties.quads.terms import Term
from crossties.sheets.fields import Book, Field
from crossties.sheets.grid import MAX_TEXT, Cell, tidy
from crossties.sheets.headings import Table, header_of, is_example
from crossties.sheets.kinds import ROW, Node
from crossties.sheets.said import Said, Teller

_NAMES: Final = ("prefLabel.en", "title.en")
_WIDE: Final = "\u00a0\u2007\u2009\u202f\t"


@dataclass(eq=False)
class Draft:
    """One row on its way to statements: its cells by field, then its ids, IRIs and values."""

    table: Table
    number: int
    cells: dict[str, Cell]
    slugs: dict[str, str] = field(default_factory=dict)
    iris: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[Term]] = field(default_factory=dict)
    is_refused: bool = False

    def field(self, key: str) -> Field | None:
        """Return the field of a key, where the sheet has its column."""
        column = self.table.columns.get(key)
        return None if column is None else self.table.fields[column]

    def filled(self) -> Iterator[tuple[Field, Cell]]:
        """Yield the fields in which the row has something, column by column."""
        for one in self.table.fields.values():
            if one.key in self.cells:
                yield one, self.cells[one.key]

    def text(self, key: str) -> str:
        """Return what a cell holds as text, or ""."""
        cell = self.cells.get(key)
        return "" if cell is None else cell.text

    def is_active(self, node: Node) -> bool:
        """Tell whether the row describes a node: one of its columns, or of a node below it, is filled."""
        if node.name == ROW:
            return True
        below = [one for one in self.table.kind.nodes.values() if one.parent == node.sort and one != node]
        own = any(one.column.node == node.name for one, _ in self.filled())
        return own or any(self.is_active(one) for one in below if one.name)

    def is_mention(self, node: Node) -> bool:
        """Tell whether the row gives nothing but the id of a node below it: it is described elsewhere."""
        own = [one.column.name for one, _ in self.filled() if one.column.node == node.name]
        return node.name != ROW and own == ["slug"]


def take_rows(table: Table, book: Book, teller: Teller) -> list[Draft]:
    """Return the rows below the header that have something in them; the example of a template isn't one."""
    if table.grid.is_hidden:
        teller.tell(Said("sheet-hidden", "warning"), teller.at(table.grid.name, table.header_row))
    _tell_hidden_columns(table, book, teller)
    found = []
    for number in sorted(table.grid.rows):
        if number > table.header_row:
            cells = {
                one.key: table.grid.cell(number, column)
                for column, one in table.fields.items()
                if not table.grid.cell(number, column).is_empty
            }
            if cells and not _is_example(table, number, cells, teller):
                found.append(Draft(table, number, cells))
    for draft in found:
        _tell_row(draft, book, teller)
    return found


def place(draft: Draft, key: str, teller: Teller) -> Location:
    """Return the place of a field in a row, or of the row where the sheet has no such column."""
    return teller.at(draft.table.grid.name, draft.number, draft.table.columns.get(key))


def _is_example(table: Table, number: int, cells: dict[str, Cell], teller: Teller) -> bool:
    first = cells.get("slug")
    if first is None or not is_example(first.shown):
        return False
    name = next((cells[key].shown for key in _NAMES if key in cells), "")
    given = next((table.kind.example[key] for key in _NAMES if key in table.kind.example), "")
    is_changed = bool(name) and tidy(name) != tidy(given)[:80]
    said = Said("example-changed", "warning") if is_changed else Said("example-skipped", "info")
    teller.tell(said, teller.at(table.grid.name, number, first.column))
    return True


def _tell_row(draft: Draft, book: Book, teller: Teller) -> None:
    grid = draft.table.grid
    if draft.number in grid.hidden_rows:
        teller.tell(Said("row-hidden", "warning"), teller.at(grid.name, draft.number))
    for first_row, first_column, last_row, last_column in grid.merged:
        if first_row <= draft.number <= last_row and first_row > draft.table.header_row:
            inside = [one for one in draft.table.fields if first_column <= one <= last_column]
            if inside and draft.number == first_row:
                where = teller.at(grid.name, draft.number, max(first_column, inside[0]))
                teller.tell(Said("cells-merged"), where)
    for one, cell in list(draft.filled()):
        if not _tell_cell(draft, one, cell, header_of(draft.table, one, book, teller.language), teller):
            del draft.cells[one.key]


def _tell_cell(draft: Draft, one: Field, cell: Cell, header: str, teller: Teller) -> bool:
    """Say what is wrong with a cell as such, and return whether its value can be read."""
    where = place(draft, one.key, teller)
    if cell.error is not None:
        teller.tell(Said("error-cell", values={"cell": cell.error, "header": header}), where)
        return False
    if isinstance(cell.value, str) and len(cell.value) > MAX_TEXT:
        teller.tell(Said("long-cell", values={"header": header, "most": MAX_TEXT}), where)
        return False
    if cell.is_formula and cell.value is None:
        teller.tell(Said("formula-without-value", values={"header": header}), where)
        return False
    if cell.is_formula:
        teller.tell(Said("formula-value", "info", {"cell": cell.shown, "header": header}), where)
    if isinstance(cell.value, str) and one.takes not in {"decimal", "integer"} and _is_untidy(cell.value):
        teller.tell(Said("spaces-tidied", "info", {"cell": cell.shown, "header": header}), where)
    return True


def _is_untidy(text: str) -> bool:
    """Tell whether spaces stand at the ends of a text, or special ones in it; line breaks are no mistake."""
    return text != text.strip() or any(one in text for one in _WIDE)


def _tell_hidden_columns(table: Table, book: Book, teller: Teller) -> None:
    for column, one in table.fields.items():
        has_content = any(column in cells for row, cells in table.grid.rows.items() if row > table.header_row)
        if column in table.grid.hidden_columns and has_content:
            header = header_of(table, one, book, teller.language)
            where = teller.at(table.grid.name, table.header_row, column)
            teller.tell(Said("column-hidden", "warning", {"header": header}), where)
