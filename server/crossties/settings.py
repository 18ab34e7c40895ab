"""Settings, built once at the start from a file and the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any, Final, Literal, cast, get_args

from crossties.errors import InputError, Location, RequestError
from crossties.namespaces import BASE
from crossties.resources import find_checkout

#: Read from the working folder where ``CROSSTIES_CONFIG`` names no other file.
FILE: Final = "crossties.toml"
#: What looks at the nodes that a change concerns: the reference, or purrdf in front of it.
EngineName = Literal["pyshacl", "purrdf"]


@dataclass(frozen=True)
class Settings:
    """How this instance runs; every field can be set by ``CROSSTIES_<NAME>``, or in ``crossties.toml``.

    ``home`` holds the built store versions. ``authority`` is the IRI prefix that the instance answers for,
    ``public_url`` where it stands ("" = wherever the client asked). Times are in seconds, sizes in bytes.

    ``upload_bytes`` is the largest contribution; one sender may send ``uploads_per_minute``. ``engine``
    looks at what a contribution changes; "purrdf" is faster, and has to be installed.

    A query uses up to ``cpu_seconds`` and ``memory_bytes``, keeps its reader waiting up to ``wall_seconds``
    and waits for it up to ``stall_seconds``. After ``slow_after_seconds`` it leaves its place to another and
    goes on in one of ``slow_workers`` places; up to ``slow_queries`` run there or are paused. ``spares``
    workers are forked ahead; ``queue_length`` queries may wait, each ``queue_seconds``. A client has
    ``client_seconds`` of queries and ``client_errors`` failed ones in a minute (0 = 60 and 30, and none on
    this machine); the address that one of ``trusted_proxies`` forwards names it. ``sandbox`` False lets
    workers run unconfined. ``cache_bytes`` of answers are kept, compressed;
    ``log`` "json" writes a line for each request.

    ``scratch`` is the folder of a store that may be written, with ``token`` where one is set; ``insecure``
    lets any page and any name of this host write.
    """

    home: Path
    authority: str = BASE
    public_url: str = ""
    workers: int = 2
    cpu_seconds: float = 10.0
    wall_seconds: float = 30.0
    memory_bytes: int = 1 << 30
    body_bytes: int = 1 << 20
    upload_bytes: int = 5 << 20
    uploads_per_minute: int = 30
    engine: EngineName = "pyshacl"
    stall_seconds: float = 30.0
    slow_after_seconds: float = 0.1
    slow_workers: int = 2
    slow_queries: int = 16
    spares: int = 1
    queue_length: int = 64
    queue_seconds: float = 2.0
    client_seconds: float = 0.0
    client_errors: float = 0.0
    trusted_proxies: frozenset[str] = frozenset()
    sandbox: bool = True
    cache_bytes: int = 64 << 20
    log: str = ""
    token: str = ""
    scratch: Path | None = None
    insecure: bool = False


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Build the settings: what the environment says goes before the file, the file before the defaults.

    Raises:
        RequestError: a setting is unknown or has a wrong value.
        InputError: the file can't be read.
    """
    given = os.environ if environment is None else environment
    told = _read_file(given) | {
        field.name: (f"CROSSTIES_{field.name.upper()}", given[f"CROSSTIES_{field.name.upper()}"])
        for field in fields(Settings)
        if f"CROSSTIES_{field.name.upper()}" in given
    }
    home = told.pop("home", ("", ""))[1]
    settings = Settings(home=Path(home or _default_home(given)))
    values = {
        name: _READERS[name](where, value, getattr(settings, name)) for name, (where, value) in told.items()
    }
    return Settings(home=settings.home, **values)


def _read_file(environment: Mapping[str, str]) -> dict[str, tuple[str, Any]]:
    """Return each setting of the file with the words by which an error names its place."""
    named = environment.get("CROSSTIES_CONFIG")
    path = Path(named or FILE)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if not named:
            return {}
        message = "There is no such file."
        raise InputError(message, where=Location(named), mend="Check CROSSTIES_CONFIG.") from error
    except (OSError, ValueError) as error:
        message = f"The settings can't be read: {error}."
        raise InputError(message, where=Location(str(path)), mend="Write TOML: name = value.") from error
    for name in told.keys() - {field.name for field in fields(Settings)}:
        raise _unknown(path, name)
    return {name: (f"{path}: {name}", value) for name, value in told.items()}


def _unknown(path: Path, name: str) -> RequestError:
    known = [field.name for field in fields(Settings)]
    near = get_close_matches(name, known, n=1)
    mend = f"Did you mean “{near[0]}”?" if near else f"The settings are: {', '.join(known)}."
    return RequestError(f"{path}: there is no setting “{name}”.", mend=mend)


def _default_home(environment: Mapping[str, str]) -> Path:
    """Choose: a checkout keeps its store beside the code, an installed crossties in the user's cache."""
    checkout = find_checkout()
    if checkout:
        return checkout / ".crossties"
    cache = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "crossties"


def _read_number(where: str, told: object, default: float) -> float:
    try:
        value = float(told) if isinstance(told, str | int | float) and not isinstance(told, bool) else 0.0
    except ValueError:
        value = 0.0
    least = 1 if isinstance(default, int) else 0
    if not isfinite(value) or value <= 0 or value < least:
        message = f"{where} must be a number above 0, not “{told}”."
        raise RequestError(message, mend=f"Leave it out, or write it as in {default:g}.")
    return int(value) if isinstance(default, int) else value


def _read_switch(where: str, told: object, default: bool) -> bool:  # noqa: FBT001
    switch = {"on": True, "off": False, True: True, False: False}.get(
        told if isinstance(told, str | bool) else ""
    )
    if switch is None:
        message = f"{where} must be on or off, not “{told}”."
        raise RequestError(message, mend=f"Leave it out for {'on' if default else 'off'}.")
    return switch


def _read_text(where: str, told: object, default: str) -> str:
    if not isinstance(told, str):
        message = f"{where} must be a text, not “{told}”."
        raise RequestError(message, mend=f"Put it between quotes{f', as in “{default}”' if default else ''}.")
    return told


def _read_engine(where: str, told: object, default: EngineName) -> EngineName:
    for name in get_args(EngineName):
        if told == name:
            return cast("EngineName", name)
    message = f"{where} must be {' or '.join(get_args(EngineName))}, not “{told}”."
    raise RequestError(message, mend=f"Leave it out for {default}.")


def _read_address(where: str, told: object, default: str) -> str:
    return _read_text(where, told, default).rstrip("/")


def _read_path(where: str, told: object, _: object) -> Path | None:
    return Path(_read_text(where, told, "")) if told else None


def _read_names(where: str, told: object, _: object) -> frozenset[str]:
    if isinstance(told, list) and all(isinstance(one, str) for one in told):
        return frozenset(told)
    return frozenset(_read_text(where, told, "").replace(",", " ").split())


_BY_TYPE: Final[dict[str, Callable[[str, Any, Any], Any]]] = {
    "int": _read_number,
    "float": _read_number,
    "bool": _read_switch,
    "str": _read_text,
    "Path | None": _read_path,
    "frozenset[str]": _read_names,
    "EngineName": _read_engine,
}
_READERS: Final = {
    field.name: _BY_TYPE[str(field.type)] for field in fields(Settings) if field.name != "home"
} | {"public_url": _read_address}
