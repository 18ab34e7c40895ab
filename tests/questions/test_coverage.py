"""The page that tells what is in the graph."""

from __future__ import annotations

from collections.abc import Callable

from crossties.questions.coverage import write_coverage


def test_the_page_counts_what_is_in_and_tells_what_is_not(world_run: Callable[[str], bytes]) -> None:
    page = write_coverage(world_run)
    assert "| country | partnerships | agreements | memberships | documents |" in page
    assert "| not-recorded | " in page
    assert "## What is known to be missing" in page
    assert "## Biases" in page


def test_each_number_is_one_of_the_graph(world_run: Callable[[str], bytes]) -> None:
    lines = dict(
        line.split(" | ")[:2] for line in write_coverage(world_run).splitlines() if line.startswith("| ")
    )
    assert int(lines["| agreements"].rstrip(" |")) >= 5
    assert int(lines["| documents read"].rstrip(" |")) >= 3
