"""Towns as twin-town lists name them, and the places that they become."""

from __future__ import annotations

from dataclasses import dataclass

from crossties.importing.building import Graphs, labelled, link, thing
from crossties.importing.countries import Countries
from crossties.importing.matching import Matcher
from crossties.importing.model import Settings
from crossties.importing.register import Register
from crossties.search.fold import fold
from crossties.sheets.slugs import make_slug


@dataclass(frozen=True)
class Town:
    """A town as a row names it; ``match`` is its IRI in another register, where the list has one."""

    name: str
    country: str
    point: tuple[float, float] | None = None
    match: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """Return what makes two towns of one list the same: its identifier, else name, country and point."""
        if self.match:
            return (self.match,)
        where = "" if self.point is None else f"{self.point[0]:.1f} {self.point[1]:.1f}"
        return (self.name, self.country, where)


class Gazetteer:
    """Gives every town of a list its IRI: that of a known place only by identifier or a human's word."""

    def __init__(self, register: Register, settings: Settings, countries: Countries) -> None:
        self._register = register
        self._settings = settings
        self._countries = countries
        self._matcher = Matcher(register, settings.decisions, "Place")
        self._iris: dict[tuple[str, ...], str] = {}
        self._owners: dict[str, tuple[str, ...]] = {}
        self._made: dict[str, Town] = {}

    @property
    def matcher(self) -> Matcher:
        """Return what holds the questions that stay."""
        return self._matcher

    def place(self, town: Town, row: int) -> str:
        """Return the IRI of a town, and note what is to be asked of it."""
        known = self._iris.get(town.key)
        if known is None:
            known = self._iris[town.key] = self._find(town, row)
        return known

    def country_slug(self, iri: str) -> str:
        """Return the slug of the country that a place is in."""
        town = self._made.get(iri)
        country = (
            self._countries.find_or_make(town.country)
            if town
            else (known.country if (known := self._register.things.get(iri)) else "")
        )
        return country.rpartition("/")[2] or "world"

    def add_made(self, graphs: Graphs) -> None:
        """Add the places that weren't known, one graph a country."""
        for iri, town in sorted(self._made.items()):
            graphs.add(
                f"places/{self._settings.slug}-{self.country_slug(iri)}",
                iri,
                rdf_type=link("ns#Place"),
                skos_prefLabel=labelled({"en": town.name}),
                ct_partOf=link(self._countries.find_or_make(town.country)),
                skos_exactMatch=link(town.match) if town.match else None,
            )

    def _find(self, town: Town, row: int) -> str:
        sure = self._register.matches.get(town.match) if town.match else None
        own = self._own(town)
        known = sure or self._matcher.decided(own)
        if known:
            return known
        self._made[own] = town
        if own not in self._register.things:
            country = self._countries.find(town.country)
            if country:
                self._matcher.ask(own, town.name, country, row)
        return own

    def _own(self, town: Town) -> str:
        slug = make_slug(f"{town.name} {town.country}") or "unnamed"
        iri = thing("place", slug)
        taken = self._owners.get(iri)
        named = self._register.things.get(iri)
        is_other = named is not None and fold(town.name) not in {fold(name) for name in named.names}
        if is_other or (taken is not None and taken != town.key):
            iri = thing("place", f"{slug}-{_where(town)}")
        self._owners.setdefault(iri, town.key)
        return iri


def _where(town: Town) -> str:
    if town.match:
        return make_slug(town.match.rpartition("/")[2])
    if town.point is None:
        return "other"
    latitude, longitude = town.point
    north = f"{abs(latitude):.1f}{'n' if latitude >= 0 else 's'}"
    east = f"{abs(longitude):.1f}{'e' if longitude >= 0 else 'w'}"
    return f"{north}-{east}".replace(".", "-")
