"""What shapes and rules say of uploads, each result at its place in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final, cast

from crossties.intake import Intake
from crossties.quads import NamedNode, Quad
from crossties.quads.terms import Triple
from crossties.validation.examples import is_example
from crossties.validation.findings import Finding
from crossties.validation.incremental import Base, Change, Verdict
from crossties.validation.incremental.full import find_all
from crossties.validation.placing import subjects, text_of
from crossties.validation.report import Result, Standing
from crossties.validation.suggestions import suggest
from crossties.validation.surroundings import Surroundings
from crossties.wording import say

#: Focus, path and value of what a better message told already.
Told = set[tuple[str | None, str | None, str | None]]
#: Begins the names that nodes without a name get for the engine.
UNNAMED: Final = "urn:crossties:unnamed:"
_CHANGED: Final = "urn:crossties:changed"


def _is_most(new: Collection[Quad], base: Base) -> bool:
    """Tell whether uploads are more than a third of the graph that they make."""
    few = len(new) * 2
    return sum(1 for _ in islice(base.quads(), few)) < few


class _AsOne:
    """The published graph with several of its named graphs as one, for they change together."""

    def __init__(self, base: Base, graphs: frozenset[str]) -> None:
        self._base = base
        self._graphs = graphs

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - everything else is asked of the graph itself
        return getattr(self._base, name)

    def graphs_of(self, triple: Triple, /) -> Iterator[str]:
        """Yield the names of the graphs that state the triple."""
        return (_CHANGED if graph in self._graphs else graph for graph in self._base.graphs_of(triple))


class Judged:
    """What shapes and rules say of uploads, each result at its place."""

    def __init__(self, intakes: Sequence[Intake], around: Surroundings, told: Told, language: str) -> None:
        self._intakes = intakes
        self._around = around
        self._told = told
        self._language = language
        self._quads = [quad for intake in intakes for quad in intake.quads]
        self._homes: dict[str, Intake] = {}
        for intake in intakes:
            for iri in (*subjects(intake), intake.graph):
                self._homes.setdefault(iri, intake)
        self.notes: list[str] = []

    def results(self, graphs: frozenset[str], old: frozenset[Quad], new: frozenset[Quad]) -> Iterator[Result]:
        """Yield the results: of the whole uploads where there is a graph without them, else of the change."""
        around = self._around
        if around.apart is not None:
            most = _is_most(new, around.apart)
            verdict = self._ask_all(new) if most else self._ask(graphs, frozenset(), new, apart=True)
            yield from self._of_uploads(verdict.introduced, None)
            if old == new:
                return
            verdict = self._ask(graphs, old, new) if old else verdict
            yield from self._elsewhere(verdict.introduced, None)
            return
        verdict = self._ask(graphs, old, new)
        standing: tuple[Standing | None, ...] = (
            ("introduced", "fixed", "already there") if old else (None,) * 3
        )
        for found, stands in zip(
            (verdict.introduced, verdict.fixed, verdict.already_there), standing, strict=True
        ):
            yield from self._of_uploads(found, stands)
        yield from self._elsewhere(verdict.introduced, standing[0])
        yield from self._elsewhere(verdict.fixed, "fixed")

    def _ask(
        self, graphs: frozenset[str], old: frozenset[Quad], new: frozenset[Quad], *, apart: bool = False
    ) -> Verdict:
        base = self._around.around if apart else self._around.base
        change = Change(min(graphs), old, new)
        if len(graphs) > 1:
            base, change = cast("Base", _AsOne(base, graphs)), Change(_CHANGED, old, new)
        verdict = self._around.checker.check(base, change, language=self._language)
        if verdict.in_full and verdict.in_full != ("everything",) and not self.notes:
            listed = ", ".join(sorted(verdict.in_full))
            self.notes.append(say("validation.note.full", self._language, listed=listed))
        return verdict

    def _ask_all(self, new: frozenset[Quad]) -> Verdict:
        """Look at the whole graph with and without the uploads: where they are most of it, that is faster."""
        kept, shapes = list(self._around.around.quads()), self._around.content.shapes
        before = find_all(kept, shapes, language=self._language)
        after = find_all([*kept, *new], shapes, language=self._language)
        return Verdict(after - before, before - after, before & after, 0, ("everything",))

    def _of_uploads(self, findings: Collection[Finding], standing: Standing | None) -> Iterator[Result]:
        for finding in findings:
            intake = self._home(finding)
            if intake is not None and not self._repeats(finding):
                where = intake.places.find(finding.focus, _predicate(finding.path), finding.value)
                where = where or next(iter(intake.places.statements.values()), None)
                hint = suggest(finding, self._quads, self._around, self._language)
                yield replace(_result(finding, intake.origin, standing), suggestion=hint).at(where)

    def _elsewhere(self, findings: Collection[Finding], standing: Standing | None) -> Iterator[Result]:
        for finding in findings:
            if finding.focus is None or finding.focus.startswith(UNNAMED):
                continue
            if finding.focus not in self._homes:
                yield _result(finding, self._file_of(finding.focus), standing)

    def _home(self, finding: Finding) -> Intake | None:
        """Return the upload that states what was found, else one that describes its node."""
        if finding.focus is None:
            return self._intakes[0] if len(self._intakes) == 1 else None
        for intake in self._intakes:
            if any(_states(quad, finding) for quad in intake.quads):
                return intake
        return self._homes.get(finding.focus)

    def _repeats(self, finding: Finding) -> bool:
        """Tell whether a better message told of that statement already."""
        if any((iri or "").startswith(UNNAMED) for iri in (finding.focus, finding.value)):
            return True
        if is_example(finding.focus) or is_example(finding.value):
            return finding.value is None or (finding.focus, finding.path, finding.value) in self._told
        return (finding.focus, finding.path, finding.value) in self._told

    def _file_of(self, iri: str) -> str | None:
        for subject, predicate, value in self._around.base.match(NamedNode(iri), None, None):
            for graph in self._around.base.graphs_of(Triple(subject, predicate, value)):  # type: ignore[arg-type]
                return self._around.origins.get(graph, graph)
        return None


def _result(finding: Finding, file: str | None, standing: Standing | None) -> Result:
    return Result(
        file,
        finding.severity,
        finding.message,
        "rule" if finding.is_of_a_rule else "shape",
        focus=finding.focus,
        path=finding.path,
        value=finding.value,
        shape=finding.shape,
        standing=standing,
        code=finding.component,
        details=finding.details,
        texts=finding.texts,
    )


def _states(quad: Quad, finding: Finding) -> bool:
    if text_of(quad.subject) != finding.focus or quad.predicate.value != finding.path:
        return False
    return finding.value is None or finding.value == text_of(quad.object)


def _predicate(path: str | None) -> str | None:
    """Return the first property of a path, by which its place is found."""
    if path is None or "<" not in path:
        return path
    return path.partition("<")[2].partition(">")[0]
