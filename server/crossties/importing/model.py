"""What an import is told and what it yields: candidates, questions for a human, defects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from crossties.errors import Location
from crossties.importing.building import Graphs
from crossties.intake import Remark, Severity, Upload
from crossties.wording import say

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Settings:
    """What the person who imports says of the list, and of how it is read.

    ``slug`` names the document and the graphs; ``publisher`` is the IRI of a known body or the name of one;
    ``read_on`` and ``issued`` are days (``2026-11-22``). ``version`` is that of the codes in the list,
    ``kind`` the kind of its places, ``local`` the language of names that the list doesn't tag.
    ``country`` is the IRI of the country that it is of.
    """

    slug: str
    title: str
    publisher: str
    read_on: str
    tongue: str = "en"
    url: str = ""
    issued: str = ""
    scheme: str = "nuts"
    version: str = ""
    kind: str = ""
    local: str = ""
    language: str = "en"
    country: str = ""
    mapping: bytes = b""
    decisions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Review:
    """One question for a human: is what a row names the thing that is known? ``score`` is up to 100."""

    row: int
    name: str
    country: str
    own: str
    candidate: str
    label: str
    score: int
    decision: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one import yields.

    ``graphs`` are the candidates by the path of their graph (``agreements/list-finland``), ``reviews`` the
    questions that stay, ``remarks`` the defects and what was assumed.
    """

    graphs: Graphs
    reviews: tuple[Review, ...]
    remarks: tuple[Remark, ...]


class Teller:
    """Collects what is to be told of the rows of one file."""

    def __init__(self, upload: Upload, language: str) -> None:
        self._file = upload.name
        self._language = language
        self.remarks: list[Remark] = []

    def tell(
        self,
        code: str,
        severity: Severity,
        row: int | None,
        column: int | None = None,
        sheet: str | None = None,
        **values: object,
    ) -> None:
        """Add a remark; its sentences are ``importing.<code>.what`` and ``.mend``."""
        what, mend = (say(f"importing.{code}.{part}", self._language, **values) for part in ("what", "mend"))
        where = Location(self._file, column=column if row else None, sheet=sheet, row=row)
        self.remarks.append(Remark(severity, what, where, mend, source="import", code=code))
