"""Save a workbook without touching a file: the library's own way goes through temporary ones."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def save_in_memory(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    saved = BytesIO()
    with ZipFile(saved, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive).save()
    return saved.getvalue()


class _Writer(ExcelWriter):
    _archive: ZipFile

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 - as the library writes it
        """Write a sheet into memory, and from there into the workbook."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - the library keeps these for its writer
        ws._drawing.charts = ws._charts  # noqa: SLF001
        ws._drawing.images = ws._images  # noqa: SLF001
        held = BytesIO()
        writer: Any = WorksheetWriter(ws, held)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        self._archive.writestr(ws.path[1:], held.getvalue())
        self.manifest.append(ws)
