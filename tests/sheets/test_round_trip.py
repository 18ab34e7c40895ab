"""From template to filled row to statements that conform, for every kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.sheets.conftest import GRAPH_HERE, opened, save

from crossties.intake import Intake, Upload
from crossties.namespaces import BASE, CT, DCT, GRAPH, LANGUAGES
from crossties.quads import NamedNode, Quad, lint, parse_file
from crossties.resources import Content
from crossties.sheets import ListedNames, load_kinds, read_sheet
from crossties.validation.rules import find_rule_results
from crossties.validation.shapes import find_shape_results

Templates = Callable[[str, str], bytes]
KINDS = tuple(load_kinds())
FEW = {"places"}


def example_as_row(data: bytes, *, new_id: str = "") -> bytes:
    """Let the template's example be a row: its first cell gets a real id."""
    book = opened(data)
    cell = book.worksheets[1].cell(2, 1)
    cell.value = str(cell.value).partition(": ")[2] + new_id
    return save(book)


def read_example(templates: Templates, kind: str, language: str, names: ListedNames) -> Intake:
    upload = Upload(f"{kind}.xlsx", example_as_row(templates(kind, language)))
    return read_sheet(upload, graph=GRAPH_HERE, names=names, language=language, day=date(2026, 11, 22))


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_each_template_reads_without_a_problem(
    kind: str, templates: Templates, names: ListedNames
) -> None:
    intake = read_example(templates, kind, "fi", names)
    assert [one.message for one in intake.problems] == []
    assert not lint(intake.quads)


@pytest.mark.parametrize(
    "kind", [one if one in FEW else pytest.param(one, marks=pytest.mark.slow) for one in KINDS]
)
def test_templates_in_all_languages_say_the_same(kind: str, templates: Templates, names: ListedNames) -> None:
    read = [set(read_example(templates, kind, language, names).quads) for language in LANGUAGES]
    assert read[0]
    assert all(one == read[0] for one in read)


@pytest.mark.slow
def test_the_examples_of_all_templates_conform_to_shapes_and_rules(
    templates: Templates, names: ListedNames, shipped_quads: list[Quad], content: Content
) -> None:
    found = [quad for kind in KINDS for quad in read_example(templates, kind, "sv", names).quads]
    subjects = {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}
    together = [*shipped_quads, *found]
    results = [
        *find_shape_results(together, content.shapes, language="en"),
        *find_rule_results(together, content.shapes, language="en"),
    ]
    assert [one for one in results if one.focus in subjects and one.severity == "violation"] == []


def test_a_filled_agreement_says_what_the_graph_has_of_it(
    templates: Templates, names: ListedNames, content: Content
) -> None:
    intake = read_example(templates, "agreements", "fi", names)
    path = content.data / "agreements" / "kotka-saint-petersburg-2018.ttl"
    theirs = {(one.subject, one.predicate, one.object) for one in parse_file(path, graph=GRAPH + "x").quads}
    ours = {
        (one.subject, one.predicate, one.object)
        for one in intake.quads
        if one.predicate.value != DCT + "created"
    }
    assert ours <= theirs
    agreement = NamedNode(BASE + "id/agreement/kotka-saint-petersburg-2018")
    left = {name.value for thing, name, _ in theirs - ours if thing == agreement}
    assert left == {DCT + "description", "http://www.w3.org/2004/02/skos/core#altLabel"}


@pytest.mark.parametrize(
    ("kind", "file", "left_out"),
    [
        ("funding", "funding/skbic-2019.ttl", set()),
        ("people", "organisations/kotka.ttl", set()),
        ("organisations", "organisations/kotka.ttl", set()),
        ("events", "agreements/kotka-saint-petersburg-2018.ttl", set()),
        ("places", "places/kymenlaakso.ttl", {CT + "code"}),
        ("documents", "evidence/kotka-2018.ttl", {CT + "checksum"}),
        ("objectives", "plans/kotka-saint-petersburg-2019-2021.ttl", set()),
    ],
)
def test_rows_of_real_data_give_back_the_statements_of_real_data(
    kind: str, file: str, left_out: set[str], templates: Templates, names: ListedNames, content: Content
) -> None:
    intake = read_example(templates, kind, "sv", names)
    theirs = {
        (one.subject, one.predicate, one.object)
        for one in parse_file(content.data / file, graph=GRAPH + "x").quads
    }
    ours = {
        (one.subject, one.predicate, one.object)
        for one in intake.quads
        if one.predicate.value != DCT + "created"
    }
    assert ours <= theirs
    row = next(one.subject for one in intake.quads if one.predicate.value != DCT + "created")
    assert {name.value for thing, name, _ in theirs - ours if thing == row} == left_out


def test_the_same_workbook_gives_the_same_statements_and_places(
    templates: Templates, names: ListedNames
) -> None:
    first, second = (read_example(templates, "agreements", "ru", names) for _ in range(2))
    assert first.quads == second.quads
    assert first.places == second.places
    assert first.digest() == second.digest()


def test_every_statement_remembers_its_cell(templates: Templates, names: ListedNames) -> None:
    intake = read_example(templates, "agreements", "sv", names)
    data = example_as_row(templates("agreements", "sv"))
    sheet = opened(data)["Avtal"]
    for quad in intake.quads:
        where = intake.places.statements[quad]
        if quad.predicate.value == DCT + "created":
            continue
        assert (where.file, where.sheet, where.row) == ("agreements.xlsx", "Avtal", 2)
        assert sheet.cell(2, where.column or 0).value is not None


def test_a_table_of_text_with_the_same_cells_says_the_same(templates: Templates, names: ListedNames) -> None:
    sheet = opened(example_as_row(templates("agreements", "sv")))["Avtal"]
    lines = [";".join(f'"{cell.value}"' if cell.value is not None else "" for cell in row) for row in sheet]
    data = "\r\n".join(lines).encode("cp1252", "replace")
    text = read_sheet(Upload("avtal.csv", data), graph=GRAPH_HERE, names=names, language="sv")
    whole = read_example(templates, "agreements", "sv", names)
    cyrillic = {one for one in whole.quads if getattr(one.object, "language", None) == "ru"}
    made = {one for one in whole.quads if one.predicate.value == DCT + "created"}
    assert set(text.quads) >= set(whole.quads) - cyrillic - made
