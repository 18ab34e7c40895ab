"""How much of what is read: one upload is the text of one graph, written by people."""

from __future__ import annotations

from typing import Final

#: Bytes of one upload.
MAX_BYTES: Final = 5_000_000
#: Statements of one upload.
MAX_STATEMENTS: Final = 50_000
#: Brackets inside brackets.
MAX_DEPTH: Final = 64
#: Values, and contexts, of one text of JSON-LD.
MAX_VALUES: Final = 4 * MAX_STATEMENTS
MAX_CONTEXTS: Final = 50
#: Places told of one kind of problem; the rest is counted.
MAX_TOLD: Final = 50
