"""Look up what fits one pattern of a query, given the terms that may stand at its places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from crossties.namespaces import DERIVED_GRAPH
from crossties.quads import NamedNode, Term
from crossties.validation.incremental.paths import Path, Step, reverse, walk
from crossties.validation.incremental.sketch import Pattern, Place
from crossties.validation.incremental.views import View

#: The terms that each variable may have; an empty set anywhere means that there is no solution.
Known = dict[str, frozenset[Term]]
NEVER: Final = float("inf")
_PROBED: Final = 64
_SCANNED: Final = 64_000.0
_FEW: Final = 3
_LAYER: Final = NamedNode(DERIVED_GRAPH)
_NONE: Final = "_:none"


class UnboundedError(Exception):
    """The patterns don't lead from what is known to all that is asked for."""


@dataclass(frozen=True)
class _Ends:
    """The terms that may stand at the places of a pattern; None is any."""

    subject: frozenset[Term] | None
    value: frozenset[Term] | None


class Matcher:
    """Looks patterns up in one view of the graph."""

    def __init__(self, view: View) -> None:
        self.view = view

    def cost(self, part: Pattern, known: Known) -> float:
        """Guess how many look-ups a pattern takes; ``NEVER`` if nothing known leads to it."""
        subjects, values = read_terms(part.subject, known), read_terms(part.value, known)
        forward = len(subjects) if subjects is not None else NEVER
        if part.graph is not None or not isinstance(part.predicate, Step):
            backward = len(values) * 2 if values is not None else NEVER
            cost = min(forward, backward)
            is_named = isinstance(part.predicate, str) and part.predicate in known
            in_graph = part.graph is not None and read_terms(part.graph, known) is not None
            return _SCANNED if cost == NEVER and (is_named or in_graph) else cost
        if values is None:
            return forward
        return min(forward, self._probe(part.predicate, values))

    def _probe(self, step: Step, values: frozenset[Term]) -> float:
        """Count, up to a bound, how many subjects the values have."""
        count = 0
        for value in values:
            count += self.view.state.count(step.predicate, value, limit=_PROBED, inverse=step.inverse)
            if count >= _PROBED:
                return _PROBED * len(values)
        return max(count, 1)

    def take(self, part: Pattern, known: Known) -> None:
        """Look a pattern up and narrow what is known of its variables."""
        if part.graph is not None:
            self._take_quads(part, part.graph, known)
        elif isinstance(part.predicate, str):
            self._take_any(part, part.predicate, known)
        else:
            self._take_path(part, part.predicate, known)

    def _take_path(self, part: Pattern, path: Path, known: Known) -> None:
        subjects, values = read_terms(part.subject, known), read_terms(part.value, known)
        backward = subjects is None or (
            values is not None and isinstance(path, Step) and self._probe(path, values) < len(subjects)
        )
        if isinstance(path, Step):
            self._take_step(part, path, known, backward=backward)
            return
        if backward:
            reached = walk(reverse(path), values or (), self.view)
            _narrow_place(known, part.subject, reached)
        else:
            reached = walk(path, subjects or (), self.view)
            _narrow_place(known, part.value, reached)

    def _take_step(self, part: Pattern, step: Step, known: Known, *, backward: bool) -> None:
        ends = _Ends(read_terms(part.subject, known), read_terms(part.value, known))
        pairs: set[tuple[Term, Term]] = set()
        if backward:
            for value in ends.value or ():
                found = (
                    self.view.objects(value, step.predicate)
                    if step.inverse
                    else self.view.subjects(step.predicate, value)
                )
                pairs |= {(one, value) for one in found}
        else:
            for subject in ends.subject or ():
                found = (
                    self.view.subjects(step.predicate, subject)
                    if step.inverse
                    else self.view.objects(subject, step.predicate)
                )
                pairs |= {(subject, one) for one in found}
        kept = [
            pair
            for pair in pairs
            if (ends.subject is None or pair[0] in ends.subject)
            and (ends.value is None or pair[1] in ends.value)
        ]
        _narrow_place(known, part.subject, {pair[0] for pair in kept})
        _narrow_place(known, part.value, {pair[1] for pair in kept})
        if not kept:
            drop(known)

    def _take_any(self, part: Pattern, predicate: str, known: Known) -> None:
        subjects, values = read_terms(part.subject, known), read_terms(part.value, known)
        names: Sequence[Term | None] = [None]
        if predicate in known and (len(known[predicate]) <= _FEW or subjects is values is None):
            names = list(known[predicate])
        asked: list[tuple[Term | None, Term | None, Term | None]]
        if subjects is not None:
            asked = [(subject, name, None) for subject in subjects for name in names]
        elif values is not None:
            asked = [(None, name, value) for value in values for name in names]
        else:
            asked = [(None, name, None) for name in names]
        kept = [
            fact
            for pattern in asked
            for fact in self.view.match(*pattern)
            if (subjects is None or fact[0] in subjects)
            and (predicate not in known or fact[1] in known[predicate])
            and (values is None or fact[2] in values)
        ]
        for place, terms in zip((part.subject, predicate, part.value), _columns(kept), strict=True):
            _narrow_place(known, place, terms)
        if not kept:
            drop(known)

    def _take_quads(self, part: Pattern, graph: Place, known: Known) -> None:
        path = part.predicate
        if isinstance(path, Step) and not path.inverse and path.predicate is not None:
            names: frozenset[Term] | None = frozenset({path.predicate})
        elif isinstance(path, str):
            names = known.get(path)
        else:
            raise UnboundedError
        if graph == _LAYER:
            self.take(replace(part, graph=None), known)
            return
        subjects, values, graphs = (read_terms(place, known) for place in (part.subject, part.value, graph))
        asked_names: Sequence[Term | None] = (
            list(names) if names is not None and len(names) <= _FEW else [None]
        )
        asked: list[tuple[Term | None, Term | None, Term | None, Term | None]]
        if subjects is not None:
            asked = [(subject, name, None, None) for subject in subjects for name in asked_names]
        elif values is not None:
            asked = [(None, name, value, None) for value in values for name in asked_names]
        else:
            asked = [(None, name, None, one) for one in graphs or (None,) for name in asked_names]
        kept = [
            quad
            for pattern in asked
            for quad in self.view.match_in_graphs(*pattern)
            if (subjects is None or quad.subject in subjects)
            and (names is None or quad.predicate in names)
            and (values is None or quad.object in values)
            and (graphs is None or quad.graph_name in graphs)
        ]
        _narrow_place(known, part.subject, {quad.subject for quad in kept})
        _narrow_place(known, part.value, {quad.object for quad in kept})
        _narrow_place(
            known, graph, {quad.graph_name for quad in kept if isinstance(quad.graph_name, NamedNode)}
        )
        if isinstance(path, str):
            _narrow_place(known, path, {quad.predicate for quad in kept})
        if not kept:
            drop(known)


def drop(known: Known) -> None:
    """Remember that there is no solution."""
    known[_NONE] = frozenset()


def read_terms(place: Place, known: Known) -> frozenset[Term] | None:
    """Return the terms that may stand at a place; None is any."""
    return known.get(place) if isinstance(place, str) else frozenset({place})


def narrow(known: Known, name: str, terms: Iterable[Term]) -> None:
    """Keep of the terms of a variable only those that are among these."""
    found = frozenset(terms)
    known[name] = found & known[name] if name in known else found


def _narrow_place(known: Known, place: Place, terms: Iterable[Term]) -> None:
    if isinstance(place, str):
        narrow(known, place, terms)
    elif place not in set(terms):
        drop(known)


def _columns(facts: Sequence[tuple[Term, Term, Term]]) -> list[set[Term]]:
    return [{fact[place] for fact in facts} for place in range(3)]
