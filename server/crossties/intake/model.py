"""What is sent, and what is read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from crossties.errors import Location
from crossties.intake.places import Places
from crossties.quads import Quad
from crossties.quads.canonical import digest

Severity = Literal["violation", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("violation", "warning", "info")


@dataclass(frozen=True)
class Upload:
    """One thing sent: the name of its file, its bytes, and the media type that was said of it."""

    name: str
    data: bytes
    media_type: str | None = None


@dataclass(frozen=True)
class Remark:
    """One thing to say about one place of an upload.

    ``focus``, ``path`` and ``value`` are the node, property and value it is about, IRIs in full; ``source``
    is the step that found it, ``code`` which of its findings it is, for machines.
    """

    severity: Severity
    message: str
    where: Location
    suggestion: str | None = None
    source: str = "syntax"
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Intake:
    """One upload, read: its statements as the named graph that it is or would be, and where they stand.

    ``notes`` tell what was assumed in reading, ``problems`` what is wrong with the text itself: each blocks.
    Where the text can't be read at all there are problems and no quads.
    """

    origin: str
    graph: str
    quads: tuple[Quad, ...] = ()
    places: Places = field(default_factory=Places)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Remark, ...] = ()
    problems: tuple[Remark, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Return whether statements were read, be there problems or not."""
        return bool(self.quads)

    def digest(self) -> str:
        """Return the SHA-256 of the statements, in hexadecimal: what is stored has the same one."""
        return digest(self.quads)
