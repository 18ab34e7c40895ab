"""Build the statements of the rows, each with the cell that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from crossties.errors import Location
from crossties.intake import Places
from crossties.namespaces import CT, GEO, RDF
from crossties.quads import Literal, Quad, iri
from crossties.quads.terms import Term
from crossties.sheets.cells import CellReader, read_paragraphs
from crossties.sheets.drafts import Draft, place
from crossties.sheets.fields import Book, Field
from crossties.sheets.headings import header_of
from crossties.sheets.kinds import ROW, SOURCE, Node
from crossties.sheets.meaning import Meaning
from crossties.sheets.naming import Namer
from crossties.sheets.said import Said, Teller

_ORDERS: Final = (("from", "until"), ("notBefore", "notAfter"))
_FIRST_PASSAGE: Final = (f"{SOURCE}.1.statedIn", f"{SOURCE}.1.document")


@dataclass(frozen=True)
class CellPlaces(Places):
    """The cells of statements; ``cells`` holds where a property of a node would be written, filled or not."""

    cells: Mapping[tuple[str, str], Location] = field(default_factory=dict)

    def find(self, focus: str | None, path: str | None = None, value: str | None = None) -> Location | None:
        """Return the cell of a result: its statement's, else the cell that is to be filled."""
        if focus and path and (focus, path, None) not in self._index and (focus, path) in self.cells:
            return self.cells[focus, path]
        return super().find(focus, path, value)


class Builder:
    """Makes statements of rows whose nodes are named."""

    def __init__(
        self, graph: str, book: Book, meaning: Meaning, namer: Namer, reader: CellReader, teller: Teller
    ) -> None:
        self._graph = iri(graph)
        self._book = book
        self._meaning = meaning
        self._namer = namer
        self._reader = reader
        self._teller = teller
        self.cells: dict[tuple[str, str], Location] = {}

    def build(self, draft: Draft) -> Iterator[tuple[Quad, Location]]:
        """Yield the statements of a row, and tell which cells are to be filled or contradict one another."""
        for key in draft.cells:
            self._reader.values(draft, key)
        passages = list(self._passages(draft))
        for node in draft.table.kind.nodes.values():
            if draft.is_active(node):
                self._look(draft, node)
        if draft.is_refused:
            self._never_silently(draft)
            return
        for node in draft.table.kind.nodes.values():
            if node.name in draft.iris and draft.is_active(node):
                yield from self._node(draft, node)
                if node.has_evidence and not draft.is_mention(node):
                    for name, passage, where in passages:
                        yield self._quad(draft.iris[node.name], name, passage), where

    def _never_silently(self, draft: Draft) -> None:
        """See to it that a row which is left out has a reason told on it."""
        where = self._teller.at(draft.table.grid.name, draft.number)
        if not any(
            (one.where.sheet, one.where.row) == (where.sheet, where.row) for one in self._teller.problems
        ):
            self._teller.tell(Said("no-id"), where)

    def _node(self, draft: Draft, node: Node) -> Iterator[tuple[Quad, Location]]:
        own = draft.iris[node.name]
        first = self._first(draft, node)
        if not draft.is_mention(node):
            cls = GEO if node.cls == "Geometry" else CT
            yield self._quad(own, RDF + "type", iri(cls + node.cls)), first
        yield from self._joins(draft, node, own, first)
        for one in self._fields(draft, node):
            where = place(draft, one.key, self._teller)
            self.cells.setdefault((own, one.iri), where)
            for value in self._reader.values(draft, one.key):
                yield self._quad(own, one.iri, value), where

    def _joins(self, draft: Draft, node: Node, own: str, where: Location) -> Iterator[tuple[Quad, Location]]:
        parents = [name for name in draft.iris if name == node.parent] if node.name else []
        for parent in parents:
            for join in node.joins:
                name = self._book.property_iri(join.lstrip("^"))
                ends = (own, draft.iris[parent]) if join.startswith("^") else (draft.iris[parent], own)
                yield self._quad(ends[0], name, iri(ends[1])), where

    def _fields(self, draft: Draft, node: Node) -> Iterator[Field]:
        for one in draft.table.fields.values():
            if one.column.node == node.name and one.column.name != "slug":
                yield one

    def _first(self, draft: Draft, node: Node) -> Location:
        """Return the cell that stands for a node: its id, else its first that is filled."""
        filled = [one.key for one, _ in draft.filled() if one.column.node == node.name]
        if not filled:
            below = {one.name for one in draft.table.kind.nodes.values() if one.parent == node.sort}
            filled = [one.key for one, _ in draft.filled() if one.column.node in below]
        own = f"{node.name}.slug".lstrip(".")
        return place(draft, own if own in draft.cells else next(iter(filled), own), self._teller)

    def _passages(self, draft: Draft) -> Iterator[tuple[str, Term, Location]]:
        """Yield the passages that a row names: property, passage and cell."""
        keys = {one.key for one in self._book.fields(draft.table.kind)}
        if not set(_FIRST_PASSAGE) <= keys:
            return
        count = 0
        for document_key in (key for key in draft.table.columns if key.endswith(".document")):
            source = document_key.removesuffix("document")
            documents = self._reader.values(draft, document_key)
            for name in ("statedIn", "announcedIn"):
                text = draft.text(source + name)
                numbers, found = read_paragraphs(text)
                where = place(draft, source + name, self._teller)
                for said in found.said:
                    self._tell(draft, source + name, said)
                count += bool(text)
                if numbers and document_key not in draft.cells:
                    self._tell(draft, document_key, Said("document-needed"))
                for document in documents:
                    yield from (
                        (CT + name, iri(f"{getattr(document, 'value', '')}/p{number}"), where)
                        for number in numbers
                    )
            if document_key in draft.cells and not (
                draft.text(source + "statedIn") or draft.text(source + "announcedIn")
            ):
                self._tell(draft, source + "statedIn", Said("paragraphs-needed"))
        if not count and _FIRST_PASSAGE[1] not in draft.cells and self._needs_evidence(draft):
            self._tell(draft, _FIRST_PASSAGE[1], Said("source-needed"))

    def _needs_evidence(self, draft: Draft) -> bool:
        nodes = draft.table.kind.nodes.values()
        return any(node.has_evidence and draft.is_active(node) for node in nodes)

    def _look(self, draft: Draft, node: Node) -> None:
        """Tell what is needed and empty, and periods that end before they begin."""
        is_known = draft.is_mention(node) and self._is_described(draft, node)
        for one in self._book.fields(draft.table.kind):
            is_missing = one.is_needed and one.column.node == node.name and one.key not in draft.cells
            if is_missing and not is_known and (one.key in draft.table.columns or node.name):
                self._tell(draft, one.key, Said("cell-needed"))
        for first, last in _ORDERS:
            keys = [f"{node.name}.{one}".lstrip(".") for one in (first, last)]
            start, end = (next(iter(self._reader.values(draft, key)), None) for key in keys)
            if (
                isinstance(start, Literal)
                and isinstance(end, Literal)
                and _ends_before(end.value, start.value)
            ):
                start_header = self._header(draft, keys[0])
                values = {"cell": end.value, "start": start.value, "start_header": start_header}
                self._tell(draft, keys[1], Said("ends-before-start", values=values))

    def _is_described(self, draft: Draft, node: Node) -> bool:
        own = draft.iris.get(node.name, "")
        return self._namer.owner(own) is not None or self._meaning.names.by_iri(own) is not None

    def _tell(self, draft: Draft, key: str, said: Said) -> None:
        full = Said(said.code, said.severity, {**said.values, "header": self._header(draft, key)})
        one = next((one for one in self._book.fields(draft.table.kind) if one.key == key), None)
        node = one.column.node if one else ROW
        where = place(draft, key, self._teller)
        self._teller.tell(full, where, focus=draft.iris.get(node), path=one.iri if one else None)

    def _header(self, draft: Draft, key: str) -> str:
        one = next((one for one in self._book.fields(draft.table.kind) if one.key == key), None)
        return header_of(draft.table, one, self._book, self._teller.language) if one else key

    def _quad(self, subject: str, name: str, value: Term) -> Quad:
        return Quad(iri(subject), iri(name), value, self._graph)


def _ends_before(end: str, start: str) -> bool:
    """Compare dates of any precision: an end is over only when all of it lies before all of the start."""
    length = min(len(end), len(start))
    return end[:length] < start[:length]
