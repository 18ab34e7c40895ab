from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from crossties.namespaces import CT, RDFS
from crossties.quads import Literal, NamedNode, Quad
from crossties.store.base import hold_published
from crossties.validation.plain import tidy_cells
from crossties.validation.report import Result
from crossties.validation.surroundings import Surroundings

CELL = Result(
    "a.xlsx", "violation", "Give the sum (ct:amount) to ct:funder.", "shape", sheet="F", row=3, column=2
)


@pytest.fixture
def around() -> Surroundings:
    label = Literal("financier", language="en")
    quad = Quad(NamedNode(CT + "funder"), NamedNode(RDFS + "label"), label, NamedNode("urn:g"))
    return Surroundings(hold_published([quad]), cast("Any", None), cast("Any", None))


def test_of_a_cell_terms_are_told_by_their_labels(around: Surroundings) -> None:
    [told] = tidy_cells([CELL], around, "en")
    assert told.message == "Give the sum to “financier”."


def test_of_a_text_terms_keep_their_names(around: Surroundings) -> None:
    text = replace(CELL, sheet=None, row=None, line=3)
    assert tidy_cells([text], around, "en") == [text]


def test_that_a_value_is_missing_is_no_news_where_the_cell_can_not_be_read(around: Surroundings) -> None:
    unread = replace(CELL, source="sheet", message="“kr” is no currency.", value="kr")
    elsewhere = replace(CELL, column=5)
    told = tidy_cells([unread, CELL, elsewhere], around, "en")
    assert [(one.source, one.column) for one in told] == [("sheet", 2), ("shape", 5)]


def test_the_same_is_said_of_a_cell_once(around: Surroundings) -> None:
    assert len(tidy_cells([CELL, replace(CELL, code="MinInclusive")], around, "en")) == 1
