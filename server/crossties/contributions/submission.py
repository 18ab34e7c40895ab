"""Take a contribution in: judged, kept byte for byte, and put where reviewers see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from crossties.contributions.messages import Outcome, Sent
from crossties.errors import RequestError
from crossties.journal import (
    Contribution,
    Journal,
    Judged,
    Offer,
    add_contribution,
    list_contributions,
)

#: What contributions may be licensed under, by the short names that people write.
LICENCES: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_LONGEST: Final = 2_000
#: Judges an upload; returns the number of the entry that the verdict stands on too.
Judge = Callable[[Sent], tuple[Outcome, int]]


@dataclass(frozen=True)
class Told:
    """What a contributor says of what she sends: who she is, licence, source document, a comment."""

    by: str
    licence: str = "CC-BY-4.0"
    source: str = ""
    comment: str = ""


def submit(journal: Journal, sent: Sent, told: Told, *, judge: Judge) -> Contribution:
    """Judge and keep what was sent; it waits for a reviewer where it conforms.

    Raises:
        RequestError: the licence isn't one of ``LICENCES``, or something said is too long.
        CrosstiesError: as ``judging.judge`` does; nothing is kept then.
    """
    licence = read_licence(told.licence)
    if max(len(told.source), len(told.comment), len(sent.name)) > _LONGEST:
        message = f"A name, source or comment is longer than {_LONGEST} characters."
        raise RequestError(message, mend="Say it in fewer words.")
    outcome, number = judge(prepare(journal, sent))
    offer = Offer(
        name=sent.name,
        data=sent.data,
        graph=outcome.graph,
        by=told.by,
        media_type=sent.media_type,
        licence=licence,
        source=told.source,
        comment=told.comment,
        based_on=outcome.based_on,
    )
    judged = Judged(number, outcome.conforms, outcome.report, outcome.difference, outcome.text)
    return add_contribution(journal, offer, judged)


def prepare(journal: Journal, sent: Sent) -> Sent:
    """Add what the judge can't know: the day, and which names are wanted already."""
    waiting = list_contributions(journal, state="waiting", limit=10_000)
    taken = tuple(sorted({one.graph for one in waiting if one.based_on is None}))
    return replace(sent, taken=taken, day=datetime.now(UTC).date().isoformat())


def read_licence(text: str) -> str:
    """Return the address of a licence that is given by its short name or its address.

    Raises:
        RequestError: it is another one.
    """
    for short, address in LICENCES.items():
        if text.strip().lower() in {short.lower(), address}:
            return address
    message = f"“{text}” is no licence that is taken here."
    raise RequestError(message, mend=f"Choose one of: {', '.join(LICENCES)}.")
