"""Judge what somebody sent: checked, its graph named, and what it changes told.

Reading and checking is done by who is given as ``check``: a sandboxed process for what comes from afar.
``look`` sees the statements that were read, never the upload.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, Protocol

from crossties.contributions.looks import Looked
from crossties.contributions.messages import Outcome, Sent
from crossties.contributions.naming import require_open
from crossties.intake import SYNTAXES, Upload, find_syntax
from crossties.validation.faces.values import to_values
from crossties.validation.report import Report

#: Syntaxes in which a statement may be written below all others as N-Triples has it.
_OPEN: Final = frozenset({"ttl", "nt", "trig"} & set(SYNTAXES))


class Checked(Protocol):
    """The report on an upload, the graph that it is, and the statements that were read, as N-Quads."""

    @property
    def report(self) -> Report:
        """Return the report."""

    @property
    def graphs(self) -> tuple[str, ...]:
        """Return the graph of each upload."""

    @property
    def quads(self) -> bytes:
        """Return the statements."""


Check = Callable[[Upload, str | None], Checked]
Look = Callable[[Sent, str, bytes], Looked]


def judge(sent: Sent, *, graphs: str, check: Check, look: Look) -> Outcome:
    """Return the verdict on what was sent, and what it would change.

    What is stored is what was checked: where the graph gets another name than was guessed, or its day, the
    upload is checked once more with that.

    Raises:
        RequestError: contributions may not change such a graph.
        NotFoundError: there is no graph to be replaced.
        ConflictError: the graph isn't what the sender started from, or a new one has the name of an old one.
        CrosstiesError: as ``check`` does.
    """
    if sent.graph:
        require_open(sent.graph, graphs=graphs)
    upload = Upload(sent.name, sent.data, sent.media_type or None)
    found = check(upload, sent.graph or None)
    seen = look(sent, found.graphs[0] if found.graphs else "", found.quads)
    ready = _complete(upload, seen)
    if ready != upload or seen.graph not in found.graphs:
        found = check(ready, seen.graph)
        seen = look(replace(sent, graph=sent.graph), seen.graph, found.quads)
    report = describe_report(found.report, sent.language)
    if not seen.text:
        return Outcome(sent.graph, seen.based_on, conforms=False, report=report, difference={})
    return Outcome(seen.graph, seen.based_on, found.report.conforms, report, seen.difference, text=seen.text)


def describe_report(report: Report, language: str) -> dict[str, Any]:
    """Return a report as JSON has it, without what is empty."""
    told = [to_values(result, language) for result in report.results]
    results = [{name: value for name, value in one.items() if value} for one in told]
    return {"conforms": report.conforms, "results": results, "notes": list(report.notes)}


def _complete(upload: Upload, seen: Looked) -> Upload:
    """Let the text say when the graph was made, where it doesn't and its syntax lets us."""
    if not seen.missing or find_syntax(upload) not in _OPEN:
        return upload
    missing = seen.missing
    if find_syntax(upload) == "trig" and b"{" in upload.data:
        missing = f"<{seen.graph}> {{ ".encode() + missing.strip() + b" }\n"
    return replace(upload, data=upload.data + b"\n" + missing)
