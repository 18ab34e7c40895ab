"""What the rules of the whole graph find differently because of a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from crossties.namespaces import DERIVED_GRAPH, SKOS
from crossties.quads import Literal, NamedNode, Quad, Term
from crossties.store.excerpt import Excerpt
from crossties.validation.findings import Finding
from crossties.validation.incremental.matching import UnboundedError
from crossties.validation.incremental.model import Fact
from crossties.validation.incremental.reaching import Reach
from crossties.validation.incremental.shaping import Compared
from crossties.validation.incremental.sketch import Group, UnreadableError
from crossties.validation.incremental.sketching import read_sketch
from crossties.validation.incremental.states import Difference, State
from crossties.validation.incremental.tracing import Tracer
from crossties.validation.incremental.views import SEEN_DERIVED, View
from crossties.validation.rules import Rule, read_solution

_FOCUS: Final = "focus"
_SCOPE_NOTE: Final = NamedNode(SKOS + "scopeNote")
_AT_BUILD: Final = "Derived at build"


@dataclass(frozen=True)
class Bounded:
    """A rule with the patterns that it looks at."""

    rule: Rule
    sketch: Group
    reach: Reach
    predicates: frozenset[Term]


class Ruling:
    """The rules of a folder, ready to judge changes; ``unbounded`` are those that nobody can bound.

    Of the convenience layer a bounded rule sees the values of preferred claims and the passages; what else is
    derived of a change is not known yet when it is checked, so a rule that reads it is asked in full.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._bounded: list[Bounded] = []
        self.unbounded: list[Rule] = []
        for rule in rules:
            try:
                sketch = read_sketch(rule.query, links=rule.links)
                reach = Reach(sketch, _FOCUS)
                self._bounded.append(Bounded(rule, sketch, reach, reach.predicates))
            except UnreadableError:
                self.unbounded.append(rule)

    def compare(self, difference: Difference, *, language: str) -> tuple[Compared, list[Rule]]:
        """Judge the affected nodes before and after the change; return also the rules to ask in full."""
        full = list(self.unbounded)
        asked: list[tuple[Bounded, frozenset[Term]]] = []
        changes = _changes(difference)
        derived = self._find_derived(difference.before)
        full += [one.rule for one in self._bounded if one.predicates & derived]
        for one in self._bounded:
            try:
                nodes = frozenset().union(*(one.reach.find(*change) for change in changes))
            except UnboundedError:
                full.append(one.rule)
                continue
            if nodes and not one.predicates & derived:
                asked.append((one, nodes))
        found = []
        for state in (difference.before, difference.after):
            results, unbounded = _judge(state, asked, language=language)
            found.append(results)
            full += [rule for rule in unbounded if rule not in full]
        nodes = frozenset(node for one, nodes in asked if one.rule not in full for node in nodes)
        return Compared(found[0], found[1], nodes), full

    def _find_derived(self, state: State) -> frozenset[Term]:
        """Return the predicates of rules that stand in the convenience layer only, as the vocabulary says."""
        used = frozenset[Term]().union(*(one.predicates for one in self._bounded))
        return frozenset(term for term in used - SEEN_DERIVED if _is_derived(term, state))


def _is_derived(term: Term, state: State) -> bool:
    notes = state.objects(term, _SCOPE_NOTE)
    return any(isinstance(note, Literal) and note.value.startswith(_AT_BUILD) for note in notes)


def _changes(difference: Difference) -> list[tuple[frozenset[Fact], frozenset[Quad], View]]:
    """Return what goes, with the view before, and what comes, with the view after; derived facts too."""
    before, after = View(difference.before), View(difference.after)
    changed = difference.removed | difference.added
    had, has = before.derive_near(changed), after.derive_near(changed)
    return [
        (difference.removed | (had - has), difference.removed_quads | _in_layer(had - has), before),
        (difference.added | (has - had), difference.added_quads | _in_layer(has - had), after),
    ]


def _in_layer(facts: Iterable[Fact]) -> frozenset[Quad]:
    return frozenset(Quad(*fact, NamedNode(DERIVED_GRAPH)) for fact in facts)  # type: ignore[arg-type]


def _judge(
    state: State, asked: Sequence[tuple[Bounded, frozenset[Term]]], *, language: str
) -> tuple[frozenset[Finding], list[Rule]]:
    """Evaluate the rules on what they look at from their nodes."""
    view, unbounded, applied = View(state), [], []
    for one, reached in asked:
        nodes = frozenset(node for node in reached if state.mentions(node))
        try:
            if nodes and Tracer(view).fetch(one.sketch, {_FOCUS: nodes}) is not None:
                applied.append((one.rule, nodes))
        except UnboundedError:
            unbounded.append(one.rule)
    if not applied:
        return frozenset(), unbounded
    excerpt = Excerpt(view.facts, view.quads)
    return frozenset(
        read_solution(rule, solution, language=language)
        for rule, nodes in applied
        for solution in excerpt.select(rule.query)
        if solution.get(_FOCUS) in nodes
    ), unbounded
