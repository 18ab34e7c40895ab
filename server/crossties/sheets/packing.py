"""Write workbooks so that the same content gives the same bytes: no clock, no machine in them."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Final

from openpyxl.workbook.workbook import Workbook

from crossties.sheets.memory import save_in_memory

_MADE: Final = datetime(2026, 1, 1)  # noqa: DTZ001  workbooks know no time zone
_STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def pack(book: Workbook) -> bytes:
    """Return the workbook's bytes, with a fixed time in place of the clock's."""
    book.properties.creator = "crossties"
    book.properties.created = _MADE
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(save_in_memory(book))) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, _unstamped(part.filename, source.read(part)))
    return packed.getvalue()


def _unstamped(name: str, data: bytes) -> bytes:
    if name != "docProps/core.xml":
        return data
    return _STAMP.sub(rb"\g<1>" + _MADE.isoformat().encode() + rb"Z\g<2>", data)
