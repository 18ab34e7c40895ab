"""The report as a table: one row for each result."""

from __future__ import annotations

import csv
import io

from crossties.validation.faces.values import COLUMNS, to_values
from crossties.validation.report import Report


def to_csv(report: Report, language: str) -> str:
    """Return the results as CSV (RFC 4180) with a header; reasons inside a shape are joined by semicolons."""
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(COLUMNS)
    for result in report.results:
        values = to_values(result, language) | {"details": "; ".join(result.details)}
        writer.writerow([_harmless(values[column]) for column in COLUMNS])
    return told.getvalue()


def _harmless(value: object) -> object:
    """Keep a spreadsheet from taking a text that somebody sent for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
