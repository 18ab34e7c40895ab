"""What official pages and the press say of certain days, asked of the shipped data.

Each answer is one that a reader of the pages named beside it comes to without this graph.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

Ask = Callable[..., list[dict[str, str]]]

_REGIONAL: Final = "Barents Regional Council"
_STATES: Final = "Barents Euro-Arctic Council"
#: Members on every page of the council that was read.
_ALWAYS: Final = {
    "arkhangelsk-region", "kainuu", "komi-republic", "lapland", "murmansk-region", "nenets-autonomous-okrug",
    "nordland", "norrbotten", "northern-ostrobothnia", "republic-of-karelia", "vasterbotten",
}  # fmt: skip
_EVE: Final = "2022-02-23"
#: Agreements that one side ended in March 2022.
_ENDED_IN_MARCH: Final = (
    # The city of Klaipėda, 1 March 2022, and the daily Vakarų ekspresas: both twinnings with Russia end.
    "cherepovets-klaipeda-1992",
    "kaliningrad-klaipeda-1993",
    # Pärnu, March 2022, in Külauudised: the council ends the twinning with Sochi.
    "parnu-sochi-1994",
    # ERR, March 2022, and the city's own page of 2024: Tallinn ends what it has with Moscow.
    "tallinn-moscow-2004",
    "tallinn-moscow-2009",
    # Portel and Kopernik TV, March 2022: the board of Warmia-Masuria ends the agreement with Kaliningrad.
    "warmia-masuria-kaliningrad-2001",
)


@pytest.mark.parametrize(
    ("on", "further"),
    [
        # http://www.beac.st/en/Barents-Regional-Council, as it stood after October 2015: 13 members.
        ("2015-12-31", {"troms", "finnmark"}),
        # http://www.barentscooperation.org/en/Barents-Regional-Council, after November 2016: 14 members.
        ("2018-06-30", {"troms", "finnmark", "north-karelia"}),
        # https://barents-council.org/barents-regional-council/about-the-council, of 2021: two became one.
        ("2021-06-30", {"troms-og-finnmark", "north-karelia"}),
        # The same address in 2025: they are two again.
        ("2025-06-30", {"troms", "finnmark", "north-karelia"}),
    ],
)
def test_the_regional_council_had_these_members(answer: Ask, on: str, further: set[str]) -> None:
    rows = answer("organisations/members", body=_REGIONAL, on=on)
    members = {row["member"].rpartition("/")[2] for row in rows if row["role"] == "member"}
    assert members == _ALWAYS | further


@pytest.mark.parametrize(
    ("on", "russia"),
    [
        (_EVE, "active"),
        # Statement of five states and the European Union, March 2022, on the council's own page.
        ("2022-04-01", "suspended"),
        # Ministry for Foreign Affairs of Finland, 2023: suspended since March 2022, gone by a later letter.
        ("2023-09-17", "suspended"),
    ],
)
def test_the_council_of_states_had_seven_members_one_of_them_suspended(
    answer: Ask, on: str, russia: str
) -> None:
    rows = answer("organisations/members", body=_STATES, on=on)
    told = {row["member"].rpartition("/")[2]: row["status"] for row in rows if row["role"] == "member"}
    others = {f"state-of-{name}" for name in ("denmark", "finland", "iceland", "norway", "sweden")}
    assert told == dict.fromkeys([*others, "european-union"], "active") | {"russian-federation": russia}


@pytest.mark.parametrize("agreement", _ENDED_IN_MARCH)
def test_what_was_ended_in_march_2022_was_in_force_on_the_eve(answer: Ask, agreement: str) -> None:
    assert agreement in _in_force(answer, _EVE)
    assert agreement not in _in_force(answer, "2022-04-01")


def test_pechenga_and_sor_varanger_agreed_until_2024(answer: Ask) -> None:
    # The Barents Observer, 20 March 2024: the municipal council of Sør-Varanger ends the agreement.
    for on, holds in ((_EVE, True), ("2024-03-19", True), ("2024-03-21", False)):
        assert ("pechenga-sor-varanger-2016" in _in_force(answer, on)) is holds, on


def test_four_states_had_the_rescue_agreement_on_the_eve(answer: Ask) -> None:
    # Signed on 11 December 2008; the order to leave it is of 16 April 2025 (TASS and Pravda, April 2025).
    [row] = [
        row
        for row in answer("agreements/in-force", on=_EVE, country="Norway", partnerCountry="Russia")
        if row["agreement"].endswith("/barents-rescue-2008")
    ]
    parties = {party.rpartition("/")[2] for party in row["parties"].split()}
    assert parties == {"russian-federation", "state-of-finland", "state-of-norway", "state-of-sweden"}


def _in_force(answer: Ask, on: str) -> set[str]:
    rows = answer("agreements/in-force", on=on, country="Russia")
    return {row["agreement"].rpartition("/")[2] for row in rows}
