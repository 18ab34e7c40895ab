"""The report as SARIF 2.1.0, which code hosts show beside the lines."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from crossties import __version__
from crossties.namespaces import BASE, SHAPES
from crossties.validation.report import Report, Result

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {"violation": "error", "warning": "warning", "info": "note"}
_KINDS: Final = {"introduced": "new", "already there": "unchanged", "fixed": "absent"}


def to_sarif(report: Report, language: str) -> str:
    """Return the report as SARIF 2.1.0: each result with its physical location, and every language of it."""
    rules = {_rule_id(result): result for result in reversed(report.results)}
    numbers = {name: number for number, name in enumerate(sorted(rules))}
    driver = {
        "name": "crossties",
        "version": __version__,
        "informationUri": BASE,
        "rules": [_rule(name, rules[name], language) for name in sorted(rules)],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, numbers, language) for one in report.results],
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def find_help(result: Result) -> str:
    """Return the address of the page that tells what a shape or rule asks for."""
    shape = result.shape or ""
    if shape.startswith("rules/"):
        return f"{SHAPES.rstrip('#')}#rule-{shape.removeprefix('rules/')}"
    return shape if shape.startswith(SHAPES) else f"{BASE}ns"


def _rule_id(result: Result) -> str:
    shape = (result.shape or "").removeprefix(SHAPES)
    return shape or "/".join(part for part in (result.source, result.code) if part)


def _rule(name: str, result: Result, language: str) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": result.told_in(language)},
        "helpUri": find_help(result),
        "defaultConfiguration": {"level": _LEVELS[result.severity]},
    }


def _result(result: Result, numbers: dict[str, int], language: str) -> dict[str, Any]:
    about = {name: getattr(result, name) for name in ("focus", "path", "value", "suggestion", "sheet", "row")}
    properties: dict[str, Any] = {name: value for name, value in about.items() if value is not None}
    if result.texts:
        properties["messages"] = dict(result.texts)
    if result.details:
        properties["details"] = list(result.details)
    parts = [result.told_in(language), *result.details, result.suggestion]
    told: dict[str, Any] = {
        "ruleId": _rule_id(result),
        "ruleIndex": numbers[_rule_id(result)],
        "level": _LEVELS[result.severity],
        "message": {"text": "\n".join(part for part in parts if part)},
        "partialFingerprints": {"crossties/v1": _fingerprint(result)},
        "properties": properties,
    }
    if result.file:
        told["locations"] = [_location(result)]
    if result.standing:
        told["baselineState"] = _KINDS[result.standing]
    return told


def _location(result: Result) -> dict[str, Any]:
    path = PurePosixPath(result.file or "")
    address = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    physical: dict[str, Any] = {"artifactLocation": {"uri": address}}
    line = result.line or (result.row if result.sheet is None else None)
    if line:
        region = {"startLine": line, "startColumn": result.column} if result.line else {"startLine": line}
        physical["region"] = {name: value for name, value in region.items() if value}
    location: dict[str, Any] = {"physicalLocation": physical}
    names = []
    if result.row is not None:
        names.append({"fullyQualifiedName": result.place, "kind": "cell"})
    if result.focus:
        names.append({"fullyQualifiedName": result.focus, "kind": "object"})
    if names:
        location["logicalLocations"] = names
    return location


def _fingerprint(result: Result) -> str:
    parts = (result.file, _rule_id(result), result.focus, result.path, result.value)
    return hashlib.sha256("\0".join(part or "" for part in parts).encode()).hexdigest()[:32]
