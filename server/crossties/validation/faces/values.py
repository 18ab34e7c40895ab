"""The report as plain values: for JSON, and for the way between processes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from crossties.validation.report import Report, Result, find_causes, make_report

#: The fields of a result in the JSON report, in this order.
COLUMNS: Final = (
    *("file", "line", "column", "sheet", "row", "focus", "path", "value", "severity", "standing"),
    *("source", "code", "message", "details", "suggestion", "shape"),
)


def to_json(report: Report, language: str) -> str:
    """Return the report as JSON: verdict, counts, causes, results."""
    told = {
        "conforms": report.conforms,
        "language": language,
        "files": list(report.files),
        "notes": list(report.notes),
        "counts": report.counts(),
        "causes": _causes(report, language),
        "results": [to_values(result, language) for result in report.results],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def to_values(result: Result, language: str) -> dict[str, Any]:
    """Return a result as the values of its columns, its message in the language."""
    values = {column: getattr(result, column) for column in COLUMNS}
    return values | {"message": result.told_in(language), "details": list(result.details)}


def pack_report(report: Report) -> dict[str, Any]:
    """Return everything in a report as values that JSON knows."""
    results = [{**to_values(one, ""), "texts": [list(pair) for pair in one.texts]} for one in report.results]
    return {"files": list(report.files), "notes": list(report.notes), "results": results}


def unpack_report(told: Mapping[str, Any]) -> Report:
    """Return the report that ``pack_report`` packed."""
    results = [
        Result(
            **{
                **one,
                "details": tuple(one["details"]),
                "texts": tuple((str(tag), str(text)) for tag, text in one["texts"]),
            }
        )
        for one in told["results"]
    ]
    return make_report(results, files=told["files"], notes=told["notes"])


def _causes(report: Report, language: str) -> list[dict[str, Any]]:
    numbered = {result: number for number, result in enumerate(report.results)}
    return [
        {
            "severity": cause.first.severity,
            "message": cause.first.told_in(language),
            "shape": cause.first.shape,
            "path": cause.first.path,
            "code": cause.first.code,
            "count": len(cause.results),
            "results": [numbered[result] for result in cause.results],
        }
        for _, results in report.by_file()
        for cause in find_causes(results)
    ]
