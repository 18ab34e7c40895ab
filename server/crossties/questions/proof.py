"""List what stands behind each row of an answer: facts, and the passages that state or announce them.

Two ways lead there (docs/decisions/0010). A row with sources rests on the nodes that its passages speak of,
which the variable that the question's list of sources belongs to leads to. A row that counts or combines has
a query of its own in ``queries/proofs/``, which gives the facts by the columns that tell the rows apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from crossties import results
from crossties.quads import Term, iri, to_text
from crossties.questions.ask import Asked, Run
from crossties.questions.binding import bind, read_label
from crossties.questions.catalogue import Question
from crossties.questions.parameters import read_parameters
from crossties.results import Cell, Table
from crossties.search.labels import Labels

#: So many things are asked about at once: a query stays far below the limits of an engine.
_BATCH: Final = 200
_KEY: Final = re.compile(
    r"""(?x) \?(\w+)[ ](?: \S+[ ]\?source[AB]?List\b
      | \(GROUP_CONCAT\(\?iri;[ ]separator="[ ]"\)[ ]AS[ ]\?source )"""
)
_SELECT: Final = re.compile(r"^SELECT (?:DISTINCT )?", re.MULTILINE)
_FACTS: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT DISTINCT ?anchor ?fact ?factLabel ?kind ?passage ?passageLabel
WHERE {{
  VALUES ?anchor {{ {anchors} }}
  {pattern}
  OPTIONAL {{ ?fact ct:statedIn|ct:announcedIn ?passage . ?passage ct:{label} ?passageLabel }}
  OPTIONAL {{ ?fact ct:{label} ?factLabel }}
  OPTIONAL {{ ?fact ct:classCode ?kind }}
}}
ORDER BY ?anchor ?fact ?passage
"""
#: From what a row is about to the facts about it.
_ABOUT: Final = """
  ?anchor (^ct:turn|ct:turnedBy|ct:stayChange|ct:stepMember|ct:stepLinkedBy|^ct:signature)? ?near .
  ?fact ct:factOf? ?near ; ct:statedIn|ct:announcedIn ?some ."""
_WIDER: Final = "?fact (ct:factOf|ct:shareOf)? ?anchor ; ct:statedIn|ct:announcedIn ?some ."
_ITSELF: Final = "BIND(?anchor AS ?fact)"


@dataclass(frozen=True)
class Passage:
    """A paragraph of a document, by its IRI and label."""

    iri: str
    label: str

    @property
    def document(self) -> str:
        """Return the IRI of the document."""
        return self.iri.rpartition("/p")[0]

    @property
    def paragraph(self) -> int:
        """Return the number of the paragraph."""
        return int(self.iri.rpartition("/p")[2])


@dataclass(frozen=True)
class Fact:
    """A node of the graph behind a row: its class and label, and the passages of the row that speak of it."""

    iri: str
    label: str
    kind: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Proved:
    """An answer, and the facts behind each of its rows, in the order of the rows.

    ``facts`` is None where the answer has more rows than were to be proved.
    """

    asked: Asked
    facts: tuple[tuple[Fact, ...], ...] | None


@dataclass(frozen=True)
class Prover:
    """What proves answers: the labels, what runs a query, and the folder of the queries of combined rows."""

    labels: Labels
    run: Run
    proofs: Path


def prove(question: Question, given: Mapping[str, str], by: Prover, *, most: int | None = None) -> Proved:
    """Answer the question and say for every row what it rests on, unless there are more rows than ``most``.

    Raises:
        RequestError, UnknownNameError: as ``read_parameters`` does.
    """
    prover = _Prover(question, read_parameters(question, given, by.labels), by.run, most)
    path = by.proofs / f"{question.name}.rq"
    if path.is_file():
        return prover.prove_combined(path.read_text(encoding="utf-8"))
    return prover.prove_sourced()


class _Prover:
    """Proves one answer."""

    def __init__(self, question: Question, terms: Mapping[str, Term], run: Run, most: int | None) -> None:
        self._question, self._terms, self._run, self._most = question, terms, run, most

    def prove_sourced(self) -> Proved:
        """Prove the rows by their passages."""
        keys = list(dict.fromkeys(_KEY.findall(self._question.text)))
        extra = "".join(f"?proof{at} " for at in range(len(keys)))
        binds = "".join(f"  BIND(?{key} AS ?proof{at})\n" for at, key in enumerate(keys))
        text = _SELECT.sub(lambda found: found[0] + extra, self._question.text, count=1)
        end = text.rindex("}\nORDER BY") if keys else 0
        wide = self._ask(text[:end] + binds + text[end:])
        rows = tuple(row[len(keys) :] for row in wide.rows)
        table = Table(wide.columns[len(keys) :], rows)
        if self._has_too_many(table):
            return self._proved(table, None)
        found = _Facts(self, _ABOUT, [_iris(row[: len(keys)]) for row in wide.rows])
        others = _Facts(self, _WIDER, [self._entities(row) for row in rows])
        facts = [found.of(at, self._passages(row), others) for at, row in enumerate(rows)]
        return self._proved(table, facts)

    def prove_combined(self, text: str) -> Proved:
        """Prove the rows by the query that gives their facts."""
        table = self._ask(self._question.text)
        if self._has_too_many(table):
            return self._proved(table, None)
        told = self._ask(text)
        names = [name for name in told.columns if name in table.columns]
        behind: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for row in told.rows:
            fact = row[told.columns.index("fact")]
            behind[_key(told, row, names)] += _iris([fact])
        found = _Facts(self, _ITSELF, [behind[_key(table, row, names)] for row in table.rows])
        return self._proved(table, [found.all(at) for at in range(len(table.rows))])

    def select_facts(self, pattern: str, anchors: Iterable[str]) -> Iterator[dict[str, str]]:
        """Yield the facts about things, with their passages."""
        label = read_label(self._terms)
        listed = sorted(set(anchors))
        for start in range(0, len(listed), _BATCH):
            written = " ".join(to_text(iri(anchor)) for anchor in listed[start : start + _BATCH])
            table = results.read_table(
                self._run(_FACTS.format(anchors=written, label=label, pattern=pattern))
            )
            for row in table.rows:
                yield {name: cell.text for name, cell in zip(table.columns, row, strict=True) if cell}

    def _ask(self, text: str) -> Table:
        return results.read_table(self._run(bind(replace(self._question, text=text), self._terms)))

    def _has_too_many(self, table: Table) -> bool:
        return self._most is not None and len(table.rows) > self._most

    def _proved(self, table: Table, facts: list[tuple[Fact, ...]] | None) -> Proved:
        asked = Asked(self._question, bind(self._question, self._terms), table)
        return Proved(asked, None if facts is None else tuple(facts))

    def _passages(self, row: tuple[Cell | None, ...]) -> set[str]:
        cells = zip(self._question.variables, row, strict=True)
        sources = {column.name for column in self._question.columns if column.name.startswith("source")}
        return {iri for name, cell in cells if cell and name in sources for iri in cell.text.split(" ")}

    def _entities(self, row: tuple[Cell | None, ...]) -> list[str]:
        cells = zip(self._question.variables, row, strict=True)
        named = {
            column.name
            for column in self._question.columns
            if column.type in {"entity", "list"} and not column.name.startswith("source")
        }
        return [iri for name, cell in cells if cell and name in named for iri in cell.text.split(" ")]


class _Facts:
    """The facts about the anchors of each row, asked for when the first row needs them."""

    def __init__(self, prover: _Prover, pattern: str, anchors: list[list[str]]) -> None:
        self._prover, self._pattern, self._anchors = prover, pattern, anchors
        self._read: dict[str, list[dict[str, str]]] | None = None

    def all(self, at: int) -> tuple[Fact, ...]:
        """Return all facts of a row with all their passages."""
        return _gather(self._told(at))

    def of(self, at: int, passages: set[str], others: _Facts) -> tuple[Fact, ...]:
        """Return the facts of a row that its passages speak of; ``others`` help where these don't suffice."""
        told = [one for one in self._told(at) if one.get("passage") in passages]
        missing = passages - {one["passage"] for one in told}
        if missing:
            told += [one for one in others._told(at) if one.get("passage") in missing]
        return _gather(told)

    def _told(self, at: int) -> list[dict[str, str]]:
        if self._read is None:
            self._read = defaultdict(list)
            wanted = {anchor for anchors in self._anchors for anchor in anchors}
            for one in self._prover.select_facts(self._pattern, wanted):
                self._read[one["anchor"]].append(one)
        return [one for anchor in self._anchors[at] for one in self._read.get(anchor, [])]


def _gather(told: list[dict[str, str]]) -> tuple[Fact, ...]:
    """Put the passages of each fact together, each once."""
    facts: dict[str, Fact] = {}
    passages: dict[str, dict[str, Passage]] = defaultdict(dict)
    for one in told:
        iri = one["fact"]
        facts[iri] = Fact(iri, one.get("factLabel", ""), one.get("kind", ""), ())
        if "passage" in one:
            passages[iri][one["passage"]] = Passage(one["passage"], one.get("passageLabel", ""))
    return tuple(
        replace(facts[iri], passages=tuple(passages[iri][one] for one in sorted(passages[iri])))
        for iri in sorted(facts)
    )


def _iris(cells: Iterable[Cell | None]) -> list[str]:
    return [cell.text for cell in cells if cell and cell.type == "iri"]


def _key(table: Table, row: tuple[Cell | None, ...], names: list[str]) -> tuple[str, ...]:
    cells = (row[table.columns.index(name)] for name in names)
    return tuple(cell.text if cell else "" for cell in cells)
