"""Settings, built once at the start from the environment and the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from crossties.errors import RequestError
from crossties.namespaces import BASE
from crossties.resources import find_checkout


@dataclass(frozen=True)
class Settings:
    """How this instance runs; every field can be set by ``CROSSTIES_<NAME>``.

    ``home`` holds the built store versions. ``authority`` is the IRI prefix that the instance answers for,
    ``public_url`` where it stands ("" = wherever the client asked). Times are in seconds, sizes in bytes.

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
    """Build the settings from ``CROSSTIES_*`` variables.

    Raises:
        RequestError: a variable holds something other than the number that it must hold.
    """
    given = os.environ if environment is None else environment
    defaults = Settings(home=Path(given.get("CROSSTIES_HOME") or _default_home(given)))
    return Settings(
        home=defaults.home,
        authority=given.get("CROSSTIES_AUTHORITY", defaults.authority),
        public_url=given.get("CROSSTIES_PUBLIC_URL", defaults.public_url).rstrip("/"),
        workers=int(_number(given, "WORKERS", defaults.workers)),
        cpu_seconds=_number(given, "CPU_SECONDS", defaults.cpu_seconds),
        wall_seconds=_number(given, "WALL_SECONDS", defaults.wall_seconds),
        memory_bytes=int(_number(given, "MEMORY_BYTES", defaults.memory_bytes)),
        body_bytes=int(_number(given, "BODY_BYTES", defaults.body_bytes)),
        stall_seconds=_number(given, "STALL_SECONDS", defaults.stall_seconds),
        slow_after_seconds=_number(given, "SLOW_AFTER_SECONDS", defaults.slow_after_seconds),
        slow_workers=int(_number(given, "SLOW_WORKERS", defaults.slow_workers)),
        slow_queries=int(_number(given, "SLOW_QUERIES", defaults.slow_queries)),
        spares=int(_number(given, "SPARES", defaults.spares)),
        queue_length=int(_number(given, "QUEUE_LENGTH", defaults.queue_length)),
        queue_seconds=_number(given, "QUEUE_SECONDS", defaults.queue_seconds),
        client_seconds=_number(given, "CLIENT_SECONDS", defaults.client_seconds),
        client_errors=_number(given, "CLIENT_ERRORS", defaults.client_errors),
        trusted_proxies=frozenset(given.get("CROSSTIES_TRUSTED_PROXIES", "").replace(",", " ").split()),
        sandbox=given.get("CROSSTIES_SANDBOX", "on") != "off",
        cache_bytes=int(_number(given, "CACHE_BYTES", defaults.cache_bytes)),
        log=given.get("CROSSTIES_LOG", ""),
        token=given.get("CROSSTIES_TOKEN", ""),
        scratch=Path(given["CROSSTIES_SCRATCH"]) if given.get("CROSSTIES_SCRATCH") else None,
        insecure=given.get("CROSSTIES_INSECURE", "off") == "on",
    )


def _default_home(environment: Mapping[str, str]) -> Path:
    """Choose: a checkout keeps its store beside the code, an installed crossties in the user's cache."""
    checkout = find_checkout()
    if checkout:
        return checkout / ".crossties"
    cache = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "crossties"


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(f"CROSSTIES_{name}")
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    least = 1 if isinstance(default, int) else 0
    if not isfinite(value) or value <= 0 or value < least:
        message = f"CROSSTIES_{name} must be a number above 0, not “{text}”."
        raise RequestError(message, mend=f"Leave it out, or write it as in {default:g}.")
    return value
