"""Find new things that are probably known already: by name in any script, by sides and time, by their IRI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz

from crossties.intake import Intake
from crossties.namespaces import CT, DCT, ID, SKOS, compact
from crossties.quads import Literal, NamedNode, Quad
from crossties.quads.terms import Triple
from crossties.search.fold import fold
from crossties.search.labels import Match
from crossties.validation.placing import Kind, about
from crossties.validation.report import Result
from crossties.validation.surroundings import TYPE, Surroundings
from crossties.wording import say

_NAMES: Final = frozenset({SKOS + "prefLabel", SKOS + "altLabel", DCT + "title"})
_SIDES: Final = NamedNode(CT + "party")
_SIGNS: Final = NamedNode(CT + "signs")
_TIMES: Final = tuple(NamedNode(CT + name) for name in ("from", "date", "notBefore"))
_ALIKE: Final = 92
_SHORTEST: Final = 6
#: As many new names are compared with all others; beyond that only equal ones are found.
_COMPARED: Final = 100
_NUMBERS: Final = re.compile(r"\d+")
_YEAR: Final = re.compile(r"\d{4}")


def find_likely_duplicates(
    intakes: Sequence[Intake], around: Surroundings, replaced: frozenset[str], language: str
) -> Iterator[Result]:
    """Yield a warning for each new thing that resembles a known one, and for each IRI that is taken.

    ``replaced`` are the graphs whose earlier text the uploads replace: what these say is no other thing.
    """
    things = _Things(intakes)
    same: dict[str, str] = {}
    for number, (iri, quad) in enumerate(things.typed.items()):
        intake = things.homes[iri]
        if around.is_described(iri):
            yield from _taken(intake, quad, iri, around, replaced, language=language)
            continue
        compared = number < _COMPARED
        for result, known in _by_name(intake, things, iri, around, language, compared=compared):
            same[iri] = known
            yield result
    for iri, quad in things.typed.items():
        if iri not in same and not around.is_described(iri):
            yield from _by_sides(things.homes[iri], things, quad, around, same, language=language)


class _Things:
    """What the uploads describe, by IRI: its type, names, sides and times."""

    def __init__(self, intakes: Sequence[Intake]) -> None:
        self.typed: dict[str, Quad] = {}
        self.homes: dict[str, Intake] = {}
        self.names: dict[str, list[Quad]] = {}
        self.sides: dict[str, set[str]] = {}
        self.times: dict[str, set[str]] = {}
        for intake in intakes:
            for quad in intake.quads:
                if isinstance(quad.subject, NamedNode):
                    self._note(intake, quad, quad.subject.value)

    def _note(self, intake: Intake, quad: Quad, iri: str) -> None:
        value = getattr(quad.object, "value", "")
        if quad.predicate == TYPE and iri.startswith(ID):
            self.typed.setdefault(iri, quad)
            self.homes.setdefault(iri, intake)
        elif quad.predicate.value in _NAMES:
            self.names.setdefault(iri, []).append(quad)
        elif quad.predicate == _SIDES:
            self.sides.setdefault(iri, set()).add(value)
        elif quad.predicate in _TIMES:
            self.times.setdefault(iri, set()).add(value[:4])
        elif quad.predicate == _SIGNS:
            self.times.setdefault(value, set()).update(
                one.object.value[:4]
                for one in intake.quads
                if one.subject == quad.subject and one.predicate in _TIMES and isinstance(one.object, Literal)
            )

    def label(self, iri: str) -> str:
        found = self.names.get(iri)
        return str(getattr(found[0].object, "value", "")) if found else compact(iri)


def _by_name(
    intake: Intake, things: _Things, iri: str, around: Surroundings, language: str, *, compared: bool
) -> Iterator[tuple[Result, str]]:
    """Yield at most one result: the first name that a known thing of the class bears, or nearly bears."""
    kind = _class(things.typed[iri])
    for quad in things.names.get(iri, ()):
        text = str(getattr(quad.object, "value", ""))
        for key, matches in _matches(text, kind, around, compared=compared):
            found = next((match for match in matches if match.iri not in things.typed), None)
            if found:
                near = compact(found.iri)
                yield (
                    about(
                        intake,
                        quad,
                        Kind("likeness", "likely-duplicate", f"validation.likeness.{key}", "warning"),
                        language,
                        suggestion=say("validation.likeness.mend", language, near=near),
                        label=text,
                        other=found.label,
                        near=near,
                    ),
                    found.iri,
                )
                return


def _matches(
    text: str, kind: str, around: Surroundings, *, compared: bool
) -> Iterator[tuple[str, list[Match]]]:
    yield "same", around.named(text, (kind,))
    if compared:
        yield "alike", _alike(text, kind, around)


def _alike(text: str, kind: str, around: Surroundings) -> list[Match]:
    wanted = fold(text)
    if len(wanted) < _SHORTEST or around.labels is None:
        return []
    found = []
    for match in around.near(text, (kind,), limit=3):
        names = [fold(name) for name in around.labels.names_of(match.iri)]
        if any(_nearly_equal(wanted, name) for name in names):
            found.append(match)
    return found


def _nearly_equal(one: str, other: str) -> bool:
    """Compare folded names; what differs in its numbers is another one of a series."""
    return fuzz.ratio(one, other) >= _ALIKE and _NUMBERS.findall(one) == _NUMBERS.findall(other)


def _by_sides(
    intake: Intake,
    things: _Things,
    quad: Quad,
    around: Surroundings,
    same: Mapping[str, str],
    *,
    language: str,
) -> Iterator[Result]:
    """Yield a result where something of the class has the very same sides, and begins in the same year."""
    iri = str(getattr(quad.subject, "value", ""))
    sides = {same.get(side, side) for side in things.sides.get(iri, ())}
    years = things.times.get(iri, set())
    if not sides or not years:
        return
    candidates = [
        {
            s.value
            for s, _, _ in around.around.match(None, _SIDES, NamedNode(side))
            if isinstance(s, NamedNode)
        }
        for side in sides
    ]
    for other in sorted(set.intersection(*candidates)):
        if other in things.typed or not around.is_stated(NamedNode(other), TYPE, quad.object):
            continue
        theirs = {getattr(o, "value", "") for _, _, o in around.around.match(NamedNode(other), _SIDES, None)}
        if theirs == sides and years & _years(other, around):
            known = around.labels.by_iri(other) if around.labels else None
            near = compact(other)
            yield about(
                intake,
                quad,
                Kind("likeness", "likely-duplicate", "validation.likeness.agreement", "warning"),
                language,
                suggestion=say("validation.likeness.mend", language, near=near),
                label=things.label(iri),
                other=known.label if known else near,
                near=near,
            )
            return


def _years(iri: str, around: Surroundings) -> set[str]:
    node = NamedNode(iri)
    signings = [s for s, _, _ in around.around.match(None, _SIGNS, node)]
    found = [
        getattr(value, "value", "")
        for subject in (node, *signings)
        for time in _TIMES
        for _, _, value in around.around.match(subject, time, None)
    ]
    return {year[0] for text in found if (year := _YEAR.match(text))}


def _taken(
    intake: Intake, quad: Quad, iri: str, around: Surroundings, replaced: frozenset[str], *, language: str
) -> Iterator[Result]:
    graphs = {
        graph
        for subject, predicate, value in around.around.match(NamedNode(iri), TYPE, None)
        for graph in around.around.graphs_of(Triple(subject, predicate, value))  # type: ignore[arg-type]
    }
    if not graphs or graphs & replaced:
        return
    free = next(name for number in range(2, 1_000) if not around.is_described(name := f"{iri}-{number}"))
    yield about(
        intake,
        quad,
        Kind("likeness", "taken-iri", "validation.taken.what", "warning"),
        language,
        suggestion=say("validation.taken.mend", language, free=compact(free)),
        thing=compact(iri),
        graph=compact(min(graphs)),
    )


def _class(quad: Quad) -> str:
    return str(getattr(quad.object, "value", "")).removeprefix(CT)
