"""Walk along paths: outward, keeping what is seen, and from a changed triple back to where a path begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from crossties.derivation.partial.paths import Path, Star, Step
from crossties.derivation.partial.sights import Fact, Sight, Term

#: What changed, by predicate: each triple.
Changed = dict[ox.NamedNode, set[Fact]]


def excerpt(sight: Sight, starts: Iterable[Term], paths: Iterable[Path], seen: set[Fact]) -> None:
    """Keep all triples that lie on paths from the starts."""
    listed = list(starts)
    for path in paths:
        _outward(sight, set(listed), path, seen)


def leads_on(sight: Sight, start: Term, path: Path) -> bool:
    """Tell whether a path can be walked to its end."""
    if not path:
        return True
    first, rest = path[0], path[1:]
    if isinstance(first, Step):
        return any(leads_on(sight, far, rest) for far in _far(sight, start, first))
    return not rest or any(leads_on(sight, one, rest) for one in _around(sight, {start}, first))


def reach_back(sight: Sight, changed: Changed, path: Path) -> set[Term]:
    """Return where the path begins whenever it leads over one of the changed triples to its end."""
    found: set[Term] = set()
    for place, element in enumerate(path):
        before, after = path[:place], path[place + 1 :]
        if isinstance(element, Step):
            near = _near_ends(sight, changed, element, after)
            found |= _back(sight, near, before)
            continue
        for way in element.ways:
            for at, step in enumerate(way):
                rest: Path = (*way[at + 1 :], element, *after)
                near = _near_ends(sight, changed, step, rest)
                found |= _back(sight, near, (*before, element, *way[:at]))
    return found


def _near_ends(sight: Sight, changed: Changed, step: Step, rest: Path) -> set[Term]:
    found = set()
    for fact in changed.get(step.predicate, ()):
        near, far = (fact[2], fact[0]) if step.inverse else (fact[0], fact[2])
        if near not in found and leads_on(sight, far, rest):
            found.add(near)
    return found


def _back(sight: Sight, nodes: set[Term], path: Path) -> set[Term]:
    for element in reversed(path):
        if not nodes:
            break
        if isinstance(element, Star):
            ways = tuple(tuple(map(_turned, reversed(way))) for way in element.ways)
            nodes = _around(sight, nodes, Star(ways))
        else:
            turned = _turned(element)
            nodes = {far for node in nodes for far in _far(sight, node, turned)}
    return nodes


def _turned(step: Step) -> Step:
    return Step(step.predicate, inverse=not step.inverse, stated=step.stated)


def _far(sight: Sight, node: Term, step: Step) -> Iterator[Term]:
    far = sight.subjects(step.predicate, node) if step.inverse else sight.objects(node, step.predicate)
    for one in far:
        if not step.stated or sight.is_stated(_fact(node, step, one)):
            yield one


def _fact(near: Term, step: Step, far: Term) -> Fact:
    return (far, step.predicate, near) if step.inverse else (near, step.predicate, far)


def _around(sight: Sight, nodes: set[Term], star: Star) -> set[Term]:
    found, edge = set(nodes), set(nodes)
    while edge:
        reached: set[Term] = set()
        for way in star.ways:
            reached |= _outward(sight, edge, way, None)
        edge = reached - found
        found |= edge
    return found


def _outward(sight: Sight, nodes: set[Term], path: Path, seen: set[Fact] | None) -> set[Term]:
    for element in path:
        if isinstance(element, Star):
            nodes = _outward_star(sight, nodes, element, seen)
            continue
        reached = set()
        for node in nodes:
            for far in _far(sight, node, element):
                reached.add(far)
                if seen is not None:
                    seen.add(_fact(node, element, far))
        nodes = reached
        if not nodes:
            break
    return nodes


def _outward_star(sight: Sight, nodes: set[Term], star: Star, seen: set[Fact] | None) -> set[Term]:
    found, edge = set(nodes), set(nodes)
    while edge:
        reached: set[Term] = set()
        for way in star.ways:
            reached |= _outward(sight, edge, way, seen)
        edge = reached - found
        found |= edge
    return found
