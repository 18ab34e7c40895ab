"""What a start loads: as little as the first answer needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import crossties

#: What pages, checks and counters need, and no answer to a query.
LATER = {"flask", "jinja2", "a2wsgi", "prometheus_client", "rdflib", "pyshacl", "openpyxl"}


@pytest.mark.parametrize("module", ["crossties.web.serve", "crossties.web.asgi", "crossties.cli.serve"])
def test_the_first_answer_waits_for_no_more_than_it_needs(module: str) -> None:
    assert loaded_by(module) & LATER == set()


def test_pages_load_no_second_engine() -> None:
    assert loaded_by("crossties.web.behind") & {"rdflib", "pyshacl", "openpyxl"} == set()


def loaded_by(module: str) -> set[str]:
    """Return the modules that a fresh process has after importing one of ours."""
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        env={**os.environ, "PYTHONPATH": str(Path(crossties.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split())
