"""Which published questions would answer differently with a contribution: asked before and after it.

Each question is asked as openly as it can be, and with its examples. Time is bounded: what was not asked in
time is told.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from crossties.errors import CrosstiesError
from crossties.questions.ask import ask
from crossties.questions.catalogue import Question, load_questions
from crossties.resources import Content
from crossties.results import Table
from crossties.search.labels import Labels
from crossties.store.amending import Rewritten
from crossties.store.engine import Collected, Request, evaluate, open_store
from crossties.versions import Version, amend_version

#: Rows that are shown of what a question gains or loses.
SHOWN: Final = 20
_NAME: Final = "candidate"


@dataclass(frozen=True)
class _State:
    labels: Labels
    run: Callable[[str], bytes]


def find_effects(
    version: Version, rewritten: Rewritten, *, content: Content, seconds: float = 30.0
) -> list[dict[str, Any]]:
    """Return each question that would answer differently, with the rows that it gains and loses.

    A last entry with ``unasked`` names those that there was no time for.

    Raises:
        HostError: there is no room for the state to compare with.
    """
    deadline = time.monotonic() + seconds
    found: list[dict[str, Any]] = []
    unasked: list[str] = []
    with TemporaryDirectory(prefix="crossties-effects-") as folder:
        candidate = amend_version(Path(folder), version, [rewritten], digest=_NAME)
        before, after = _open(version), _open(candidate)
        for question in load_questions(content.queries).values():
            if time.monotonic() > deadline:
                unasked.append(question.name)
                continue
            found += _compare(question, before, after)
    return [*found, {"unasked": unasked}] if unasked else found


def _open(version: Version) -> _State:
    store = open_store(version.store)

    def run(query: str) -> bytes:
        sink = Collected()
        evaluate(store, Request(query, format="json"), sink)
        return sink.body

    return _State(version.labels(), run)


def _compare(question: Question, before: _State, after: _State) -> Iterator[dict[str, Any]]:
    """Yield the first way of asking in which the answers differ."""
    for given in ({}, *question.examples):
        old, new = _ask(question, given, before), _ask(question, given, after)
        lost, gained = old - new, new - old
        if lost or gained:
            yield {
                "question": question.name,
                "title": question.title,
                "given": dict(given),
                "columns": list(question.variables),
                "gained": gained.total(),
                "lost": lost.total(),
                "rows": {"gained": _shown(gained), "lost": _shown(lost)},
            }
            return


def _ask(question: Question, given: Mapping[str, str], state: _State) -> Counter[tuple[str, ...]]:
    try:
        return _rows(ask(question, given, state.labels, state.run).table)
    except CrosstiesError:
        return Counter()


def _rows(table: Table) -> Counter[tuple[str, ...]]:
    return Counter(tuple(cell.text if cell else "" for cell in row) for row in table.rows)


def _shown(rows: Counter[tuple[str, ...]]) -> list[list[str]]:
    return [list(row) for row in sorted(rows.elements())[:SHOWN]]
