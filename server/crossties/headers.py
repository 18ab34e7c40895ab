"""Read the TOML header that ``.rq`` files of ours carry in ``#+`` lines above valid SPARQL."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from crossties.errors import InputError, Location

_LINE: Final = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)


def read_header(path: Path) -> tuple[dict[str, Any], str]:
    """Return what the header of a query file says, and the query below it.

    Raises:
        InputError: the file is not UTF-8, or the header is no TOML.
    """
    try:
        source = path.read_text(encoding="utf-8")
        told = tomllib.loads("\n".join(_LINE.findall(source)))
    except ValueError as error:
        message = f"The header of the query is broken: {error}."
        mend = "Write TOML in lines that start with #+."
        raise InputError(message, where=Location(str(path)), mend=mend) from error
    return told, _LINE.sub("", source).strip() + "\n"
