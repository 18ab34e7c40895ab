"""Find out what a word in a cell means: a row of this upload, a known thing, a concept; never by guessing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from crossties.namespaces import BASE, ID, expand
from crossties.search.fold import fold
from crossties.sheets.fields import Book, Field
from crossties.sheets.headings import sheet_name
from crossties.sheets.names import Names, Remembered, plain, tell_apart
from crossties.sheets.said import Reading, accept, refuse

_WITH_ID: Final = re.compile(r"(?P<name>.+?) \((?P<slug>[a-z0-9-]+(?:/[a-z0-9-]+)*)\)")
_FOLDER: Final = re.compile(r"id/[a-z]+/(?=\{)")
_OWN: Final = re.compile(rf"(?:{re.escape(BASE)})?id/[a-z]+/[a-z0-9/-]+")
_ALIKE: Final = 60
_OFFERED: Final = 3
_ALL_OFFERED: Final = 8
#: No name is longer; of a longer text only the beginning is compared.
_LONGEST: Final = 200
#: So many mistakes of one upload get a suggestion of what is alike: each takes a tenth of a second at worst.
_SEARCHES: Final = 150


class Meaning:
    """Knows the rows of one upload, the names of the graph and the concepts of the lists."""

    def __init__(self, book: Book, names: Names, language: str) -> None:
        self._book = book
        self.names: Names = Remembered(names)
        self._language = language
        self._rows: dict[str, dict[str, str]] = defaultdict(dict)
        self._described: dict[str, str] = {}
        self._searches = 0

    def add(self, iri: str, cls: str, names: Iterable[str]) -> None:
        """Make a thing that a row describes known by its names, id and address."""
        self._described[iri] = cls
        for name in (*names, iri.rpartition("/")[2]):
            if name:
                self._rows[plain(name)].setdefault(iri, cls)

    def label(self, iri: str) -> str:
        """Return what a thing is called, with its id."""
        known = self.names.by_iri(iri)
        return tell_apart(known, ()) if known else iri.removeprefix(ID)

    def concept(self, text: str, field: Field) -> Reading:
        """Return the concept that a label in any language, or a code, names exactly."""
        concepts = self._book.concepts
        found = self._meant(text, field)
        if len(found) == 1:
            return accept(found[0])
        if found:
            choices = " / ".join(self._offer(found))
            return refuse("two-meanings", cell=text, choices=choices)
        near = self._offer(
            concepts.near(text[:_LONGEST], field.concepts, _OFFERED) if self._may_search() else []
        )
        if len(field.concepts) <= _ALL_OFFERED:
            near = self._offer(field.concepts)
        return self._unknown("code-unknown", text, near)

    def thing(self, text: str, field: Field) -> Reading:
        """Return the thing that a name in any language, an id, an IRI, a code or an address names exactly."""
        if _OWN.fullmatch(text):
            return self._by_iri(text, field)
        concepts = self._meant(text, field) if field.concepts else []
        if len(concepts) == 1:
            return accept(concepts[0])
        things = self._exact(text, field.classes)
        if len(things) == 1:
            return accept(things[0])
        if things:
            return refuse("two-meanings", cell=text, choices=" / ".join(self._apart(things)))
        return self._not_known(text, field)

    def _meant(self, text: str, field: Field) -> list[str]:
        """Return the concepts that a text names exactly, or that stand in brackets after a name."""
        match = _WITH_ID.fullmatch(text)
        found = self._book.concepts.meant(text, field.concepts)
        return found or (self._book.concepts.meant(match["slug"], field.concepts) if match else [])

    def _by_iri(self, text: str, field: Field) -> Reading:
        iri = text if text.startswith(BASE) else expand(text) or text
        known = self.names.by_iri(iri)
        cls = self._described.get(iri) or (known.cls if known else None)
        if cls is None:
            return self._not_known(text, field)
        if cls not in field.classes:
            return refuse("wrong-sort", cell=text, label=self.label(iri), wanted=self._sorts(field))
        return accept(iri)

    def _exact(self, text: str, classes: Iterable[str]) -> list[str]:
        """Return the IRIs that a text may mean: rows of this upload go first, then names, ids, codes."""
        wanted = set(classes)
        rows = [iri for iri, cls in self._rows.get(plain(text), {}).items() if cls in wanted]
        if rows:
            return rows
        named = [one.iri for one in self.names.exact(text, wanted)]
        if named:
            return named
        match = _WITH_ID.fullmatch(text)
        if match:
            both = [iri for iri in self._exact(match["name"], wanted) if iri.endswith("/" + match["slug"])]
            return both or self._by_slug(match["slug"], wanted)
        by_slug = self._by_slug(text, wanted)
        return by_slug or [one.iri for one in self.names.by_code(text, wanted)]

    def _apart(self, iris: list[str]) -> Iterator[str]:
        known = [one for iri in iris if (one := self.names.by_iri(iri))]
        yield from (tell_apart(one, known) for one in known)
        yield from (iri.removeprefix(ID) for iri in iris if iri not in {one.iri for one in known})

    def _by_slug(self, slug: str, classes: set[str]) -> list[str]:
        if not re.fullmatch(r"[a-z0-9-]+", slug):
            return []
        folders = {self._folders[cls] for cls in classes if cls in self._folders}
        known = (self.names.by_iri(folder + slug) for folder in sorted(folders))
        return [one.iri for one in known if one and one.cls in classes]

    @cached_property
    def _folders(self) -> dict[str, str]:
        """Map each class to what the IRIs of its things begin with."""
        nodes = [node for kind in self._book.kinds.values() for node in kind.nodes.values()]
        found = ((node.cls, _FOLDER.match(node.iri)) for node in nodes)
        return {cls: ID + match[0].removeprefix("id/") for cls, match in found if match}

    def _not_known(self, text: str, field: Field) -> Reading:
        if not self._may_search():
            return self._unknown("name-unknown", text, [], sheet=self._sheet(field))
        text = text[:_LONGEST]
        spellings = {
            (name, iri): fold(name)
            for name, things in self._rows.items()
            for iri, cls in things.items()
            if cls in field.classes
        }
        best = process.extract(fold(text), spellings, scorer=fuzz.WRatio, limit=2, score_cutoff=_ALIKE)
        near = list(dict.fromkeys(key[1].removeprefix(ID) for _, _, key in best))
        known = self.names.near(text, field.classes, _OFFERED)
        near += [tell_apart(one, known) for one in known]
        if field.concepts:
            near += self._offer(self._book.concepts.near(text, field.concepts, 1))
        return self._unknown("name-unknown", text, near[:_OFFERED], sheet=self._sheet(field))

    def _may_search(self) -> bool:
        """Tell whether there is time for one more search for what is alike."""
        self._searches += 1
        return self._searches <= _SEARCHES

    def _unknown(self, code: str, text: str, near: list[str], **values: object) -> Reading:
        if near:
            return refuse(f"{code}-near", cell=text, near=" / ".join(near), **values)
        return refuse(code, cell=text, **values)

    def _sheet(self, field: Field) -> str:
        """Return the name of the sheet on which such a thing is described."""
        kinds = [kind.name for kind in self._book.kinds.values() if kind.row.cls in field.classes]
        kinds += [
            kind.name
            for kind in self._book.kinds.values()
            if any(node.cls in field.classes for node in kind.nodes.values())
        ]
        return sheet_name(kinds[0], self._language) if kinds else ""

    def _sorts(self, field: Field) -> str:
        labels = (self._book.class_label(one, self._language) for one in sorted(field.classes))
        return ", ".join(labels)

    def _offer(self, concepts: Iterable[str]) -> list[str]:
        return [self._book.concepts.label(one, self._language) for one in concepts]
