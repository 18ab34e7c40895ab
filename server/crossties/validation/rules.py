"""Apply the rules of the whole graph: ``shapes/rules/<name>.rq``, one SELECT each, messages in its header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crossties.errors import InputError, Location
from crossties.headers import read_header
from crossties.quads import Literal, NamedNode, Quad, Term
from crossties.store.scratch import Scratch
from crossties.validation.report import SEVERITIES, Severity
from crossties.validation.shapes import Finding, choose_message


@dataclass(frozen=True)
class Rule:
    """One rule: ``name`` is ``rules/<name>``; each solution of ``query`` (?focus ?path ?value) breaks it."""

    name: str
    severity: Severity
    messages: Mapping[str, str]
    query: str


def find_rule_results(quads: Sequence[Quad], shapes: Path, *, language: str) -> Iterator[Finding]:
    """Yield what the rules below the folder of the shapes find in the graph and its convenience layer.

    Raises:
        InputError: a rule file is broken.
    """
    rules = load_rules(shapes / "rules")
    graph = Scratch(quads) if rules else None
    for rule in rules:
        message = choose_message([(text, tag) for tag, text in rule.messages.items()], language)
        for solution in graph.select(rule.query) if graph else ():
            focus, path, value = (_text(solution.get(name)) for name in ("focus", "path", "value"))
            yield Finding(focus, path, value, rule.severity, message, rule.name)


def load_rules(folder: Path) -> list[Rule]:
    """Return the rules in a folder, sorted by name.

    Raises:
        InputError: a file has no header, or one without messages.
    """
    return [_load_rule(path) for path in sorted(folder.glob("*.rq"))]


def _load_rule(path: Path) -> Rule:
    told, query = read_header(path)
    named = str(told.get("severity", "violation")).lower()
    severity = next((one for one in SEVERITIES if one == named), None)
    messages = told.get("message")
    if severity is None or not isinstance(messages, dict) or "en" not in messages:
        message = "The header of the rule has no message.en, or a severity that there is not."
        mend = f"A severity is one of {', '.join(SEVERITIES)}."
        raise InputError(message, where=Location(str(path)), mend=mend)
    return Rule(f"rules/{path.stem}", severity, messages, query)


def _text(term: Term | None) -> str | None:
    return term.value if isinstance(term, NamedNode | Literal) else None
