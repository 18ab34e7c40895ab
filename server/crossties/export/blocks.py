"""Turn quads into blocks of Turtle, sorted by subject."""

from __future__ import annotations

from collections.abc import Iterable

from crossties.quads import NamedNode, Quad, Triple
from crossties.quads.terms import BlankNode
from crossties.turtle import Block, Property
from crossties.turtle.order import rank_iri
from crossties.turtle.statements import Object


def make_blocks(quads: Iterable[Quad]) -> list[Block]:
    """Return one block per subject, whatever the graphs; a part of a thing follows the thing.

    Triples inside triples, which ``quads`` never lets in, are left out.
    """
    subjects: dict[NamedNode | BlankNode, dict[str, list[Object]]] = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, Triple) and not isinstance(value, Triple):
            subjects.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(value)
    ordered = sorted(subjects.items(), key=lambda item: _rank(item[0]))
    return [Block(subject, _properties(properties)) for subject, properties in ordered]


def _properties(properties: dict[str, list[Object]]) -> tuple[Property, ...]:
    return tuple(Property(name, tuple(sorted(objects, key=str))) for name, objects in properties.items())


def _rank(subject: NamedNode | BlankNode) -> tuple[bool, tuple[str, ...]]:
    is_named = isinstance(subject, NamedNode)
    return (not is_named, rank_iri(subject.value) if isinstance(subject, NamedNode) else (str(subject),))
