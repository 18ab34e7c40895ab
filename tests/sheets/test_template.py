"""The workbook that an officer opens: whole, pretty, in her language, and the same every time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from tests.sheets.conftest import opened

from crossties.errors import RequestError
from crossties.namespaces import LANGUAGES
from crossties.sheets import ListedNames, StoredNames, find_kind, load_kinds, write_template
from crossties.sheets.fields import Book
from crossties.sheets.headings import sheet_name
from crossties.sheets.kinds import Kind
from crossties.sheets.meaning import Meaning
from crossties.sheets.template import ordered
from crossties.store.engine import Collected, Request, evaluate, open_store
from crossties.versions import Version

Templates = Callable[..., bytes]
KINDS = list(load_kinds().values())


def headers(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def test_the_sheets_are_those_of_the_kind_and_of_what_its_rows_name(templates: Templates) -> None:
    book = opened(templates("agreements", "fi"))
    assert book.sheetnames == [
        "Ohje",
        "Sopimukset",
        "Organisaatiot",
        "Virkojen haltijat",
        "Asiakirjat",
        "Luettelot",
        "Tunnetut nimet",
    ]
    assert book.active is not None
    assert book.active.title == "Sopimukset"


def test_headers_are_in_the_language_its_own_texts_first_and_what_is_needed_has_a_star(
    templates: Templates,
) -> None:
    assert headers(opened(templates("agreements", "fi"))["Sopimukset"])[:9] == [
        "Tunnus",
        "Nimi suomeksi",
        "Nimi englanniksi *",
        "Nimi venäjäksi",
        "Nimi ruotsiksi",
        "Laji",
        "Osapuoli 1",
        "Osapuoli 2",
        "Osapuoli 3",
    ]
    money = headers(opened(templates("funding", "ru"))["Финансирование"])
    assert "Вид *" in money
    assert "Получатель *" in money
    assert "Сумма" in money


def test_every_header_has_a_comment_that_says_what_it_means_and_wants(templates: Templates) -> None:
    for sheet in opened(templates("funding", "sv")).worksheets[1:4]:
        for cell in sheet[1]:
            assert cell.comment is not None, cell.value
            assert len(cell.comment.text) > 20


def test_it_opens_as_an_officer_likes_it(templates: Templates) -> None:
    sheet = opened(templates("agreements", "sv"))["Avtal"]
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # type: ignore[union-attr]
    letters = [get_column_letter(number) for number in range(1, sheet.max_column + 1)]
    assert all(sheet.column_dimensions[letter].width >= 11 for letter in letters)
    needed, optional = sheet["C1"], sheet["A1"]
    assert needed.font.bold
    assert needed.fill.fgColor.rgb != optional.fill.fgColor.rgb


def test_dates_are_text_so_that_a_year_stays_a_year_and_money_has_its_format(templates: Templates) -> None:
    sheet = opened(templates("funding", "en"))["Funding"]
    looks = {
        header: sheet.column_dimensions[get_column_letter(number)].number_format
        for number, header in enumerate(headers(sheet), start=1)
    }
    assert looks["From"] == "@"
    assert looks["Amount"] == "#,##0.00"
    assert looks["Share part"] == "0"


def test_drop_downs_lead_to_lists_that_are_there(templates: Templates) -> None:
    book = opened(templates("agreements", "ru"))
    sheet = book["Соглашения"]
    assert len(sheet.data_validations.dataValidation) > 15
    for one in sheet.data_validations.dataValidation:
        name, _, cells = str(one.formula1).partition("!")
        column, first, _, last = range_boundaries(cells.replace("$", ""))
        listed = book[name.strip("'")]
        assert all(listed.cell(row, column or 0).value for row in range(first or 0, (last or 0) + 1))
        assert one.prompt


def test_a_drop_down_has_the_codes_of_the_shapes_in_the_language(templates: Templates) -> None:
    book = opened(templates("funding", "fi"))
    values = {cell.value for column in book["Luettelot"].iter_cols() for cell in column}
    assert {"avustus", "talousarvio", "EUR", "kyllä"} <= values


def test_known_things_stand_with_kind_country_and_iri(names: ListedNames, templates: Templates) -> None:
    sheet = opened(templates("organisations", "sv"))["Kända namn"]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, max_col=4, values_only=True)}
    assert rows["Kotka"][3] == "https://w3id.org/crossties/id/place/kotka"
    assert names.by_iri(str(rows["Kotka"][3])) is not None


def test_every_entry_of_every_drop_down_means_exactly_one_thing(
    book: Book, names: ListedNames, templates: Templates
) -> None:
    workbook = opened(templates("agreements", "sv"))
    meaning = Meaning(book, names, "sv")
    kind = find_kind("agreements")
    sheet = workbook["Avtal"]
    by_column = dict(enumerate(ordered(book.fields(kind), "sv"), start=1))
    checked = 0
    for one in sheet.data_validations.dataValidation:
        name, _, cells = str(one.formula1).partition("!")
        column, first, _, last = range_boundaries(cells.replace("$", ""))
        field = by_column[range_boundaries(str(one.sqref))[0] or 0]
        for row in range(first or 0, (last or 0) + 1):
            text = str(workbook[name.strip("'")].cell(row, column or 0).value)
            found = meaning.thing(text, field) if field.takes == "thing" else meaning.concept(text, field)
            assert found.value is not None, (field.key, text, found.said)
            checked += 1
    assert checked > 500


def test_the_guide_tells_every_column(book: Book, templates: Templates) -> None:
    workbook = opened(templates("events", "en"))
    told = {cell.value for cell in workbook["Guide"]["A"]}
    for kind in (find_kind("events"), find_kind("documents")):
        assert {book.header(kind, field, "en") for field in book.fields(kind)} <= told


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_two_columns_of_a_kind_share_a_header_in_any_language(kind: Kind, book: Book) -> None:
    meant: dict[str, set[str]] = {}
    for language in LANGUAGES:
        mine = [book.header(kind, field, language) for field in book.fields(kind)]
        assert len(set(mine)) == len(mine)
        assert all(mine)
        for field, header in zip(book.fields(kind), mine, strict=True):
            meant.setdefault(header.casefold(), set()).add(field.key)
    assert {header: keys for header, keys in meant.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_has_a_meaning_in_every_language(kind: Kind, book: Book) -> None:
    for language in LANGUAGES:
        assert all(book.meaning(field, language) for field in book.fields(kind))


def test_the_same_template_is_the_same_bytes(names: ListedNames) -> None:
    first, second = (write_template("places", language="fi", names=names) for _ in range(2))
    assert first == second


def test_sheet_names_are_short_enough_and_apart_in_every_language() -> None:
    for language in LANGUAGES:
        mine = [sheet_name(kind.name, language) for kind in KINDS]
        assert len(set(mine)) == len(mine)
        assert max(len(name) for name in mine) <= 31


def test_a_kind_that_there_is_not_is_told_with_those_that_there_are() -> None:
    assert find_kind("Agreement").name == "agreements"
    with pytest.raises(RequestError, match="treaties") as caught:
        find_kind("treaties")
    assert "agreements" in caught.value.mend


def test_columns_of_one_property_stand_together(book: Book) -> None:
    for kind in KINDS:
        columns = [field.column for field in ordered(book.fields(kind), "ru")]
        changes = [second for first, second in pairwise(columns) if first != second]
        assert len(changes) == len(set(changes)), kind.name


def test_the_names_of_a_store_serve_a_template(world_version: Version) -> None:
    store = open_store(world_version.store)

    def run(query: str) -> bytes:
        sink = Collected()
        evaluate(store, Request(query, format="json"), sink)
        return sink.body

    names = StoredNames(world_version.labels(), run)
    book = opened(write_template("organisations", language="fi", names=names))
    rows = list(book["Tunnetut nimet"].iter_rows(min_row=2, max_col=4, values_only=True))
    assert ("Leppä", "kunta", "Koivumaa", "https://w3id.org/crossties/id/place/alder") in rows
