from __future__ import annotations

from pathlib import Path

import pytest

from crossties.errors import RequestError
from crossties.settings import load_settings


def test_the_home_can_be_set(tmp_path: Path) -> None:
    assert load_settings({"CROSSTIES_HOME": str(tmp_path)}).home == tmp_path


def test_a_checkout_keeps_its_store_beside_the_code() -> None:
    assert load_settings({}).home.name == ".crossties"


def test_every_number_can_be_set() -> None:
    settings = load_settings({"CROSSTIES_WORKERS": "3", "CROSSTIES_CPU_SECONDS": "0.5"})
    assert (settings.workers, settings.cpu_seconds) == (3, 0.5)


def test_the_public_address_has_no_slash_at_its_end() -> None:
    assert (
        load_settings({"CROSSTIES_PUBLIC_URL": "https://example.org/ties/"}).public_url
        == "https://example.org/ties"
    )


@pytest.mark.parametrize("text", ["", "two", "0", "-1", "nan", "inf", "0.5"])
def test_a_number_of_workers_that_is_none_is_told(text: str) -> None:
    with pytest.raises(RequestError, match="CROSSTIES_WORKERS"):
        load_settings({"CROSSTIES_WORKERS": text})
