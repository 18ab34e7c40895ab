"""Turn a cell into terms, by what its column takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from crossties.errors import RequestError
from crossties.namespaces import LANGUAGES, RDF
from crossties.quads import Literal, iri, literal
from crossties.quads.terms import NamedNode, Term
from crossties.sheets.days import read_date, read_day
from crossties.sheets.drafts import Draft, place
from crossties.sheets.fields import Book, Field, Takes
from crossties.sheets.grid import Cell, tidy
from crossties.sheets.headings import header_of
from crossties.sheets.meaning import Meaning
from crossties.sheets.names import plain
from crossties.sheets.numbers import read_amount, read_decimal, read_integer
from crossties.sheets.said import Reading, Said, Teller, accept, refuse
from crossties.wording import read_words

_SEVERAL: Final = re.compile(r"\s*[;\n]\s*")
_DATE_TYPES: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}
_PARAGRAPHS: Final = re.compile(r"(?:p|§|¶)?\s?(\d{1,4})(?:\s?[-\u2013]\s?(?:p|§)?(\d{1,4}))?", re.ASCII)
_MANY_PARAGRAPHS: Final = 100
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ITEM: Final = re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)", re.ASCII)
_PLACE_NUMBER: Final = re.compile(r"(?:https?://(?:www\.|sws\.)?geonames\.org/)(\d+)(?:/.*)?", re.ASCII)
_MONEY: Final = re.compile(r"[A-Za-z]{3}")
_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"
_POINT: Final = re.compile(r"\s*(?:;|,\s|\s)\s*")
_DECIMAL: Final = re.compile(r"-?\d{1,3}(?:[.,]\d+)?", re.ASCII)


class CellReader:
    """Reads the cells of rows, each once, and tells what is to be said of them."""

    def __init__(self, book: Book, meaning: Meaning, teller: Teller) -> None:
        self._book = book
        self._meaning = meaning
        self._teller = teller

    def values(self, draft: Draft, key: str) -> list[Term]:
        """Return the terms of a field of a row; none where the cell is empty or can't be read."""
        if key not in draft.values:
            draft.values[key] = []
            field, cell = draft.field(key), draft.cells.get(key)
            if field is not None and cell is not None:
                draft.values[key] = list(self._terms(draft, field, cell))
        return draft.values[key]

    def _terms(self, draft: Draft, field: Field, cell: Cell) -> Iterator[Term]:
        for part in self._parts(field, cell):
            found = self._read(draft, field, part)
            for said in found.said:
                self._tell(draft, field, said)
            if found.value is not None:
                yield self._term(field, found.value)

    def _parts(self, field: Field, cell: Cell) -> list[Cell]:
        """Return the cell, or one for each of the values that stand in it."""
        if not isinstance(cell.value, str):
            return [cell]
        texts = (
            _SEVERAL.split(cell.value.strip())
            if field.is_several and field.takes != "paragraphs"
            else [cell.value]
        )
        if field.takes == "point":
            texts = [cell.value]
        return [
            Cell(cell.row, cell.column, tidy(text), cell.look, cell.link) for text in texts if text.strip()
        ]

    def _read(self, draft: Draft, field: Field, cell: Cell) -> Reading:
        text = cell.text
        if field.takes == "thing":
            return self._meaning.thing(text, field)
        if field.takes == "concept":
            return self._meaning.concept(text, field)
        if field.takes == "property":
            return self._property(draft, text)
        if field.column.name == "amount":
            return self._amount(draft, cell)
        if field.takes == "boolean":
            return _boolean(cell, self._teller.language)
        return _READERS.get(field.takes, _plain)(cell)

    def _amount(self, draft: Draft, cell: Cell) -> Reading:
        """Read a sum with the currency of its row; one that the sum itself names fills the empty cell."""
        own = draft.text("currency").upper() or None
        found, named = read_amount(cell.value, own)
        if named:
            draft.values["currency"] = [literal(named)]
        return found

    def _property(self, draft: Draft, text: str) -> Reading:
        """Return the property of the column that a header in any language, or a key, names."""
        kind, wanted = draft.table.kind, plain(text.replace("*", ""))
        for field in self._book.fields(kind):
            if not field.column.node and field.iri != RDF + "type":
                headers = [self._book.header(kind, field, tag) for tag in LANGUAGES]
                names = [field.key, field.column.name, header_of(draft.table, field, self._book, "en")]
                if wanted in {plain(one) for one in (*headers, *names)}:
                    return accept(field.iri)
        return refuse("column-unknown", cell=text)

    def _tell(self, draft: Draft, field: Field, said: Said) -> None:
        header = header_of(draft.table, field, self._book, self._teller.language)
        full = Said(said.code, said.severity, {**said.values, "header": header})
        focus = draft.iris.get(field.column.node)
        self._teller.tell(full, place(draft, field.key, self._teller), focus=focus, path=field.iri)

    def _term(self, field: Field, value: str) -> Term:
        match field.takes:
            case "text":
                return Literal(value, language=field.tag)
            case "thing" | "concept" | "address" | "match" | "property":
                return iri(value)
            case "date" | "day":
                return literal(value, _DATE_TYPES[len(value)])
            case "decimal" | "integer" | "boolean":
                return literal(value, field.takes)
            case "point":
                return Literal(value, datatype=NamedNode(_WKT))
            case _:
                return literal(value)


def read_paragraphs(text: str) -> tuple[list[int], Reading]:
    """Return the numbers of paragraphs: “2; 4-6” is 2, 4, 5, 6; what is no number is refused."""
    found: list[int] = []
    for part in re.split(r"[;,\s]+(?![-\u2013])", re.sub(r"\s*([-\u2013])\s*", r"\1", text.strip())):
        match = _PARAGRAPHS.fullmatch(part.casefold())
        if not part:
            continue
        first = int(match[1]) if match else 0
        last = int(match[2]) if match and match[2] else first
        if not match or not 0 < first <= last or last - first > _MANY_PARAGRAPHS:
            return [], refuse("not-paragraphs", cell=text[:80])
        found += range(first, last + 1)
    return list(dict.fromkeys(found)), Reading()


def _plain(cell: Cell) -> Reading:
    """Read what is text anyway: a number of a decision, a version."""
    return accept(cell.text)


def _named(cell: Cell) -> Reading:
    """Read a name or another text; a number is one too, which is said."""
    text = cell.text
    return accept(text) if isinstance(cell.value, str) else accept(text, "number-as-text", cell=text)


def _language(cell: Cell) -> Reading:
    text = cell.text
    return accept(text.lower()) if _TAG.fullmatch(text.lower()) else refuse("not-a-language", cell=text)


def _boolean(cell: Cell, language: str) -> Reading:
    """Read yes and no in every language."""
    wanted = plain(str(cell.value))
    for value in ("true", "false"):
        words = {
            value,
            *(word for tag in LANGUAGES for word in read_words("sheets", tag)[f"word.{value}"].split("|")),
        }
        if wanted in words:
            return accept(value)
    own = read_words("sheets", language)
    yes, no = (own[f"word.{value}"].partition("|")[0] for value in ("true", "false"))
    return refuse("not-yes-or-no", cell=cell.shown, yes=yes, no=no)


def _currency(cell: Cell) -> Reading:
    text = cell.text
    if _MONEY.fullmatch(text):
        return accept(text.upper())
    _, named = read_amount(f"1 {text}", None)
    return (
        refuse("not-a-currency-near", cell=text, better=named)
        if named
        else refuse("not-a-currency", cell=text)
    )


def _address(cell: Cell) -> Reading:
    """Read the address of a page; a link behind the text is told, not followed."""
    text, link = cell.text, cell.link
    if _is_address(text):
        return accept(text)
    if link and _is_address(link):
        return refuse("not-an-address-near", cell=text, better=link)
    guess = f"https://{text}"
    if re.fullmatch(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?", text, re.IGNORECASE) and _is_address(
        guess
    ):
        return refuse("not-an-address-near", cell=text, better=guess)
    return refuse("not-an-address", cell=text)


def _is_address(text: str) -> bool:
    """Tell whether a text is an IRI of a page."""
    try:
        return bool(_ADDRESS.fullmatch(text) and iri(text))
    except RequestError:
        return False


def _match(cell: Cell) -> Reading:
    text = cell.text
    item, number = _ITEM.fullmatch(text), _PLACE_NUMBER.fullmatch(text)
    if item:
        return accept(f"http://www.wikidata.org/entity/{item[1]}")
    if number:
        return accept(f"https://sws.geonames.org/{number[1]}/")
    if text.startswith("http://eurovoc.europa.eu/") and _is_address(text):
        return accept(text)
    return refuse("not-a-match", cell=text)


def _point(cell: Cell) -> Reading:
    """Read a latitude and a longitude in degrees: “60.4664; 26.9458” or “60,4664 26,9458”."""
    text = cell.text
    parts = [one for one in _POINT.split(text) if one]
    if len(parts) != len(("latitude", "longitude")) or not all(_DECIMAL.fullmatch(one) for one in parts):
        return refuse("not-a-point", cell=text)
    north, east = (Decimal(one.replace(",", ".")) for one in parts)
    if abs(north) > 90 or abs(east) > 180:  # noqa: PLR2004  degrees
        return refuse("not-a-point", cell=text)
    return accept(f"POINT({east.normalize():f} {north.normalize():f})")


_READERS: Final[Mapping[Takes, Callable[[Cell], Reading]]] = {
    "address": _address,
    "currency": _currency,
    "date": lambda cell: read_date(cell.value, cell.look),
    "day": lambda cell: read_day(cell.value, cell.look),
    "decimal": lambda cell: read_decimal(cell.value),
    "integer": lambda cell: read_integer(cell.value),
    "language": _language,
    "match": _match,
    "point": _point,
    "text": _named,
}
