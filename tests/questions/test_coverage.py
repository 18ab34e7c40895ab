"""What is told of the graph, as sections and as a page in Markdown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crossties.namespaces import LANGUAGES
from crossties.questions.coverage import Section, read_coverage, write_coverage

Run = Callable[[str], bytes]


def test_the_page_counts_what_is_in_and_tells_what_is_not(world_run: Run) -> None:
    page = write_coverage(world_run)
    assert "| country | partnerships | agreements | memberships | documents |" in page
    assert "| not recorded | " in page
    assert "## What is known to be missing" in page
    assert "## Biases" in page
    assert "{" not in page


def test_each_number_is_one_of_the_graph(world_run: Run) -> None:
    totals = _totals(_sections(world_run, "en"))
    assert totals["agreements"] >= 5
    assert totals["documents read"] >= 3


def test_decades_statuses_and_ends_each_count_every_agreement_and_partnership_once(world_run: Run) -> None:
    told = _sections(world_run, "en")
    totals = _totals(told)
    all_of = totals["agreements"] + totals["partnerships"]
    for key in ("decades", "statuses", "ends"):
        assert sum(int(row.cells[1]) for row in told[key].rows) == all_of, key


def test_documents_are_counted_once_by_how_far_they_were_read(world_run: Run) -> None:
    told = _sections(world_run, "en")
    totals = _totals(told)
    whole, part = (int(row.cells[1]) for row in told["documents"].rows[:2])
    assert whole + part == totals["documents read"]


def test_the_last_row_of_the_files_is_their_sum(world_run: Run) -> None:
    *rows, together = _sections(world_run, "en")["files"].rows
    for column in (1, 2):
        assert sum(int(row.cells[column]) for row in rows) == int(together.cells[column])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_same_sections_with_the_same_figures(world_run: Run, language: str) -> None:
    told, english = read_coverage(world_run, language), read_coverage(world_run, "en")
    assert [one.key for one in told] == [one.key for one in english]
    assert [len(one.points) for one in told] == [len(one.points) for one in english]
    for one, other in zip(told, english, strict=True):
        assert sorted(row.cells[1] for row in one.rows) == sorted(row.cells[1] for row in other.rows), one.key


def _sections(run: Run, language: str) -> dict[str, Section]:
    return {section.key: section for section in read_coverage(run, language)}


def _totals(told: dict[str, Section]) -> dict[str, int]:
    return {row.cells[0]: int(row.cells[1]) for row in told["totals"].rows}
