"""Describe a thing: ask the store and arrange the answers for a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from crossties import results
from crossties.errors import NotFoundError
from crossties.namespaces import CT, DCT, LANGUAGES, RDF, RDFS, SKOS, compact
from crossties.publication.descriptions import Description, Group, Statement, Value
from crossties.publication.queries import (
    FACTS,
    SHOWN,
    count_query,
    facts_query,
    group_query,
    own_query,
)
from crossties.results import Cell

#: Runs a query and returns its result in SPARQL JSON.
Run = Callable[[str], bytes]
Row = dict[str, Cell | None]
_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER: Final = re.compile(r"(\d+)")
_NAMES: Final = (SKOS + "prefLabel", RDFS + "label", DCT + "title", SKOS + "altLabel")
#: What stands first on a page, in this order; the rest follows by its label.
_FIRST: Final = (
    SKOS + "definition",
    DCT + "description",
    *(
        CT + name
        for name in ("kind", "party", "signs", "of", "in", "participant", "represents", "role", "concerns")
    ),
    *(CT + name for name in ("side", "status", "holder", "post", "signatory", "inPost", "onBehalfOf")),
    *(CT + name for name in ("funder", "recipient", "amount", "currency", "from", "until", "date")),
)
_LAST: Final = (CT + "inferred", CT + "inferredFrom", CT + "statedIn", CT + "announcedIn")


def describe(
    address: str, run: Run, *, language: str = "en", page: int = 1, pointing: bool = True
) -> Description:
    """Return what is said of the thing with this IRI, its labels in ``language`` where they can be had.

    Of each group of things that point to it, ``SHOWN`` are on a page; they are left out without ``pointing``.

    Raises:
        NotFoundError: nothing is said of it, or it has no such page.
    """
    label = f"ct:label{language.capitalize()}"
    rows = _sorted(_rows(run(own_query(address, label))))
    if not rows:
        message = f"Nothing is known of {address}."
        raise NotFoundError(message, mend="Look for it by its name with the search.")
    counted = _rows(run(count_query(address, label))) if pointing else []
    pages = require_page(page, max((int(_text(row, "count")) for row in counted), default=0), SHOWN)
    own, parts = _split(rows, address)
    statements = _statements(own, parts)
    naming = sorted(
        (one for one in statements if one.property in _NAMES), key=lambda one: _NAMES.index(one.property)
    )
    names = tuple(value for one in naming for value in one.values)
    return Description(
        iri=address,
        label=_find_label(names, language) or _slug(address),
        kind=next(
            (_label(_renamed(row), "kind") for row in own if _text(row, "property") == RDF + "type"), ""
        ),
        names=names,
        statements=tuple(
            replace(one, values=_in_language(one.values, language))
            for one in statements
            if one.property not in {*_NAMES, RDF + "type"}
        ),
        groups=tuple(_groups(address, label, run, _on_page(counted, page), page=page)),
        types=tuple(_text(row, "value") for row in own if _text(row, "property") == RDF + "type"),
        page=page,
        pages=pages,
    )


def require_page(page: int, count: int, size: int) -> int:
    """Return how many pages that many things have.

    Raises:
        NotFoundError: there is no such page.
    """
    pages = max(1, -(-count // size))
    if not 1 <= page <= pages:
        message = f"There is no page {page}."
        raise NotFoundError(message, mend=f"The last is {pages}.")
    return pages


def _on_page(counted: list[Row], page: int) -> list[Row]:
    return [row for row in counted if int(_text(row, "count")) > (page - 1) * SHOWN]


def _find_label(names: Iterable[Value], language: str) -> str:
    """Return the name in a language, else in the first that there is, else ""."""
    listed = list(names)
    best = [one.text for one in listed if one.language == language] + [one.text for one in listed]
    return best[0] if best else ""


def _in_language(values: tuple[Value, ...], language: str) -> tuple[Value, ...]:
    """Of the same text in several languages one is shown: the one asked for, else the next best."""
    spoken = {one.language for one in values if one.language}
    chosen = next((tag for tag in (language, *LANGUAGES) if tag in spoken), "")
    return tuple(one for one in values if not chosen or one.language in {chosen, ""})


def _split(rows: list[Row], address: str) -> tuple[list[Row], dict[str, list[Row]]]:
    own = [row for row in rows if _text(row, "node") == address]
    others = [row for row in rows if _text(row, "node") != address]
    return own, {node: list(found) for node, found in groupby(others, lambda row: _text(row, "node"))}


def _groups(address: str, label: str, run: Run, counted: list[Row], *, page: int) -> Iterator[Group]:
    if not counted:
        return
    keys = [_key(row) for row in counted]
    found = _rows(run(group_query(address, label, keys, page=page)))
    told = [_text(row, "node") for row in found if _text(row, "kind") in FACTS]
    facts = _split(_sorted(_rows(run(facts_query(told, label)))), "")[1] if told else {}
    for row, key in zip(counted, keys, strict=True):
        things = [one for one in found if _key(one) == key]
        yield _group(row, things, facts, address)


def _group(counted: Row, found: list[Row], facts: dict[str, list[Row]], address: str) -> Group:
    property_, kind = _key(counted)
    things = [_value(one, "node", _facts(facts, one, address) if kind in FACTS else ()) for one in found]
    return Group(
        property=property_,
        label=_label(counted, "property"),
        kind=kind,
        kind_label=_label(counted, "kind"),
        count=int(_text(counted, "count")),
        things=tuple(sorted(things, key=_natural)),
        columns=_columns(things),
    )


def _facts(facts: dict[str, list[Row]], found: Row, address: str) -> tuple[Statement, ...]:
    """Leave out the names, and what every row of the group says: its type, and that it points here."""
    rows = facts.get(_text(found, "node"), [])
    left_out = {*_NAMES, RDF + "type"}
    told = [row for row in rows if _text(row, "property") not in left_out and _text(row, "value") != address]
    return _statements(told, facts)


def _natural(value: Value) -> list[tuple[int, str]]:
    """Order numbers inside of labels by size: paragraph 2 comes before paragraph 10."""
    pieces = _NUMBER.split(value.text.casefold())
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]


def _columns(things: Iterable[Value]) -> tuple[Statement, ...]:
    found = {one.property: Statement(one.property, one.label, ()) for thing in things for one in thing.parts}
    return tuple(sorted(found.values(), key=_rank))


def _statements(rows: list[Row], parts: dict[str, list[Row]]) -> tuple[Statement, ...]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_text(row, "property"), []).append(row)
    listed = [
        Statement(
            property_,
            _label(same[0], "property"),
            tuple(_value(row, "value", _part(row, parts)) for row in same),
        )
        for property_, same in found.items()
    ]
    return tuple(sorted(listed, key=_rank))


def _part(row: Row, parts: dict[str, list[Row]]) -> tuple[Statement, ...]:
    """Tell a part of the subject, which is a value whose IRI stands below the subject's."""
    node = _text(row, "value")
    if not node.startswith(_text(row, "node") + "/"):
        return ()
    return _statements([one for one in parts.get(node, []) if _text(one, "property") != RDF + "type"], {})


def _rank(statement: Statement) -> tuple[int, str]:
    if statement.property in _FIRST:
        return _FIRST.index(statement.property) - len(_FIRST), ""
    if statement.property in _LAST:
        return _LAST.index(statement.property) + 1, ""
    return 0, statement.label.casefold()


def _value(row: Row, name: str, parts: tuple[Statement, ...]) -> Value:
    cell = row[name]
    if cell is None:
        return Value("")
    if cell.type == "iri":
        return Value(_label(row, name), cell.text, parts=parts)
    return Value(cell.text, language=cell.language)


def _label(row: Row, name: str) -> str:
    """Return the label; a foreign term has none in the store, so its own is read from its IRI."""
    address, given = _text(row, name), row.get(f"{name}Label")
    if given and given.text != _slug(address):
        return given.text
    if name in {"property", "kind"}:
        return _WORDS.sub(" ", _slug(address)).lower()
    return given.text if given else compact(address)


def _renamed(row: Row) -> Row:
    return {"kind": row["value"], "kindLabel": row.get("valueLabel")}


def _key(row: Row) -> tuple[str, str]:
    return _text(row, "property"), _text(row, "kind")


def _text(row: Row, name: str) -> str:
    cell = row.get(name)
    return cell.text if cell else ""


def _slug(address: str) -> str:
    return address.rstrip("/#").replace("#", "/").rpartition("/")[2]


def _sorted(rows: list[Row]) -> list[Row]:
    """Order statements by subject, then by label: the store does it in twice the time of the query."""
    names = ("node", "propertyLabel", "property", "valueLabel", "value")
    return sorted(rows, key=lambda row: [_text(row, name) for name in names])


def _rows(answer: bytes) -> list[Row]:
    table = results.read_table(answer)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]
