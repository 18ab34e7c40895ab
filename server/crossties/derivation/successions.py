"""Derive the chain of succession of each cooperation: what it follows, and what follows it, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

import pyoxigraph as ox

from crossties.derivation.days import read_values
from crossties.namespaces import CT, RDF, XSD

_RELATIONS: Final = ("amends", "continues", "follows", "renews", "replaces")
#: From a cooperation to those that it follows (or that follow it), and by which relations.
_Links = dict[ox.NamedNode, dict[ox.NamedNode, set[str]]]


class Step(NamedTuple):
    """How many steps away a member of the chain is, its neighbour towards the start, and their relations."""

    number: int
    member: ox.NamedNode
    near: ox.NamedNode
    names: set[str]


def derive_successions(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield a ``ct:Step`` for each cooperation itself (0) and all before (-1 …) and after it (1 …).

    ``ct:stepRelation`` is how the later of two neighbours on the shortest way relates to the earlier one,
    which the later one, ``ct:stepLinkedBy``, says; ``ct:stepEvidence`` are the passages of it and the member.
    """
    before: _Links = defaultdict(lambda: defaultdict(set))
    after: _Links = defaultdict(lambda: defaultdict(set))
    for name in _RELATIONS:
        for later, earlier in read_values(store, name):
            if isinstance(earlier, ox.NamedNode):
                before[later][earlier].add(name)
                after[earlier][later].add(name)
    whole, own = _read_passages(store, "wholeEvidence"), _read_passages(store, "evidence")
    for start in sorted({cooperation for cooperation, _ in read_values(store, "typeCode")}, key=str):
        steps = [Step(0, start, start, set())]
        steps += [step._replace(number=-step.number) for step in _walk(start, before)]
        steps += _walk(start, after)
        for place, step in enumerate(steps):
            sayer = step.near if step.number < 0 else step.member
            yield from _write_step(start, place, step, sayer, whole[step.member] | own[sayer])


def _walk(start: ox.NamedNode, links: _Links) -> Iterator[Step]:
    """Yield what can be reached, nearest first."""
    reached, edge, distance = {start}, [start], 0
    while edge:
        distance += 1
        found: dict[ox.NamedNode, Step] = {}
        for near in edge:
            for far in sorted(links.get(near, {}).keys() - reached, key=str):
                found.setdefault(far, Step(distance, far, near, links[near][far]))
        yield from found.values()
        reached |= found.keys()
        edge = sorted(found, key=str)


def _read_passages(store: ox.Store, name: str) -> dict[ox.NamedNode, set[ox.NamedNode]]:
    passages: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for subject, passage in read_values(store, name):
        if isinstance(passage, ox.NamedNode):
            passages[subject].add(passage)
    return passages


def _write_step(
    start: ox.NamedNode, place: int, step: Step, sayer: ox.NamedNode, passages: set[ox.NamedNode]
) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{start.value}/step/{place}")
    yield ox.Triple(start, ox.NamedNode(CT + "step"), node)
    yield ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(CT + "Step"))
    yield ox.Triple(node, ox.NamedNode(CT + "stepMember"), step.member)
    yield ox.Triple(node, ox.NamedNode(CT + "stepLinkedBy"), sayer)
    number = ox.Literal(str(step.number), datatype=ox.NamedNode(XSD + "integer"))
    yield ox.Triple(node, ox.NamedNode(CT + "stepNumber"), number)
    if step.names:
        yield ox.Triple(node, ox.NamedNode(CT + "stepRelation"), ox.Literal(" ".join(sorted(step.names))))
    for passage in passages:
        yield ox.Triple(node, ox.NamedNode(CT + "stepEvidence"), passage)
