"""The faces of a report: one model, written for people, build servers, editors and other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from crossties.formats import Format
from crossties.validation.faces.graph import to_jsonld, to_turtle
from crossties.validation.faces.junit import to_junit
from crossties.validation.faces.sarif import to_sarif
from crossties.validation.faces.table import to_csv
from crossties.validation.faces.text import to_text
from crossties.validation.faces.values import to_json
from crossties.validation.report import Report

_Write = Callable[[Report, str], str | bytes]


@dataclass(frozen=True)
class Face:
    """One way to write a report: the format that it is, and what writes it in a language."""

    format: Format
    write: _Write

    def render(self, report: Report, language: str) -> bytes:
        """Return the report as bytes."""
        told = self.write(report, language)
        return told if isinstance(told, bytes) else told.encode()


_ALL: Final = (
    Face(Format("json", ("application/json",), "json"), to_json),
    Face(Format("text", ("text/plain",), "txt"), to_text),
    Face(Format("turtle", ("text/turtle", "application/x-turtle"), "ttl"), to_turtle),
    Face(Format("jsonld", ("application/ld+json",), "jsonld"), to_jsonld),
    Face(Format("sarif", ("application/sarif+json",), "sarif"), to_sarif),
    Face(Format("junit", ("application/xml", "text/xml"), "xml"), to_junit),
    Face(Format("csv", ("text/csv",), "csv"), to_csv),
)
#: Name → face, JSON first.
FACES: Final = {face.format.name: face for face in _ALL}
