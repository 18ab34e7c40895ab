"""What is asked and answered about contributions, between web process, helpers and commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from crossties.errors import CrosstiesError, RefusedError
from crossties.instance import Instance
from crossties.journal import Contribution, Entry, Person
from crossties.journal.state import Ground


@dataclass(frozen=True)
class Sent:
    """What is to be judged: the upload, and the graph that it replaces, "" for a new one.

    ``based_on`` is the digest of the text that it was made of, "" for the present one. ``taken`` are names of
    graphs that others wait for, ``day`` the one on which it came, ``language`` that of who reads the report.
    """

    name: str
    data: bytes
    media_type: str = ""
    graph: str = ""
    based_on: str = ""
    taken: tuple[str, ...] = ()
    language: str = "en"
    day: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was found; ``text`` is what would be stored, as canonical N-Quads, empty if it can't be read."""

    graph: str
    based_on: str | None
    conforms: bool
    report: dict[str, Any]
    difference: dict[str, Any]
    text: bytes = b""


@dataclass(frozen=True)
class Wish:
    """What somebody wants done with the contribution, the entry or the conflict of a number.

    ``take`` and ``keep`` decide a conflict between a file and what is here. ``forced`` takes an entry back
    even where what stays breaks a rule then.
    """

    do: Literal["accept", "roll back", "take", "keep"]
    number: int
    by: Person
    note: str = ""
    forced: bool = False


@dataclass(frozen=True)
class Done:
    """What became of a wish: the entry that it made, if it made one, or why not."""

    entry: Entry | None = None
    error: CrosstiesError | None = None


def require_ground(instance: Instance) -> Ground:
    """Return what the versions of an instance are made of.

    Raises:
        RefusedError: it takes no contributions.
    """
    if instance.ground is None or instance.settings.scratch is not None:
        message = "This store takes no contributions."
        raise RefusedError(message, mend="Serve data without --writable.")
    return instance.ground


def require_other(person: Person, found: Contribution) -> None:
    """Return where somebody else than the contributor judges.

    Raises:
        RefusedError: it is one's own contribution.
    """
    if person.is_called(found.by):
        message = f"Contribution {found.id} is your own."
        raise RefusedError(message, mend="Somebody else reviews it.")


def tell_first(report: Mapping[str, Any]) -> str:
    """Return what a report says first of what keeps it from conforming."""
    broken = [one for one in report["results"] if one["severity"] == "violation"]
    if not broken:
        return ""
    more = f" ({len(broken) - 1} more)" if len(broken) > 1 else ""
    about = " · ".join(str(broken[0][name]) for name in ("focus", "path", "value") if broken[0].get(name))
    return f"{broken[0]['message']} [{about}]{more}" if about else f"{broken[0]['message']}{more}"
