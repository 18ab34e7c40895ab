"""Write the facts behind the rows of an answer: as a table, as JSON, or as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from crossties.questions.proof import Fact, Proved
from crossties.results import Cell, Table

COLUMNS: Final = ("row", "fact", "factLabel", "kind", "passage", "passageLabel")


def to_proof_table(proved: Proved) -> Table:
    """Return one row for each passage of each fact behind a row, rows of the answer counted from 1."""
    rows = [
        tuple(Cell(text) if text else None for text in (str(number), *line))
        for number, facts in enumerate(proved.facts or (), start=1)
        for fact in facts
        for line in _lines(fact)
    ]
    return Table(COLUMNS, tuple(rows))


def to_proof_values(proved: Proved) -> list[dict[str, Any]]:
    """Return for each row what is written beside its columns in JSON."""
    return [{"proof": [_describe(fact) for fact in facts]} for facts in proved.facts or ()]


def to_proof_text(proved: Proved) -> str:
    """Return the facts behind each row as lines: class, label and IRI, and below them their passages."""
    lines = ["What the rows rest on:"]
    for number, facts in enumerate(proved.facts or (), start=1):
        lines.append(f"Row {number}")
        lines += [line for fact in facts for line in _speak(fact)] or ["  nothing that a source states"]
    return "\n".join(lines) + "\n"


def _lines(fact: Fact) -> Iterator[tuple[str, ...]]:
    named = fact.iri, fact.label, fact.kind
    yield from ((*named, one.iri, one.label) for one in fact.passages)
    if not fact.passages:
        yield *named, "", ""


def _describe(fact: Fact) -> dict[str, Any]:
    passages = [
        {"passage": one.iri, "label": one.label, "document": one.document, "paragraph": one.paragraph}
        for one in fact.passages
    ]
    return {"fact": fact.iri, "label": fact.label, "kind": fact.kind, "passages": passages}


def _speak(fact: Fact) -> Iterator[str]:
    yield f"  {fact.kind or 'thing'} “{fact.label}” <{fact.iri}>"
    yield from (f"    {one.label} <{one.iri}>" for one in fact.passages)
