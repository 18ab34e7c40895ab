from __future__ import annotations

from pathlib import Path

import pytest

from crossties.errors import InputError, RequestError
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


def write(folder: Path, text: str) -> dict[str, str]:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return {"CROSSTIES_CONFIG": str(file)}


def test_a_file_sets_what_the_environment_leaves_open(tmp_path: Path) -> None:
    told = write(
        tmp_path,
        'workers = 5\ncpu_seconds = 2\nsandbox = false\ntrusted_proxies = ["10.0.0.1"]\n'
        'public_url = "https://example.org/"\n',
    )
    settings = load_settings(told | {"CROSSTIES_CPU_SECONDS": "3"})
    assert (settings.workers, settings.cpu_seconds, settings.sandbox) == (5, 3.0, False)
    assert (settings.trusted_proxies, settings.public_url) == (frozenset({"10.0.0.1"}), "https://example.org")


def test_the_file_of_the_working_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crossties.toml").write_text("spares = 4\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_settings({}).spares == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("wrokers = 2\n", "Did you mean “workers”"),
        ("workers = true\n", "must be a number above 0"),
        ('sandbox = "no"\n', "must be on or off"),
        ("authority = 5\n", "must be a text"),
    ],
)
def test_a_wrong_setting_in_the_file_is_told_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RequestError, match=r"settings\.toml") as raised:
        load_settings(write(tmp_path, text))
    assert says in str(raised.value)


@pytest.mark.parametrize("text", ["workers =", None])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, text: str | None) -> None:
    told = write(tmp_path, text) if text else {"CROSSTIES_CONFIG": str(tmp_path / "absent.toml")}
    with pytest.raises(InputError) as raised:
        load_settings(told)
    assert raised.value.where is not None


def test_the_engine_is_one_that_is_known() -> None:
    assert load_settings({"CROSSTIES_ENGINE": "purrdf"}).engine == "purrdf"
    with pytest.raises(RequestError, match="CROSSTIES_ENGINE must be pyshacl or purrdf"):
        load_settings({"CROSSTIES_ENGINE": "jena"})


def test_a_switch_is_on_or_off() -> None:
    assert load_settings({"CROSSTIES_SANDBOX": "off"}).sandbox is False
    with pytest.raises(RequestError, match="on or off"):
        load_settings({"CROSSTIES_SANDBOX": "0"})
