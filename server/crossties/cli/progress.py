"""Show how far a build is, on a terminal only, on the error stream."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from crossties.store.build import Progress

_WIDTH: Final = 24


@contextmanager
def shown_progress() -> Iterator[Progress | None]:
    """Give what a build reports to, or None where nobody looks; the line is wiped at the end."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield _show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _show(stage: str, done: int, total: int) -> None:
    filled = _WIDTH * done // max(total, 1)
    bar = "█" * filled + "░" * (_WIDTH - filled)
    sys.stderr.write(f"\r\x1b[K{bar} {stage} {done}/{total}")
    sys.stderr.flush()
