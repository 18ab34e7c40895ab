from __future__ import annotations

import hashlib

import pytest

from crossties.errors import NotFoundError, RequestError
from crossties.journal import (
    Journal,
    Person,
    add_token,
    find_holder,
    find_person,
    list_tokens,
    read_key,
    revoke_token,
)


def test_a_token_tells_who_holds_it_and_for_what(journal: Journal) -> None:
    token = add_token(journal, holder=" Aino  Lehto ", scope="reviewer")
    assert find_person(journal, token) == Person("Aino Lehto", "reviewer", 1)
    assert find_holder(journal, 1) == Person("Aino Lehto", "reviewer", 1)


def test_only_the_digest_of_a_token_is_kept(journal: Journal) -> None:
    token = add_token(journal, holder="Aino", scope="contributor")
    with journal.reading() as database:
        assert [row[0] for row in database.execute("SELECT sha256 FROM token")] == [
            hashlib.sha256(token.encode()).hexdigest()
        ]
    kept = b"".join(path.read_bytes() for path in journal.path.parent.iterdir())
    assert token.encode() not in kept


def test_no_two_tokens_are_alike(journal: Journal) -> None:
    assert len({add_token(journal, holder="Aino", scope="contributor") for _ in range(20)}) == 20


def test_a_revoked_token_is_good_for_nothing(journal: Journal) -> None:
    token = add_token(journal, holder="Aino", scope="operator")
    assert revoke_token(journal, 1).revoked is not None
    assert find_person(journal, token) is None
    assert find_holder(journal, 1) is None


def test_an_expired_token_is_good_for_nothing(journal: Journal) -> None:
    token = add_token(journal, holder="Aino", scope="operator", days=1)
    with journal.writing() as database:
        database.execute("UPDATE token SET expires = '2020-01-01T00:00:00Z'")
    assert find_person(journal, token) is None


@pytest.mark.parametrize("token", ["", "x", "crossties_", "crossties_' OR 1=1 --"])
def test_what_is_no_token_is_nobody(journal: Journal, token: str) -> None:
    add_token(journal, holder="Aino", scope="operator")
    assert find_person(journal, token) is None


def test_tokens_are_listed_without_themselves(journal: Journal) -> None:
    assert list_tokens(journal) == []
    add_token(journal, holder="Aino", scope="contributor")
    (token,) = list_tokens(journal)
    assert (token.id, token.holder, token.scope, token.revoked) == (1, "Aino", "contributor", None)


def test_a_token_tells_when_it_ends_or_ended(journal: Journal) -> None:
    add_token(journal, holder="Aino", scope="contributor")
    one = list_tokens(journal)[0]
    assert one.tell_end("2000-01-01T00:00:00Z") == f"until {one.expires}"
    assert one.tell_end(one.expires) == f"expired {one.expires}"
    gone = revoke_token(journal, 1)
    assert gone.tell_end(one.expires) == f"revoked {gone.revoked}"


@pytest.mark.parametrize(("holder", "days"), [("", 1), ("  ", 1), ("Aino", 0)])
def test_a_token_needs_a_name_and_a_time(journal: Journal, holder: str, days: int) -> None:
    with pytest.raises(RequestError):
        add_token(journal, holder=holder, scope="contributor", days=days)


def test_a_token_that_nobody_made_is_told(journal: Journal) -> None:
    with pytest.raises(NotFoundError):
        revoke_token(journal, 3)


def test_a_scope_may_what_those_before_it_may() -> None:
    assert Person("Aino", "reviewer").may("contributor")
    assert not Person("Aino", "reviewer").may("operator")


def test_a_person_is_known_by_name_in_any_spelling() -> None:
    assert Person("Aino Lehto", "reviewer").is_called("aino  LEHTO ")
    assert not Person("Aino", "reviewer").is_called("Boris")


def test_sessions_are_signed_with_a_key_of_the_instance(journal: Journal) -> None:
    add_token(journal, holder="Aino", scope="contributor")
    assert len(read_key(journal)) == 64
    assert read_key(journal) == read_key(journal)
