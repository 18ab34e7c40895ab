"""Find the folders that crossties ships: inside the installed package, else in the checkout."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from crossties.errors import HostError

_PACKAGE = Path(str(files("crossties")))
_CHECKOUT = _PACKAGE.parent.parent


@dataclass(frozen=True)
class Content:
    """The shipped folders: ``ontology``, ``shapes``, ``queries`` and ``data``."""

    ontology: Path
    shapes: Path
    queries: Path
    data: Path


def find_content() -> Content:
    """Return the shipped folders.

    Raises:
        HostError: a folder is missing, that is, the installation is broken.
    """
    return Content(*(_folder(name) for name in ("ontology", "shapes", "queries", "data")))


def find_checkout() -> Path | None:
    """Return the root of the checkout that this code runs from, or None when it is installed."""
    return _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else None


def _folder(name: str) -> Path:
    for place in (_PACKAGE / "content" / name, _CHECKOUT / name):
        if place.is_dir():
            return place
    message = f"The folder “{name}” that crossties ships is missing."
    raise HostError(message, mend="Install crossties again, or run it from a whole checkout.")
