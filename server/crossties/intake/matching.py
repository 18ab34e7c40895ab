"""Join two readings of one text: the strict one, that counts, and the one that knows places."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from crossties.quads import Quad
from crossties.quads.terms import BlankNode
from crossties.turtle.positions import Place, Statement, Unnamed

#: A term of either reading: nodes without a name are told by what hangs on them and what they hang on.
_Key = Any
_Triple = tuple[_Key, _Key, _Key]


def join(quads: Sequence[Quad], statements: Sequence[Statement]) -> Iterator[tuple[Quad, Place]]:
    """Yield each quad that stands in both readings with its place, in the order of the text."""
    ours = [(s, p, o) for s, p, o, _, _ in statements]
    theirs = [(quad.subject, quad.predicate, quad.object) for quad in quads]
    named = {term for s, _, o in ours for term in (s, o) if isinstance(term, BlankNode)}
    waiting: dict[_Triple, deque[Quad]] = {}
    for key, quad in zip(_keys(theirs, lambda term: _is_unnamed(term, named)), quads, strict=True):
        waiting.setdefault(key, deque()).append(quad)
    places = [place for *_, place in statements]
    for key, place in zip(_keys(ours, lambda term: isinstance(term, Unnamed)), places, strict=True):
        found = waiting.get(key)
        if found:
            yield found[0], place
            if len(found) > 1:
                found.popleft()


def _is_unnamed(term: _Key, named: set[BlankNode]) -> bool:
    return isinstance(term, BlankNode) and term not in named


def _keys(triples: Sequence[_Triple], is_unnamed: Callable[[_Key], bool]) -> Iterable[_Triple]:
    """Return the triples with each node without a name replaced by a number that tells what it is."""
    below: dict[_Key, list[tuple[_Key, _Key]]] = {}
    above: dict[_Key, tuple[_Key, _Key]] = {}
    for s, p, o in triples:
        if is_unnamed(s):
            below.setdefault(s, []).append((p, o))
        if is_unnamed(o):
            above.setdefault(o, (s, p))
            below.setdefault(o, [])
    if not below:
        return triples
    numbers = _numbers(below, above)
    return [(numbers.get(s, s), p, numbers.get(o, o)) for s, p, o in triples]


def _numbers(
    below: dict[_Key, list[tuple[_Key, _Key]]], above: dict[_Key, tuple[_Key, _Key]]
) -> dict[_Key, int]:
    order = _leaves_first(below)
    content: dict[_Key, int] = {}
    for node in order:
        content[node] = hash(tuple(sorted(hash((p, content.get(o, o))) for p, o in below[node])))
    numbers: dict[_Key, int] = {}
    for node in reversed(order):
        parent, name = above.get(node, (None, None))
        numbers[node] = hash((content[node], numbers.get(parent, parent), name))
    return numbers


def _leaves_first(below: dict[_Key, list[tuple[_Key, _Key]]]) -> list[_Key]:
    """Order nodes so that what hangs on one comes before it; a list may be long, so nothing recurs."""
    order: list[_Key] = []
    seen: set[_Key] = set()
    for root in below:
        stack = [(root, False)]
        while stack:
            node, is_left = stack.pop()
            if is_left:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack += [(o, False) for _, o in below[node] if o in below]
    return order
