"""Accept contributions and take entries back: checked again, entered once and whole, then visible.

One process at a time does this for an instance. What waits together shares one new store version.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Final, Self

from crossties.contributions.difference import find_difference
from crossties.contributions.judging import describe_report
from crossties.contributions.looking import read_quads, to_canonical
from crossties.contributions.messages import Done, Wish, require_ground, require_other, tell_first
from crossties.contributions.validating import check_quads, surround
from crossties.errors import ConflictError, CrosstiesError
from crossties.instance import Instance
from crossties.journal import (
    Contribution,
    Entry,
    Journal,
    Judged,
    add_review,
    add_verdict,
    find_contribution,
    find_entry,
    list_entries,
    merge,
    read_present,
    read_texts,
    roll_back,
    settle,
)
from crossties.journal.state import Ground, amend_state, committing, read_graph, stand
from crossties.quads import Quad
from crossties.store.amending import Rewritten
from crossties.store.announcing import announce
from crossties.store.base import open_published
from crossties.store.drafting import Draft, drafting
from crossties.versions import Version


def carry_out(instance: Instance, wishes: Sequence[Wish]) -> list[Done]:
    """Carry wishes out in their order; when this returns, every query that follows sees what was done.

    A wish that can't be carried out hinders no other.

    Raises:
        RefusedError: the instance takes no contributions.
        HostError: the disk fails. What was entered stays so, and is visible after the next start.
    """
    ground = require_ground(instance)
    with committing(ground), _Desk(instance, ground, *stand(ground)) as desk:
        done = [_try(desk, wish) for wish in wishes]
        announce(instance.announcements, desk.publish().folder)
        return done


class _Desk:
    """What stands at this moment: the published version, and what was entered since on top of it."""

    def __init__(self, instance: Instance, ground: Ground, version: Version, number: int) -> None:
        self.journal: Journal = ground.journal
        self.number = number
        self._content = instance.content
        self._version = version
        self._ground = ground
        self._present = open_published(version.store)
        self._drafts = ExitStack()
        self._draft: Draft | None = None
        self._entered: dict[str, tuple[Quad, ...]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._drafts.close()

    def judge(self, graph: str, digest: str | None, origin: str) -> Judged:
        """Return the verdict on a text of the journal, on top of all that was entered."""
        (text,) = read_texts(self.journal, [digest])
        quads = read_quads(text, graph=graph)
        old = tuple(self._present.quads_of(graph))
        around = surround(self._present, self._version, self._content)
        report = check_quads(quads, around, graph=graph, origin=origin)
        difference = find_difference(old, quads, graph=graph, labels=self._version.labels())
        told = describe_report(report, "en")
        return Judged(self.number, report.conforms, told, difference, to_canonical(quads))

    def note(self, entry: Entry) -> None:
        """Take notice of an entry that was written: what follows is judged on top of it."""
        if self._draft is None:
            self._draft = self._drafts.enter_context(drafting(self._version.store))
        for change in find_entry(self.journal, entry.number)[1]:
            self._entered[change.graph] = read_graph(self.journal, change.graph, change.new).quads
            self._draft.rewrite(change.graph, self._entered[change.graph])
        self._present = self._draft.published
        self.number = entry.number

    def publish(self) -> Version:
        if not self._entered:
            return self._version
        rewritten = [Rewritten(graph, quads) for graph, quads in self._entered.items()]
        return amend_state(self._ground, self._version, rewritten)


def _try(desk: _Desk, wish: Wish) -> Done:
    try:
        entry = _ACTS[wish.do](desk, wish)
    except CrosstiesError as error:
        return Done(error=error)
    if entry is not None and entry.number > desk.number:
        desk.note(entry)
    return Done(entry)


def _accept(desk: _Desk, wish: Wish) -> Entry:
    found = find_contribution(desk.journal, wish.number)
    require_other(wish.by, found)
    made = _find_made(desk.journal, wish) if found.state == "accepted" else None
    if made:
        return made
    if found.state != "waiting":
        message = f"Contribution {found.id} is not waiting: it is {found.state}."
        raise ConflictError(message, mend="Look at what was said of it.")
    _require_base(desk.journal, found)
    judged = desk.judge(found.graph, found.digest, found.name)
    if not judged.conforms:
        add_verdict(desk.journal, found.id, judged)
        reason = tell_first(judged.report)
        add_review(desk.journal, found.id, by=wish.by.holder, act="stop", text=reason)
        message = f"Contribution {found.id} conformed when it came, and no longer does. {reason}"
        raise ConflictError(message, mend="Mend it on top of what was accepted meanwhile, and send it again.")
    return merge(desk.journal, found.id, judged, by=wish.by.holder, note=wish.note)


def _find_made(journal: Journal, wish: Wish) -> Entry | None:
    """Return the entry that the same person's acceptance made already: who repeats it is told the same."""
    last = next((one for one in reversed(list_entries(journal)) if one.contribution == wish.number), None)
    return last if last and last.by == wish.by.holder else None


def _require_base(journal: Journal, found: Contribution) -> None:
    """Say who changed the graph meanwhile; the entry itself would only be refused."""
    present = read_present(journal).get(found.graph)
    if present == found.based_on:
        return
    last = list_entries(journal, graph=found.graph)[-1]
    if found.based_on is None:
        message = f"A graph {found.graph} has come into being since: entry {last.number}, of {last.by}."
        raise ConflictError(message, mend="Send it under another name, or as a change of that graph.")
    message = f"The graph {found.graph} has changed since: entry {last.number}, of {last.by}."
    raise ConflictError(message, mend="Make the change again in the present text, and send that.")


def _roll_back(desk: _Desk, wish: Wish) -> Entry:
    _, changes = find_entry(desk.journal, wish.number)
    if not wish.forced:
        for change in changes if len(changes) == 1 else ():
            judged = desk.judge(change.graph, change.old, f"entry {wish.number}")
            if not judged.conforms:
                message = f"Without entry {wish.number} the graph breaks a rule. {tell_first(judged.report)}"
                mend = "Take back first what builds on it, or insist."
                raise ConflictError(message, mend=mend)
    return roll_back(desk.journal, wish.number, by=wish.by.holder, reason=wish.note, at=desk.number)


def _take(desk: _Desk, wish: Wish) -> Entry | None:
    return settle(desk.journal, wish.number, take_file=True, by=wish.by.holder)


def _keep(desk: _Desk, wish: Wish) -> Entry | None:
    return settle(desk.journal, wish.number, take_file=False, by=wish.by.holder)


_Act = Callable[[_Desk, Wish], Entry | None]
_ACTS: Final[dict[str, _Act]] = {"accept": _accept, "roll back": _roll_back, "take": _take, "keep": _keep}
