"""Apply the rules of the whole graph: ``shapes/rules/<name>.rq``, one SELECT each, messages in its header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from crossties.errors import InputError, Location
from crossties.headers import read_header
from crossties.intake import SEVERITIES, Severity
from crossties.quads import Literal, NamedNode, Quad, Term
from crossties.store.scratch import Scratch
from crossties.validation.findings import Finding
from crossties.validation.texts import choose_message


@dataclass(frozen=True)
class Rule:
    """One rule: ``name`` is ``rules/<name>``; each solution of ``query`` (?focus ?path ?value) breaks it.

    ``links`` are patterns that lead to and from the variables that the query computes, so that the nodes
    which a change concerns can be found.
    """

    name: str
    severity: Severity
    messages: Mapping[str, str]
    query: str
    links: str = ""


def find_rule_results(quads: Sequence[Quad], shapes: Path, *, language: str) -> Iterator[Finding]:
    """Yield what the rules below the folder of the shapes find in the graph and its convenience layer.

    Raises:
        InputError: a rule file is broken.
    """
    yield from apply_rules(load_rules(shapes / "rules"), quads, language=language)


def apply_rules(rules: Sequence[Rule], quads: Sequence[Quad], *, language: str) -> Iterator[Finding]:
    """Yield what the rules find in the graph and its convenience layer."""
    graph = Scratch(quads) if rules else None
    for rule in rules:
        for solution in graph.select(rule.query) if graph else ():
            yield read_solution(rule, solution, language=language)


def read_solution(rule: Rule, solution: Mapping[str, Term], *, language: str) -> Finding:
    """Return what a solution of the query of a rule says."""
    texts = tuple(rule.messages.items())
    focus, path, value = (_text(solution.get(name)) for name in ("focus", "path", "value"))
    message = choose_message(texts, language)
    return Finding(focus, path, value, rule.severity, message, rule.name, "rule", (), texts)


def load_rules(folder: Path) -> list[Rule]:
    """Return the rules in a folder, sorted by name.

    Raises:
        InputError: a file has no header, or one without messages.
    """
    return [_load_rule(path) for path in _list_rules(folder)]


@lru_cache(maxsize=4)
def _list_rules(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.rq")))


@lru_cache(maxsize=256)
def _load_rule(path: Path) -> Rule:
    told, query = read_header(path)
    named = str(told.get("severity", "violation")).lower()
    severity = next((one for one in SEVERITIES if one == named), None)
    messages = told.get("message")
    if severity is None or not isinstance(messages, dict) or "en" not in messages:
        message = "The header of the rule has no message.en, or a severity that there is not."
        mend = f"A severity is one of {', '.join(SEVERITIES)}."
        raise InputError(message, where=Location(str(path)), mend=mend)
    return Rule(f"rules/{path.stem}", severity, messages, query, str(told.get("links", "")))


def _text(term: Term | None) -> str | None:
    return term.value if isinstance(term, NamedNode | Literal) else None
