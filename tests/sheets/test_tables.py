"""Tables of text as Excel writes them in the north: what is assumed is said."""

from __future__ import annotations

import codecs

import pytest
from tests.sheets.conftest import Read, codes, told

from crossties.namespaces import BASE, CT

HEADER = "Kind;Funder 1;Recipient;Amount;Currency;From;Source 1: document;Source 1: paragraphs that state it"
ROW = "grant;City of Kotka;skbic;12 000,50;SEK;1.2.2031;kotka-2018;2, 4"
TEXT = f"{HEADER}\r\n{ROW}\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("cp1252"), "UTF-8"),
        (TEXT.replace("City of Kotka", "Umeå kommun;").replace(";;", ";").encode("cp1252"), "cp1252"),
        (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16-LE"),
        (TEXT.replace("City of Kotka", "Город Котка").encode("cp1251"), "cp1251"),
    ],
)
def test_the_encoding_is_found_and_said(data: bytes, encoding: str, read: Read) -> None:
    note = told(read(data, "funding.csv"), "table-read")
    assert encoding in note.message
    assert "“;”" in note.message


@pytest.mark.parametrize(("separator", "name"), [(";", ";"), (",", ","), ("\t", "tab"), ("|", "|")])
def test_the_separator_is_found_and_said(separator: str, name: str, read: Read) -> None:
    cells = [f'"{cell}"' for cell in ROW.split(";")]
    text = "\n".join([separator.join(HEADER.split(";")), separator.join(cells)])
    intake = read(text.encode(), "funding.csv")
    assert f"“{name}”" in told(intake, "table-read").message
    assert codes(intake) == []


def test_a_table_gives_statements_with_row_and_column(read: Read) -> None:
    intake = read(TEXT.replace(" ", "\u00a0").encode(), "funding.csv")
    assert codes(intake) == []
    amount = next(one for one in intake.quads if one.predicate.value == CT + "amount")
    assert amount.object.value == "12000.5"  # type: ignore[union-attr]
    where = intake.places.statements[amount]
    assert (where.sheet, where.row, where.column, where.cell) == (None, 2, 4, "D2")


def test_a_line_that_names_the_separator_is_obeyed(read: Read) -> None:
    intake = read(("sep=|\n" + TEXT.replace(";", "|")).encode(), "funding.csv")
    assert codes(intake) == []
    assert {one.row for one in intake.places.statements.values()} == {3}


def test_line_breaks_in_a_cell_dont_shift_the_rows(read: Read) -> None:
    text = TEXT + ROW.replace("City of Kotka", '"City of\nKotka"').replace("2031", "2032") + "\n"
    text += ROW.replace("2031", "2/1/2033") + "\n"
    intake = read(text.encode(), "funding.csv")
    assert told(intake, "date-in-words").where.row == 4


def test_the_kind_of_a_table_is_found_by_its_headers_whatever_the_file_is_called(read: Read) -> None:
    intake = read(TEXT.encode(), "export 2031 (1).csv")
    assert {one.object.value for one in intake.quads if one.predicate.value.endswith("#type")} == {  # type: ignore[union-attr]
        CT + "Funding"
    }
    assert all(getattr(one.subject, "value", "").startswith(BASE) for one in intake.quads)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-upload"),
        (b"  \r\n ", "empty-upload"),
        (b'a;b\n"open', "broken-table"),
        (b"\x89PNG\0\0\0\0\1\2\3", "not-a-table"),
        (b"nothing;of;ours\n1;2;3\n", "no-table"),
        (b"x" * (5 * 1024 * 1024 + 1), "large-table"),
    ],
)
def test_what_is_no_table_of_ours_is_told(data: bytes, code: str, read: Read) -> None:
    intake = read(data, "upload.csv")
    assert intake.quads == ()
    assert codes(intake) == [code]
