"""Find references to things of ours that nothing describes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from crossties.intake import Intake
from crossties.namespaces import BASE, GRAPH, compact
from crossties.quads import NamedNode, Quad
from crossties.quads.terms import Triple
from crossties.validation.placing import Kind, about, subjects
from crossties.validation.report import Result
from crossties.validation.surroundings import Surroundings
from crossties.validation.texts import choose_message, say_all
from crossties.wording import say

#: What lies below our base and is no thing that data describes.
_NO_THINGS: Final = (GRAPH, BASE + "ns", BASE + "shapes#", BASE + "query/", BASE + "release/")
_PASSAGE: Final = re.compile(r"/p[1-9][0-9]*$")
_ALIKE: Final = 70
_LOOKED_UP: Final = 200


def find_dangling(intakes: Sequence[Intake], around: Surroundings, language: str) -> Iterator[Result]:
    """Yield a violation for each reference of the uploads that leads nowhere."""
    described = {iri for intake in intakes for iri in subjects(intake)}
    known: dict[str, bool] = {}
    neighbours = _Neighbours(described, around)
    for intake in intakes:
        for quad in intake.quads:
            iri = _reference(quad)
            if iri is None:
                continue
            if iri not in known:
                known[iri] = _is_known(iri, described, around)
            if not known[iri]:
                yield _dangling(intake, quad, iri, neighbours.nearest(iri), language)


def find_taken_away(
    intakes: Sequence[Intake], old: Sequence[Quad], around: Surroundings, language: str
) -> Iterator[Result]:
    """Yield a violation for each reference elsewhere to what only the ``old`` text described."""
    described = {iri for intake in intakes for iri in subjects(intake)}
    graphs = {quad.graph_name.value for quad in old if isinstance(quad.graph_name, NamedNode)}
    before = {quad.subject.value for quad in old if isinstance(quad.subject, NamedNode)}
    for iri in sorted(before - described):
        if iri.startswith(BASE) and not _stays(iri, graphs, around):
            yield from _lost(iri, graphs, around, language)


def _reference(quad: Quad) -> str | None:
    if not isinstance(quad.object, NamedNode):
        return None
    iri = quad.object.value
    return iri if iri.startswith(BASE) and not iri.startswith(_NO_THINGS) else None


def _is_known(iri: str, described: set[str], around: Surroundings) -> bool:
    """Tell; a passage is known where its document is, as its own description is made at build."""
    document = _PASSAGE.sub("", iri)
    return (
        iri in described or document in described or around.is_described(iri) or around.is_described(document)
    )


def _stays(iri: str, graphs: set[str], around: Surroundings) -> bool:
    """Tell whether another graph than those describes the thing too."""
    return any(
        graph not in graphs
        for subject, predicate, value in around.base.match(NamedNode(iri), None, None)
        for graph in around.base.graphs_of(Triple(subject, predicate, value))  # type: ignore[arg-type]
    )


def _lost(iri: str, graphs: set[str], around: Surroundings, language: str) -> Iterator[Result]:
    texts = say_all("validation.reference.gone", thing=compact(iri))
    for value in (iri, *(f"{iri}/p{number}" for number in range(1, 100))):
        if value != iri and "/document/" not in iri:
            return
        for subject, predicate, _ in around.base.match(None, None, NamedNode(value)):
            triple = Triple(subject, predicate, NamedNode(value))  # type: ignore[arg-type]
            for graph in set(around.base.graphs_of(triple)) - graphs:
                yield Result(
                    around.origins.get(graph, graph),
                    "violation",
                    choose_message(texts, language),
                    "reference",
                    focus=getattr(subject, "value", None),
                    path=predicate.value if isinstance(predicate, NamedNode) else None,
                    value=value,
                    suggestion=say("validation.reference.keep", language),
                    code="reference-lost",
                    texts=texts,
                )


def _dangling(intake: Intake, quad: Quad, iri: str, near: str | None, language: str) -> Result:
    mend = (
        say("validation.reference.near", language, near=compact(near))
        if near
        else say("validation.reference.none", language)
    )
    kind = Kind("reference", "dangling-reference", "validation.reference.dangling")
    return about(intake, quad, kind, language, suggestion=mend, thing=compact(iri))


class _Neighbours:
    """Finds the thing that an unknown IRI probably means; after many of them it gives up looking."""

    def __init__(self, described: set[str], around: Surroundings) -> None:
        self._described = described
        self._around = around
        self._kinds: dict[str, dict[str, str]] = {}
        self._found: dict[str, str | None] = {}

    def nearest(self, iri: str) -> str | None:
        if iri not in self._found and len(self._found) < _LOOKED_UP:
            self._found[iri] = self._find(iri)
        return self._found.get(iri)

    def _find(self, iri: str) -> str | None:
        """Look among the things of the same kind, by their slugs in the first place, then by their names."""
        passage = _PASSAGE.search(iri)
        kind, _, slug = _PASSAGE.sub("", iri).rpartition("/")
        found = process.extractOne(slug, self._among(kind), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if found:
            return str(found[2]) + (passage[0] if passage else "")
        named = self._around.near(slug.replace("-", " "), (), limit=1)
        alike = named and fuzz.ratio(named[0].iri.rpartition("/")[2], slug) >= _ALIKE
        return named[0].iri if alike else None

    def _among(self, kind: str) -> dict[str, str]:
        if kind not in self._kinds:
            own = [other for other in self._described if other.startswith(kind + "/")]
            known = (*self._around.below(kind + "/"), *own)
            self._kinds[kind] = {other: other.rpartition("/")[2] for other in known}
        return self._kinds[kind]
