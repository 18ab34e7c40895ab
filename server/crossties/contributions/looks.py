"""What is seen in the statements of an upload, without looking into the upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Looked:
    """The name of the graph, what it replaces, what it lacks, and what it changes.

    ``based_on`` is the digest of the text that is replaced; ``missing`` are statements to be added, as
    N-Triples; ``text`` is what would be stored, as canonical N-Quads.
    """

    graph: str
    based_on: str | None
    missing: bytes
    difference: dict[str, Any]
    text: bytes
