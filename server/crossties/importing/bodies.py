"""Partners of projects as bodies: the same only by an identifier, or by a human's word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crossties.importing.building import Graphs, labelled, link, passage, thing
from crossties.importing.countries import Countries
from crossties.importing.defects import is_bare, repair
from crossties.importing.matching import Matcher
from crossties.importing.model import Settings, Teller
from crossties.importing.register import Register
from crossties.sheets.slugs import make_slug

_PIC: Final = re.compile(r"[0-9]{9}")
_VAT: Final = re.compile(r"[A-Z]{2}[0-9A-Z]{6,12}")
_CODE: Final = re.compile(r"\(([A-Z]{2})\)$")


@dataclass(frozen=True)
class Partner:
    """A partner as an export names it; ``pic`` and ``other`` are its identifiers.

    ``nuts`` is the code of its region.
    """

    row: int
    names: Mapping[str, str]
    country: str = ""
    pic: str = ""
    other: str = ""
    nuts: str = ""
    lead: bool = False
    document: str = ""
    sheet: str | None = None
    column: int | None = None

    @property
    def identifier(self) -> str:
        """Return what surely tells the body, as a part of its IRI: ``pic-…``, ``vat-…``, ``number-fi-…``."""
        pic = re.sub(r"\s", "", self.pic)
        if _PIC.fullmatch(pic):
            return f"pic-{pic}"
        other = re.sub(r"[\s.-]", "", self.other).upper()
        if _VAT.fullmatch(other):
            return f"vat-{other.lower()}"
        country = country_code(self.country) or "xx"
        return make_slug(f"number {country} {other}") if any(c.isdigit() for c in other) else ""

    @property
    def name(self) -> str:
        """Return its name, in English where it has one."""
        return self.names.get("en") or next((text for text in self.names.values() if text), "")


def country_code(country: str) -> str:
    """Return the two letters of a country that is written as ``FI`` or ``Suomi (FI)``, else the text."""
    match = _CODE.search(country.strip())
    return match[1] if match else country.strip()


class Bodies:
    """The bodies of one export, and the graph in which they are candidates."""

    def __init__(self, graphs: Graphs, register: Register, settings: Settings, teller: Teller) -> None:
        self._graphs = graphs
        self._register = register
        self._settings = settings
        self._teller = teller
        self._countries = Countries(register)
        self._matcher = Matcher(register, settings.decisions, "Organisation")
        self._rows: dict[str, tuple[str, int]] = {}
        self._described: set[str] = set()

    @property
    def matcher(self) -> Matcher:
        """Return what holds the questions that stay."""
        return self._matcher

    def add(self, partner: Partner, project: str, path: str) -> None:
        """Add that a partner takes part in a project, and the partner where it isn't known."""
        if not self._is_named(partner):
            return
        own = self._own(partner)
        body = self._matcher.decided(own) or own
        if body == own and own not in self._register.things:
            self._describe(partner, own)
        role = "lead-partner" if partner.lead else "partner"
        self._graphs.add(
            path,
            f"{project}/participation/{body.rpartition('/')[2]}",
            rdf_type=link("ns#Participation"),
            ct_in=link(project),
            ct_participant=link(body),
            ct_role=link(f"role/{role}"),
            ct_statedIn=passage(partner.document, partner.row),
        )

    def _is_named(self, partner: Partner) -> bool:
        place = (partner.row, partner.column, partner.sheet)
        if not partner.name:
            self._teller.tell("no-organisation", "violation", *place)
            return False
        if is_bare(partner.name):
            self._teller.tell("bare-identifier", "violation", *place, name=partner.name)
            return False
        for text in partner.names.values():
            whole = repair(text)
            if whole is not None:
                self._teller.tell("mojibake", "violation", *place, name=text, whole=whole or "?")
                return False
        return True

    def _own(self, partner: Partner) -> str:
        slug = partner.identifier
        if slug:
            return thing("organisation", slug)
        iri = thing("organisation", make_slug(f"{partner.name} {country_code(partner.country)}") or "unnamed")
        name, row = self._rows.setdefault(iri, (partner.name, partner.row))
        if row != partner.row:
            place = (partner.row, partner.column, partner.sheet)
            self._teller.tell("same-name", "info", *place, name=name, first=row)
        return iri

    def _describe(self, partner: Partner, own: str) -> None:
        country = self._countries.find(country_code(partner.country)) or ""
        if partner.country and not country:
            place = (partner.row, partner.column, partner.sheet)
            self._teller.tell("country-unknown", "info", *place, label=partner.country)
        version = self._settings.version
        seat = self._register.codes.get(("nuts", version, partner.nuts)) if version else None
        graph = f"organisations/{self._settings.slug}-{country.rpartition('/')[2] or 'world'}"
        self._graphs.add(
            graph,
            own,
            rdf_type=link("ns#Organisation"),
            skos_prefLabel=None if own in self._described else labelled(dict(partner.names)),
            ct_seat=link(seat) if seat else None,
            ct_statedIn=passage(partner.document, partner.row),
        )
        self._described.add(own)
        self._matcher.ask(own, partner.name, country, partner.row, also=partner.names.values())
