"""The errors a person may see: each says what is wrong, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Location:
    """A place in something a person sent, counted from 1.

    In a text ``line`` and ``column``, a character; in a workbook ``sheet``, ``row`` and ``column``, a cell;
    in a table of text ``row`` and ``column``.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    row: int | None = None

    @property
    def cell(self) -> str | None:
        """Return the cell as spreadsheets name it: ``C4``, or ``4`` for a whole row."""
        if self.row is None:
            return None
        return f"{_letters(self.column or 0)}{self.row}"

    def __str__(self) -> str:
        """Write ``a.ttl:3:7``, ``a.csv:C4`` or ``a.xlsx:Agreements!C4``."""
        place = (self.line, self.column) if self.row is None else (self.cell,)
        within = f"{self.sheet}!" if self.sheet is not None and self.row is not None else self.sheet or ""
        told = ":".join(str(number) for number in place if number is not None)
        return ":".join(part for part in (self.file, within + told) if part)


def _letters(column: int) -> str:
    """Name a column as spreadsheets do: 1 is A, 27 is AA, and 0, no column, is nothing."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class CrosstiesError(Exception):
    """Base of every error that is reported to a person and never shown as a traceback.

    ``exit_code`` is what the command line ends with, ``status`` the HTTP status, ``slug`` names the
    kind in problem documents (RFC 9457).
    """

    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, what: str, *, mend: str = "", where: Location | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.where = where

    def __str__(self) -> str:
        start = f"{self.where}: " if self.where else ""
        end = f"\n{self.mend}" if self.mend else ""
        return f"{start}{self.what}{end}"


class NotConformingError(CrosstiesError):
    """The data that was checked breaks a rule."""

    exit_code = 1
    status = 422
    slug = "not-conforming"
    title = "The data breaks a rule"


class RequestError(CrosstiesError):
    """A question, parameter or value that is not understood; ``parameter`` names the one at fault."""

    exit_code = 2
    status = 400
    slug = "bad-request"
    title = "The request is not understood"
    parameter: str = ""


class RefusedError(CrosstiesError):
    """Something that is understood and is not allowed here, such as an update."""

    exit_code = 2
    status = 403
    slug = "refused"
    title = "Not allowed here"


class UnauthorizedError(CrosstiesError):
    """A change that needs a token, sent without one or with a wrong one."""

    exit_code = 2
    status = 401
    slug = "unauthorized"
    title = "A token is needed here"


class MethodError(CrosstiesError):
    """An HTTP method that an address does not answer; ``allowed`` lists those that it does."""

    exit_code = 2
    status = 405
    slug = "method"
    title = "This address does not answer that method"

    def __init__(self, what: str, *, mend: str = "", allowed: tuple[str, ...] = ()) -> None:
        super().__init__(what, mend=mend)
        self.allowed = allowed


class UnknownNameError(RequestError):
    """A name that nothing, or more than one thing, answers to; ``candidates`` lists what was near."""

    slug = "unknown-name"
    title = "The name is not known, or not clear"

    def __init__(self, what: str, *, mend: str = "", candidates: tuple[str, ...] = ()) -> None:
        super().__init__(what, mend=mend)
        self.candidates = candidates


class NotFoundError(CrosstiesError):
    """An address or question that does not exist."""

    exit_code = 2
    status = 404
    slug = "not-found"
    title = "Nothing is here"


class GoneError(CrosstiesError):
    """An address of something that was here and was withdrawn."""

    exit_code = 2
    status = 410
    slug = "gone"
    title = "This was withdrawn"


class ConflictError(CrosstiesError):
    """A change that was made on top of what is no longer there, or that doesn't go with what is there now."""

    exit_code = 1
    status = 409
    slug = "conflict"
    title = "Something else has changed meanwhile"


class NotAcceptableError(CrosstiesError):
    """None of the formats that the client accepts can be had."""

    exit_code = 2
    status = 406
    slug = "not-acceptable"
    title = "None of the accepted formats can be had"


class MediaTypeError(CrosstiesError):
    """A request body of a type that this address does not read."""

    exit_code = 2
    status = 415
    slug = "media-type"
    title = "The body has a type that is not read here"


class TooLargeError(CrosstiesError):
    """Something sent is larger than the published limit."""

    exit_code = 3
    status = 413
    slug = "too-large"
    title = "Too large"


class InputError(CrosstiesError):
    """A file that can't be read or parsed."""

    exit_code = 3
    status = 400
    slug = "unreadable-input"
    title = "The input can't be read"


class QuerySyntaxError(CrosstiesError):
    """A SPARQL query that does not parse, or asks for what is refused."""

    exit_code = 3
    status = 400
    slug = "malformed-query"
    title = "The query is not understood"


class HostError(CrosstiesError):
    """The machine stands in the way: port in use, disk read-only, folder missing."""

    exit_code = 4
    status = 503
    slug = "environment"
    title = "The machine stands in the way"


class QueryStoppedError(CrosstiesError):
    """A query that was stopped at a limit of time or memory."""

    exit_code = 5
    status = 503
    slug = "query-stopped"
    title = "The query was stopped"


class CheckStoppedError(CrosstiesError):
    """A check of an upload that was stopped at a limit of time or memory, or that died."""

    exit_code = 5
    status = 503
    slug = "check-stopped"
    title = "The check was stopped"


class BusyError(CrosstiesError):
    """Every worker is taken; ``retry_after`` is in seconds."""

    exit_code = 5
    status = 503
    slug = "busy"
    title = "The service is busy"
    retry_after: int = 2


class BudgetError(BusyError):
    """A client that has used up its minute of queries or of failures; ``retry_after`` is in seconds."""

    status = 429
    slug = "budget"
    title = "Your budget for this minute is used up"

    def __init__(self, what: str, *, mend: str = "", retry_after: int = 60) -> None:
        super().__init__(what, mend=mend)
        self.retry_after = retry_after
