"""Derive the ties of the network: who takes part in a cooperation, and from which day to which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pyoxigraph as ox

from crossties.derivation.course import Course
from crossties.derivation.days import DAY, UNKNOWN, read_bounds, read_values, write_day
from crossties.derivation.histories import History, read_histories
from crossties.derivation.statuses import Statuses
from crossties.derivation.stretches import ALWAYS, Stretch, cross_stretches, join_stretches
from crossties.namespaces import CT, RDF

_Actors = dict[ox.NamedNode, list[Stretch]]


def derive_ties(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield a ``ct:Tie`` for each stretch of days on which an actor takes part in a cooperation in force.

    Only what a source states makes a tie: a cooperation or a part that is merely announced has not begun. A
    cooperation without a start, so that nobody knows on which days it stood, gives ties without days.
    """
    course, actors = Course(Statuses(store)), _read_actors(store)
    for history in read_histories(store):
        standing = join_stretches(
            Stretch(one.since, one.until) for one in course.standings(history) if one.in_force
        )
        numbered = 0
        for actor, parts in sorted(actors[history.cooperation].items(), key=str):
            ties = cross_stretches(
                cross_stretches(join_stretches(parts), standing or [ALWAYS]),
                _read_stay(course, history, actor),
            )
            for tie in ties if standing or not history.start.earliest else ():
                numbered += 1
                yield from _write_tie(history.cooperation, numbered, actor, tie)


def _read_actors(store: ox.Store) -> dict[ox.NamedNode, _Actors]:
    """Return the actors of each cooperation with the bounds of their parts, as far as these tell any."""
    found: dict[ox.NamedNode, _Actors] = defaultdict(lambda: defaultdict(list))
    stated = {node for node, _ in read_values(store, "statedIn")}
    starts, ends = read_bounds(store, "start"), read_bounds(store, "end")
    partakers, told = dict(read_values(store, "partaker")), set()
    for part, cooperation in read_values(store, "in"):
        actor = partakers.get(part)
        if isinstance(actor, ox.NamedNode) and isinstance(cooperation, ox.NamedNode):
            told.add((cooperation, actor))
            if part in stated:
                bounds = Stretch(starts.get(part, UNKNOWN).earliest, ends.get(part, UNKNOWN).latest)
                found[cooperation][actor].append(bounds)
    for cooperation, actor in read_values(store, "involves"):
        if isinstance(actor, ox.NamedNode) and (cooperation, actor) not in told:
            found[cooperation][actor].append(ALWAYS)
    return found


def _read_stay(course: Course, history: History, actor: ox.NamedNode) -> list[Stretch]:
    """Return when the side of the actor had not left; always for those who are no side."""
    side = next((side for side in history.sides if actor in side.members), None)
    if side is None:
        return [ALWAYS]
    days = sorted({change.latest for change in history.changes if change.latest})
    bounds: list[date | None] = [None, *days, None]
    stays = [
        Stretch(since, until and until - DAY)
        for since, until in pairwise(bounds)
        if not course.has_left(history, side, since or date.min)
    ]
    return join_stretches(stays)


def _write_tie(
    cooperation: ox.NamedNode, number: int, actor: ox.NamedNode, tie: Stretch
) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{cooperation.value}/tie/{number}")
    yield ox.Triple(cooperation, _term("tie"), node)
    yield ox.Triple(node, ox.NamedNode(RDF + "type"), _term("Tie"))
    yield ox.Triple(node, _term("tiedActor"), actor)
    if tie.since:
        yield ox.Triple(node, _term("holdsFrom"), write_day(tie.since))
    if tie.until:
        yield ox.Triple(node, _term("holdsUntil"), write_day(tie.until))


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(CT + name)
