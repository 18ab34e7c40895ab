"""Spreadsheets: templates made from the shapes, rows read into statements, workbooks marked."""

from crossties.sheets.kinds import find_kind, load_kinds
from crossties.sheets.listed import ListedNames
from crossties.sheets.marking import Found, Mark, mark, to_mark
from crossties.sheets.names import Known, Names, StoredNames
from crossties.sheets.reading import SHEET_SUFFIXES, read_sheet
from crossties.sheets.template import write_template

__all__ = [
    "SHEET_SUFFIXES",
    "Found",
    "Known",
    "ListedNames",
    "Mark",
    "Names",
    "StoredNames",
    "find_kind",
    "load_kinds",
    "mark",
    "read_sheet",
    "to_mark",
    "write_template",
]
