"""Follow the patterns of a query from what is known to what is asked for, by look-ups only.

Sets of terms are kept for each variable, larger than need be: filters and computed values are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from crossties.quads import Term
from crossties.validation.incremental.matching import (
    NEVER,
    Known,
    Matcher,
    UnboundedError,
    drop,
    narrow,
    read_terms,
)
from crossties.validation.incremental.sketch import (
    Aside,
    Group,
    Named,
    Part,
    Pattern,
    Same,
    Sub,
    Union,
    Values,
)
from crossties.validation.incremental.views import View

_GROUPED: Final = 1000.0


class Tracer:
    """Follows patterns in one view of the graph."""

    def __init__(self, view: View) -> None:
        self._matcher = Matcher(view)

    def fetch(self, group: Group, known: Known) -> Known | None:
        """See everything that the solutions with these terms depend on; None where there are none.

        Raises:
            UnboundedError: a pattern is not connected with what is known.
        """
        found = self.spread([part for part in group.parts if not isinstance(part, Aside)], known, strict=True)
        if found is None:
            return None
        for part in group.parts:
            if isinstance(part, Aside):
                self.fetch(part.group, found)
        return found

    def spread(
        self, parts: Iterable[Part], known: Known, *, strict: bool = False, wanted: str | None = None
    ) -> Known | None:
        """Return what the parts make known; None where they have no solution.

        Not strict, it leaves out what is not connected, and stops as soon as ``wanted`` is known.

        Raises:
            UnboundedError: being strict, a part is not connected with what is known.
        """
        found, pending = dict(known), list(parts)
        while pending and not (wanted and wanted in found):
            costs = [self._cost(part, found) for part in pending]
            cheapest = min(range(len(pending)), key=costs.__getitem__)
            if costs[cheapest] == NEVER:
                if strict:
                    raise UnboundedError
                break
            self._take(pending.pop(cheapest), found, strict=strict)
            if any(not terms for terms in found.values()):
                return None
        return found

    def _cost(self, part: Part, known: Known) -> float:
        if isinstance(part, Values | Same):
            return 0
        if isinstance(part, Pattern):
            return self._matcher.cost(part, known)
        if isinstance(part, Named):
            return 1 if read_terms(part.graph, known) is not None else NEVER
        inside = (
            part.seen if isinstance(part, Sub) else set().union(*map(_named, getattr(part, "groups", ())))
        )
        return _GROUPED if inside & known.keys() else NEVER

    def _take(self, part: Part, known: Known, *, strict: bool) -> None:
        if isinstance(part, Values):
            for name, terms in part.terms.items():
                narrow(known, name, terms)
        elif isinstance(part, Same):
            _take_same(part, known)
        elif isinstance(part, Pattern):
            self._matcher.take(part, known)
        elif isinstance(part, Named):
            graphs = read_terms(part.graph, known) or frozenset()
            kept = frozenset(graph for graph in graphs if self._see_graph(graph))
            if isinstance(part.graph, str):
                known[part.graph] = kept
        elif isinstance(part, Union):
            self._take_union(part, known, strict=strict)
        elif isinstance(part, Sub):
            self._take_sub(part, known, strict=strict)

    def _see_graph(self, graph: Term) -> bool:
        found = self._matcher.view.state.first_of_graph(graph)
        if found is not None:
            self._matcher.view.quads.add(found)
        return found is not None

    def _take_union(self, part: Union, known: Known, *, strict: bool) -> None:
        branches = [self._try(group, known, strict=strict) for group in part.groups]
        found = [branch for branch in branches if branch is not None]
        if not found:
            drop(known)
            return
        for name in set.intersection(*(set(branch) for branch in found)):
            known[name] = frozenset().union(*(branch[name] for branch in found))

    def _take_sub(self, part: Sub, known: Known, *, strict: bool) -> None:
        seen = part.seen if part.keys is None else part.seen & part.keys
        found = self._try(part.group, {name: known[name] for name in seen & known.keys()}, strict=strict)
        if found is None and (part.keys is None or part.keys):
            drop(known)
        for name in seen & (found or {}).keys():
            narrow(known, name, (found or {})[name])

    def _try(self, group: Group, known: Known, *, strict: bool) -> Known | None:
        if strict:
            return self.fetch(group, known)
        return self.spread([part for part in group.parts if not isinstance(part, Aside)], known)


def _take_same(part: Same, known: Known) -> None:
    if part.source is None:
        return
    source = read_terms(part.source, known)
    if source is not None:
        narrow(known, part.variable, source)
    elif part.variable in known and isinstance(part.source, str):
        known[part.source] = known[part.variable]


def _named(group: Group) -> set[str]:
    """Return the variables of a group that its parts bind."""
    names: set[str] = set()
    for part in group.parts:
        if isinstance(part, Pattern):
            names |= {
                one for one in (part.subject, part.predicate, part.value, part.graph) if isinstance(one, str)
            }
        elif isinstance(part, Union):
            names |= set().union(*map(_named, part.groups))
        elif isinstance(part, Sub):
            names |= part.seen
        elif isinstance(part, Same):
            names.add(part.variable)
    return names
