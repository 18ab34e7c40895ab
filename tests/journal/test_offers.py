from __future__ import annotations

import hashlib

import pytest
from tests.journal.conftest import digest, judged, offer

from crossties.errors import ConflictError, NotFoundError
from crossties.journal import (
    Journal,
    add_contribution,
    add_review,
    add_verdict,
    count_states,
    find_contribution,
    keep_effect,
    list_contributions,
    merge,
    read_effect,
    read_reviews,
    read_upload,
    read_verdicts,
    reject,
)


def test_what_was_sent_is_kept_byte_for_byte_with_its_hash(journal: Journal) -> None:
    made = add_contribution(journal, offer(), judged())
    assert read_upload(journal, made.id) == offer().data
    assert made.sha256 == hashlib.sha256(offer().data).hexdigest()
    assert (made.by, made.state, made.digest, made.size) == ("Aino", "waiting", digest("Delta"), 9)


def test_what_does_not_conform_is_kept_and_never_merged(journal: Journal) -> None:
    made = add_contribution(journal, offer(), judged(conforms=False))
    assert (made.state, made.digest) == ("failing", None)
    with pytest.raises(ConflictError, match="it is failing"):
        merge(journal, made.id, judged(), by="Boris")


def test_a_later_verdict_stands_before_the_first_and_may_stop_it(journal: Journal) -> None:
    made = add_contribution(journal, offer(), judged())
    add_verdict(journal, made.id, judged(conforms=False))
    assert [verdict.conforms for verdict in read_verdicts(journal, made.id)] == [False, True]
    assert find_contribution(journal, made.id).state == "failing"


def test_what_was_said_and_done_is_told_in_order(journal: Journal) -> None:
    made = add_contribution(journal, offer(), judged())
    add_review(journal, made.id, by="Boris", act="comment", text="Which town?")
    reject(journal, made.id, by="Boris", reason="no source")
    assert [(one.by, one.act, one.text) for one in read_reviews(journal, made.id)] == [
        ("Boris", "comment", "Which town?"),
        ("Boris", "reject", "no source"),
    ]
    assert find_contribution(journal, made.id).state == "rejected"


def test_what_is_settled_is_not_settled_again(journal: Journal) -> None:
    made = add_contribution(journal, offer(), judged())
    reject(journal, made.id, by="Boris", reason="")
    with pytest.raises(ConflictError, match="it is rejected"):
        reject(journal, made.id, by="Boris", reason="")
    with pytest.raises(ConflictError, match="it is rejected"):
        merge(journal, made.id, judged(), by="Boris")


def test_those_that_wait_are_listed_with_the_oldest_first(journal: Journal) -> None:
    for name in ("a", "b", "c"):
        add_contribution(journal, offer(by=name), judged())
    reject(journal, 2, by="Boris", reason="")
    assert [one.id for one in list_contributions(journal, state="waiting")] == [1, 3]
    assert [one.id for one in list_contributions(journal)] == [3, 2, 1]
    assert [one.id for one in list_contributions(journal, by="b")] == [2]
    assert count_states(journal) == {"rejected": 1, "waiting": 2}


def test_changed_answers_are_kept_with_the_entry_they_were_found_on(journal: Journal) -> None:
    made = add_contribution(journal, offer(), judged())
    assert read_effect(journal, made.id) is None
    keep_effect(journal, made.id, entry=0, told=[{"question": "funding/totals"}])
    assert read_effect(journal, made.id) == (0, [{"question": "funding/totals"}])


def test_an_instance_without_contributions_has_none(journal: Journal) -> None:
    assert list_contributions(journal) == []
    assert count_states(journal) == {}
    with pytest.raises(NotFoundError):
        find_contribution(journal, 1)
    assert not journal.exists
