"""Code lists in genericode (OASIS) as places with codes; the hierarchy is read from the codes themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from crossties.errors import InputError, Location, RequestError
from crossties.importing.building import Graphs, labelled, link, thing
from crossties.importing.countries import Countries
from crossties.importing.defects import repair
from crossties.importing.documents import add_document
from crossties.importing.matching import Matcher
from crossties.importing.model import Outcome, Progress, Settings, Teller
from crossties.importing.register import Register
from crossties.intake import Upload
from crossties.quads import literal
from crossties.sheets.slugs import make_slug

#: Languages by the codes that such lists use for them.
_TONGUES: Final = {
    "bul": "bg", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "est": "et", "fin": "fi",
    "fra": "fr", "gle": "ga", "hrv": "hr", "hun": "hu", "isl": "is", "ita": "it", "lav": "lv", "lit": "lt",
    "mlt": "mt", "nld": "nl", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro", "rus": "ru", "slk": "sk",
    "slv": "sl", "spa": "es", "swe": "sv",
}  # fmt: skip
_NOWHERE: Final = re.compile(r".*Z+")


@dataclass(frozen=True)
class Entry:
    """A row of a code list: its number, its code, its names by language."""

    row: int
    code: str
    names: dict[str, str]


def import_genericode(
    upload: Upload, settings: Settings, register: Register, *, progress: Progress | None = None
) -> Outcome:
    """Return the entries of a code list as places, those that aren't known by their code as candidates.

    ``settings.version`` is that of the codes; without ``settings.local`` a name that stands in every language
    is only English.

    Raises:
        InputError: it is no genericode.
        RequestError: no version was given.
    """
    if not settings.version:
        message = "A code without the version of its list is not a code."
        raise RequestError(message, mend="Give it with --code-version, for instance 2024.")
    desk = _Desk(upload, settings, register)
    entries = list(read_entries(upload))
    for at, entry in enumerate(sorted(entries, key=lambda one: (len(one.code), one.code))):
        if progress:
            progress("codes", at, len(entries))
        desk.add(entry)
    return desk.outcome()


def read_entries(upload: Upload) -> Iterator[Entry]:
    """Yield the rows of a list in genericode 1.0.

    Raises:
        InputError: it is something else.
    """
    try:
        root = ElementTree.fromstring(upload.data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        message = f"The file is not XML that can be read: {error}."
        raise InputError(message, mend="Give a .gc file.", where=Location(upload.name)) from error
    rows = [element for element in root.iter() if element.tag.rpartition("}")[2] == "Row"]
    for number, row in enumerate(rows, start=1):
        cells = {str(one.get("ColumnRef")): _value(one) for one in row}
        names = {
            _TONGUES.get(key[:3]): text for key, text in cells.items() if key.endswith("_label") and text
        }
        plain = {tag: text for tag, text in names.items() if tag}
        if "en" not in plain and cells.get("Name"):
            plain["en"] = cells["Name"]
        if cells.get("code"):
            yield Entry(number, cells["code"], plain)
    if not rows:
        message = "The file has no rows of a code list."
        raise InputError(message, mend="Give a .gc file.", where=Location(upload.name))


class _Desk:
    """Where one code list is worked on, the shortest codes first."""

    def __init__(self, upload: Upload, settings: Settings, register: Register) -> None:
        self._settings = settings
        self._register = register
        self._teller = Teller(upload, settings.language)
        self._graphs = Graphs(settings.read_on)
        self._countries = Countries(register)
        self._matcher = Matcher(register, settings.decisions, "Place")
        self._places: dict[str, str] = {}
        self._taken: set[str] = set()
        add_document(self._graphs, settings, upload)

    def add(self, entry: Entry) -> None:
        """Add one entry, unless its code is known or stands for no place."""
        scheme, version = self._settings.scheme, self._settings.version
        if _NOWHERE.fullmatch(entry.code[2:]):
            self._teller.tell("no-place", "info", entry.row, named=entry.code)
            return
        if entry.code in self._places:
            self._teller.tell("duplicate", "warning", entry.row, first=entry.code)
            return
        known = self._register.codes.get((scheme, version, entry.code))
        if known:
            self._places[entry.code] = known
            return
        if any(repair(text) is not None for text in entry.names.values()):
            name = entry.names.get("en", "")
            self._teller.tell("mojibake", "violation", entry.row, name=name, whole=repair(name) or "?")
            return
        own = self._own(entry)
        decided = self._matcher.decided(own)
        self._places[entry.code] = decided or own
        if not decided:
            self._describe(entry, own)
        self._add_code(decided or own, entry.code)

    def outcome(self) -> Outcome:
        """Return what came of it."""
        return Outcome(self._graphs, self._matcher.reviews(), tuple(self._teller.remarks))

    @property
    def _path(self) -> str:
        return f"places/{self._settings.slug}"

    def _own(self, entry: Entry) -> str:
        name = entry.names.get("en", entry.code).partition("/")[0]
        iri = thing("place", make_slug(name) or make_slug(entry.code))
        if iri in self._register.things or iri in self._taken:
            iri = thing("place", make_slug(f"{name} {entry.code}"))
        self._taken.add(iri)
        return iri

    def _describe(self, entry: Entry, own: str) -> None:
        country = self._settings.country or self._countries.find(entry.code[:2]) or ""
        if not country:
            self._teller.tell("country-unknown", "warning", entry.row, label=entry.code[:2])
        parents = [entry.code[:length] for length in range(len(entry.code) - 1, 2, -1)]
        above = next((self._places[code] for code in parents if code in self._places), country)
        self._graphs.add(
            self._path,
            own,
            rdf_type=link("ns#Place"),
            ct_kind=link(f"kind/{self._settings.kind}") if self._settings.kind else None,
            skos_prefLabel=labelled(self._names(entry)),
            ct_partOf=link(above) if above else None,
        )
        self._matcher.ask(own, entry.names.get("en", ""), country, entry.row, also=entry.names.values())

    def _names(self, entry: Entry) -> dict[str, str]:
        """Return the names that say something: one text in every language is the local name, untranslated."""
        texts = set(entry.names.values())
        name = entry.names.get("en", entry.code).partition("/")[0]
        if len(texts) > 1:
            return entry.names
        return {"en": name, self._settings.local or "und": name}

    def _add_code(self, place: str, code: str) -> None:
        node = f"{place}/code/{self._settings.scheme}-{self._settings.version}"
        self._graphs.add(self._path, place, ct_code=link(node))
        self._graphs.add(
            self._path,
            node,
            rdf_type=link("ns#Code"),
            skos_notation=literal(code),
            ct_scheme=link(f"kind/{self._settings.scheme}"),
            ct_version=literal(self._settings.version),
        )


def _value(cell: Element) -> str:
    return " ".join("".join(cell.itertext()).split())
