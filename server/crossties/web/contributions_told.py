"""Contributions as JSON tells them."""

from __future__ import annotations

from typing import Any

from crossties.journal import (
    Contribution,
    Entry,
    Journal,
    Verdict,
    read_effect,
    read_reviews,
    read_verdicts,
)


def tell_row(found: Contribution) -> dict[str, Any]:
    """Return what a list tells of a contribution."""
    told = dict(vars(found))
    told["basedOn"] = told.pop("based_on")
    told["mediaType"] = told.pop("media_type")
    return told | {"address": f"/contributions/{found.id}"}


def tell_contribution(journal: Journal, found: Contribution) -> dict[str, Any]:
    """Return all that is known of a contribution, without its bytes."""
    effect = read_effect(journal, found.id)
    return {
        **tell_row(found),
        "verdict": tell_verdict(read_verdicts(journal, found.id)[0]),
        "reviews": [vars(one) for one in read_reviews(journal, found.id)],
        "answers": {"entry": effect[0], "changed": effect[1]} if effect else None,
    }


def tell_verdict(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict."""
    return dict(vars(verdict))


def tell_entry(entry: Entry) -> dict[str, Any]:
    """Return an entry."""
    return dict(vars(entry))
