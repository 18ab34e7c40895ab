from __future__ import annotations

import pytest

from crossties.questions.catalogue import Column, Question
from crossties.results import Cell, Table
from crossties.web.tables import DRAWN, Item, draw_answer, draw_table, shorten_passages

DOCUMENT = "https://w3id.org/crossties/id/document/news"


def question(*columns: Column) -> Question:
    return Question("x/y", "", "", (), columns, (), "")


def drawn(column: Column, *cells: str) -> tuple[Item, ...]:
    table = Table(column.variables, (tuple(Cell(text) for text in cells),))
    return draw_answer(question(column), table).rows[0][0]


def test_an_entity_and_its_label_are_one_cell() -> None:
    assert drawn(Column("place", "entity"), "urn:a", "Alder") == (Item("Alder", "urn:a"),)


def test_a_list_and_its_labels_are_links() -> None:
    assert drawn(Column("party", "list"), "urn:a urn:b", "A; B") == (Item("A", "urn:a"), Item("B", "urn:b"))


def test_labels_that_hold_the_separator_are_shown_unlinked_and_whole() -> None:
    assert drawn(Column("party", "list"), "urn:a", "A; B") == (Item("A; B"),)


def test_a_column_without_a_value_is_empty() -> None:
    table = Table(("place", "placeLabel"), ((None, None),))
    assert draw_answer(question(Column("place", "entity")), table).rows == (((),),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("163000", "163\u202f000"), ("0.5", "0.5"), ("-1234.25", "\u22121\u202f234.25"), ("0", "0")],
)
def test_amounts_are_grouped_for_the_eye(text: str, shown: str) -> None:
    assert drawn(Column("amount", "decimal"), text) == (Item(shown),)


def test_further_passages_of_a_document_are_named_by_their_paragraph() -> None:
    links = [(f"{DOCUMENT}/p1", "News, 2019, paragraph 1"), (f"{DOCUMENT}/p3", "News, 2019, paragraph 3")]
    links += [(f"{DOCUMENT}-2/p1", "Other, paragraph 1"), (f"{DOCUMENT}-2", "Other, the whole")]
    shown = [text for _, text in shorten_passages(links)]
    assert shown == ["News, 2019, paragraph 1", "paragraph 3", "Other, paragraph 1", "Other, the whole"]


def test_a_drawing_knows_how_many_rows_there_are() -> None:
    drawing = draw_table(Table(("x",), ((Cell("1"),),) * (DRAWN + 1)))
    assert (len(drawing.rows), drawing.total) == (DRAWN, DRAWN + 1)
