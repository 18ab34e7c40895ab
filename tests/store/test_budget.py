from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crossties.errors import BudgetError
from crossties.store.budget import Allowance, Budget, is_loopback, name_client

PROXY = frozenset({"10.0.0.1", "10.0.0.2"})


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def budget(tmp_path: Path, clock: Clock) -> Iterator[Budget]:
    opened = Budget(tmp_path / "budget", Allowance(seconds=60, errors=3), clock=clock)
    yield opened
    opened.close()


def test_a_client_that_has_spent_its_seconds_is_told_when_to_come_back(budget: Budget, clock: Clock) -> None:
    budget.charge("a", seconds=59, failed=False)
    budget.admit("a")
    budget.charge("a", seconds=31, failed=False)
    with pytest.raises(BudgetError, match="60 seconds of queries") as caught:
        budget.admit("a")
    assert caught.value.retry_after == 30
    assert caught.value.status == 429
    clock.now += caught.value.retry_after
    budget.admit("a")


def test_a_client_whose_queries_fail_too_often_is_refused(budget: Budget, clock: Clock) -> None:
    for _ in range(3):
        budget.admit("a")
        budget.charge("a", seconds=0, failed=True)
    with pytest.raises(BudgetError, match="3 failed queries"):
        budget.admit("a")
    clock.now += 21
    budget.admit("a")


def test_one_client_does_not_spend_for_another(budget: Budget) -> None:
    budget.charge("a", seconds=1_000, failed=False)
    budget.admit("b")


def test_a_client_has_one_budget_in_every_process(tmp_path: Path, budget: Budget, clock: Clock) -> None:
    other = Budget(tmp_path / "budget", Allowance(seconds=60, errors=3), clock=clock)
    other.charge("a", seconds=100, failed=False)
    with pytest.raises(BudgetError):
        budget.admit("a")
    other.close()


def test_a_thousand_clients_leave_the_spender_where_it_is(budget: Budget) -> None:
    budget.charge("spender", seconds=1_000, failed=False)
    for number in range(1_000):
        budget.charge(f"client {number}", seconds=0.1, failed=False)
    with pytest.raises(BudgetError):
        budget.admit("spender")


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "nonsense"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", "192.0.2.7"),
        ("::1", "", "::1"),
    ],
)
def test_only_a_trusted_proxy_names_another_client(peer: str, forwarded: str, expected: str) -> None:
    assert name_client(peer, forwarded, PROXY) == expected


@pytest.mark.parametrize(("name", "expected"), [("127.0.0.1", True), ("::1", True), ("192.0.2.7", False)])
def test_loopback_is_known(name: str, *, expected: bool) -> None:
    assert is_loopback(name) is expected
