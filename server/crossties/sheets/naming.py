"""Give the nodes of each row their IRIs, by the patterns of their kind; stable, and never two alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from crossties.namespaces import BASE
from crossties.quads import NamedNode
from crossties.quads.terms import Term
from crossties.sheets.cells import CellReader
from crossties.sheets.drafts import Draft, place
from crossties.sheets.fields import TEXT_LANGUAGES, Field
from crossties.sheets.grid import tidy
from crossties.sheets.kinds import ROW, Node
from crossties.sheets.meaning import Meaning
from crossties.sheets.said import Said, Teller
from crossties.sheets.slugs import SLUG, make_slug, next_free

_HOLE: Final = re.compile(r"\{([^}]+)\}")
_NAMES: Final = frozenset({"prefLabel", "altLabel", "title"})
_PERSON: Final = BASE + "id/person/"


class Namer:
    """Names the nodes of all rows of one upload, and makes the rows known by their names."""

    def __init__(self, meaning: Meaning, reader: CellReader, teller: Teller) -> None:
        self._meaning = meaning
        self._reader = reader
        self._teller = teller
        self._owners: dict[str, tuple[Draft, Node]] = {}

    def name(self, drafts: list[Draft]) -> None:
        """Name every node: first by words alone, then those that are called after other things."""
        for with_things in (False, True):
            for draft in drafts:
                for node in draft.table.kind.nodes.values():
                    if node.name not in draft.iris and draft.is_active(node):
                        self._name(draft, node, with_things=with_things)
        for draft in drafts:
            self._check(draft)

    def owner(self, iri: str) -> Draft | None:
        """Return the row that describes a thing."""
        found = self._owners.get(iri)
        return found[0] if found else None

    def _name(self, draft: Draft, node: Node, *, with_things: bool) -> None:
        if not self._slug(draft, node, with_things=with_things):
            return
        text = self._fill(node.iri, draft, node, with_things=with_things, is_iri=True)
        if text is None:
            return
        iri = text if text.startswith(BASE) else BASE + text
        if iri in draft.iris.values():
            head, _, slug = iri.rpartition("/")
            iri = f"{head}/{next_free(slug, lambda one: f'{head}/{one}' in draft.iris.values())}"
        draft.iris[node.name] = iri
        if not draft.is_mention(node):
            self._meaning.add(iri, node.cls, _names(draft, node))

    def _slug(self, draft: Draft, node: Node, *, with_things: bool) -> bool:
        """Find the slug of a node, and return whether its IRI can be tried."""
        if not node.slugs or node.name in draft.slugs:
            return True
        key = f"{node.name}.slug".lstrip(".")
        given = draft.text(key)
        if given:
            draft.slugs[node.name] = self._given(draft, node, key, given)
            return True
        for pattern in node.slugs:
            found = self._fill(pattern, draft, node, with_things=with_things)
            if found:
                draft.slugs[node.name] = found
                return True
            if not with_things and self._waits(pattern, draft, node):
                return False
        return False

    def _given(self, draft: Draft, node: Node, key: str, given: str) -> str:
        """Return the id that the officer gave, where need be as it could be written."""
        own = BASE + node.iri.partition("{")[0]
        short = given.removeprefix(own).removeprefix(own.removeprefix(BASE))
        if not SLUG.fullmatch(short):
            values = {"cell": given, "better": make_slug(short) or "alder-spruce-2027"}
            self._teller.tell(Said("not-an-id", values=values), place(draft, key, self._teller))
            draft.is_refused = True
        return make_slug(short) or "unnamed"

    def _fill(
        self, pattern: str, draft: Draft, node: Node, *, with_things: bool, is_iri: bool = False
    ) -> str | None:
        """Return the pattern with its holes filled, or None where one can't be."""
        whole = pattern
        for match in _HOLE.finditer(pattern):
            parts = (
                self._hole(one, draft, node, with_things=with_things, is_whole=is_iri and match.start() == 0)
                for one in match[1].split("|")
            )
            found = next((one for one in parts if one), None)
            if found is None:
                return None
            whole = whole.replace(match[0], found, 1)
        return whole

    def _hole(self, name: str, draft: Draft, node: Node, *, with_things: bool, is_whole: bool) -> str | None:
        """Return what fills a hole: a slug, the IRI of another node, or what a column holds."""
        if name == "slug" or name.endswith(".slug"):
            return draft.slugs.get(name.removesuffix("slug").rstrip("."))
        if name in draft.table.kind.nodes:
            return draft.iris.get(name)
        key = _key(name, node)
        field = draft.field(key)
        if field is None or (field.takes in {"thing", "concept"} and not with_things):
            return None
        if field.takes == "text":
            texts = (draft.text(f"{key.removesuffix('.en')}.{tag}") for tag in TEXT_LANGUAGES)
            return next((slug for text in texts if (slug := make_slug(text))), None)
        values = self._reader.values(draft, key)
        return _part(values[0], name, is_whole=is_whole) if values else None

    def _waits(self, pattern: str, draft: Draft, node: Node) -> bool:
        """Tell whether a pattern may be filled once other things are named."""
        names = (name for match in _HOLE.finditer(pattern) for name in match[1].split("|"))
        keys = (_key(name, node) for name in names)
        return any(key in draft.cells for key in keys)

    def _check(self, draft: Draft) -> None:
        """Look whether the IRI of a node is another row's, or that of a thing that is known."""
        row = draft.table.kind.row
        if ROW not in draft.iris:
            self._tell_nameless(draft)
            return
        for node in draft.table.kind.nodes.values():
            iri = draft.iris.get(node.name)
            if iri is None and draft.is_active(node):
                self._tell_incomplete(draft, node)
            if iri is None or draft.is_mention(node):
                continue
            first = self._owners.setdefault(iri, (draft, node))
            if first[0] is not draft:
                self._tell_twice(draft, node, iri, first[0])
            elif node is row:
                self._tell_known(draft, iri)

    def _tell_nameless(self, draft: Draft) -> None:
        """Tell a row that can't be named, unless what keeps it from that is told at its own cell."""
        draft.is_refused = True
        if ROW in draft.slugs:
            return
        label = next((key for key in ("prefLabel.en", "title.en") if key in draft.table.columns), None)
        if label:
            self._teller.tell(Said("no-id"), place(draft, label, self._teller))
        else:
            self._tell_incomplete(draft, draft.table.kind.row)

    def _tell_incomplete(self, draft: Draft, node: Node) -> None:
        """Tell a part that has no name of its own and lacks what it would be called after."""
        for fields in self._waiting(draft, node):
            headers = [draft.table.headers[draft.table.columns[one.key]] for one in fields]
            key = next(_own_keys(draft, node), fields[0].key)
            header = draft.table.headers[draft.table.columns[key]]
            values = {"header": header, "needed": " / ".join(headers)}
            self._teller.tell(Said("part-incomplete", values=values), place(draft, key, self._teller))

    def _waiting(self, draft: Draft, node: Node) -> Iterator[list[Field]]:
        """Yield the fields of which one must be filled to name a node, where nothing else tells of them."""
        of_iri = [[match[1]] for match in _HOLE.finditer(node.iri)]
        of_slug = [match[1] for pattern in node.slugs for match in _HOLE.finditer(pattern)]
        for holes in (*of_iri, of_slug):
            keys = {_key(name, node) for hole in holes for name in hole.split("|")}
            fields = [one for one in draft.table.fields.values() if one.key in keys and one.takes != "slug"]
            if fields and not any(one.is_needed or one.key in draft.cells for one in fields):
                yield fields

    def _tell_twice(self, draft: Draft, node: Node, iri: str, first: Draft) -> None:
        key = next(_own_keys(draft, node), "slug")
        same = [draft.text(one.key) for one, _ in draft.filled()] == [
            first.text(one.key) for one, _ in first.filled()
        ]
        head, _, slug = iri.rpartition("/")
        free = next_free(slug, self._is_taken(head))
        values = {"id": slug, "row": first.number, "sheet": first.table.grid.name or "", "free": free}
        code = "row-twice" if same and node.name == ROW else "id-twice"
        self._teller.tell(Said(code, values=values), place(draft, key, self._teller), focus=iri)
        draft.is_refused = True

    def _tell_known(self, draft: Draft, iri: str) -> None:
        """Tell an id that was made and is another thing's; one that was given on purpose is only told."""
        known = self._meaning.names.by_iri(iri)
        if known is None:
            return
        head, _, slug = iri.rpartition("/")
        is_given = bool(draft.text("slug"))
        values = {"id": slug, "label": known.label}
        if is_given and known.cls == draft.table.kind.row.cls:
            self._teller.tell(Said("id-known", "info", values), place(draft, "slug", self._teller), focus=iri)
            return
        values["free"] = next_free(slug, self._is_taken(head))
        key = "slug" if is_given else next(_own_keys(draft, draft.table.kind.row), "slug")
        self._teller.tell(Said("id-taken", values=values), place(draft, key, self._teller), focus=iri)

    def _is_taken(self, head: str) -> Callable[[str], bool]:
        def is_taken(slug: str) -> bool:
            iri = f"{head}/{slug}"
            return iri in self._owners or self._meaning.names.by_iri(iri) is not None

        return is_taken


def _part(value: Term, name: str, *, is_whole: bool) -> str:
    """Return what of a value goes into an IRI: all of it, its last part, or a signatory's last name."""
    text = str(getattr(value, "value", ""))
    if is_whole:
        return text
    if not isinstance(value, NamedNode):
        return make_slug(text)
    last = text.rpartition("/")[2]
    return last.rpartition("-")[2] if text.startswith(_PERSON) and name.endswith("signatory") else last


def _own_keys(draft: Draft, node: Node) -> Iterator[str]:
    """Yield the keys of the filled cells of a node, its id first."""
    keys = [one.key for one, _ in draft.filled() if one.column.node == node.name]
    yield from sorted(keys, key=lambda key: not key.endswith("slug"))


def _key(name: str, node: Node) -> str:
    """Return the key that a name in a pattern means: on the second signature, that of the second."""
    head, point, rest = name.partition(".")
    return f"{node.name}.{rest}" if point and head == node.sort and node.name else name


def _names(draft: Draft, node: Node) -> Iterator[str]:
    for one, cell in draft.filled():
        is_name = one.column.name in _NAMES or (one.takes == "address" and node.cls == "Document")
        if one.column.node == node.name and is_name and isinstance(cell.value, str):
            yield tidy(cell.value)
