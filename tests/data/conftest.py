"""Questions on the shipped data, asked as a script would."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from click.testing import Result


@pytest.fixture
def answer(crossties: Callable[..., Result]) -> Callable[..., list[dict[str, str]]]:
    """Ask a question and return its rows."""

    def run(question: str, **given: str) -> list[dict[str, str]]:
        flags = [word for name, value in given.items() for word in (f"--{name.rstrip('_')}", value)]
        result = crossties("ask", question, *flags, "--format", "csv")
        assert result.exit_code == 0, result.stderr
        return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))

    return run
