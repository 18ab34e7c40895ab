"""The report as JUnit XML, which build servers show as tests: one suite for each file."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from crossties.namespaces import compact
from crossties.validation.faces.text import tell_subject
from crossties.validation.report import Report, Result

#: What XML 1.0 can't hold.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(report: Report, language: str) -> str:
    """Return the report as JUnit XML: what blocks is a failure, the rest is told as output."""
    told = dict(report.by_file())
    names = list(dict.fromkeys([*report.files, *(file or "graph" for file in told)]))
    suites = "".join(_suite(name, told.get(name, ()) or _graph(name, report), language) for name in names)
    failures = sum(result.blocks for result in report.results)
    tests = sum(max(1, len(told.get(name, ()) or _graph(name, report))) for name in names)
    head = f'<testsuites name="crossties check" tests="{tests}" failures="{failures}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{suites}</testsuites>\n'


def _graph(name: str, report: Report) -> tuple[Result, ...]:
    return tuple(result for result in report.results if result.file is None) if name == "graph" else ()


def _suite(name: str, results: tuple[Result, ...], language: str) -> str:
    failures = sum(result.blocks for result in results)
    cases = "".join(_case(name, result, language) for result in results)
    cases = cases or f"  <testcase classname={_attribute(name)} name={_attribute('conforms')}/>\n"
    head = f'tests="{max(1, len(results))}" failures="{failures}"'
    return f" <testsuite name={_attribute(name)} {head}>\n{cases} </testsuite>\n"


def _case(name: str, result: Result, language: str) -> str:
    place = f'file={_attribute(name)} line="{result.line or result.row}"' if result.line or result.row else ""
    title = " ".join(
        part for part in (result.place, compact(result.shape or result.code or result.source)) if part
    )
    message = result.told_in(language)
    body = "\n".join([tell_subject(result), message, *result.details, result.suggestion or ""]).strip()
    inner = (
        f"<failure type={_attribute(result.severity)} message={_attribute(message)}>{_text(body)}</failure>"
        if result.blocks
        else f"<system-out>{_text(result.severity + ': ' + body)}</system-out>"
    )
    return f"  <testcase classname={_attribute(name)} name={_attribute(title)} {place}>{inner}</testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", text))


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))
