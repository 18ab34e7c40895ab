"""Lists of twin towns as candidate partnerships: two places, because no list says which bodies agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from crossties.importing.building import Graphs, link, names, passage, thing
from crossties.importing.countries import Countries
from crossties.importing.defects import is_bare, repair
from crossties.importing.documents import add_document, dated
from crossties.importing.geography import Neighbours
from crossties.importing.model import Outcome, Progress, Settings, Teller
from crossties.importing.pairs import Pair, read_pairs
from crossties.importing.register import Register
from crossties.importing.towns import Gazetteer, Town
from crossties.intake import Upload
from crossties.quads import NamedNode, literal

#: Pairs in one graph: what is sent must stay below the limits of an upload.
_MOST: Final = 1_500
_STEP: Final = 500


def import_twin_towns(
    upload: Upload,
    settings: Settings,
    register: Register,
    *,
    before: Upload | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Return the pairs of a list as candidates.

    ``before`` is an older state of the same list: a pair that it has and the new one hasn't is a listing
    that says so, and ends nothing.

    Raises:
        InputError: a list can't be read.
    """
    desk = _Desk(upload, settings, register, progress)
    desk.read(upload)
    if before:
        desk.compare(before)
    return desk.outcome()


class _Desk:
    """Where one list is worked on."""

    def __init__(
        self, upload: Upload, settings: Settings, register: Register, progress: Progress | None
    ) -> None:
        self._teller = Teller(upload, settings.language)
        self._settings = settings
        self._register = register
        self._progress = progress
        self._countries = Countries(register)
        self._towns = Gazetteer(register, settings, self._countries)
        self._graphs = Graphs(settings.read_on)
        self._seen: dict[frozenset[tuple[str, ...]], int] = {}
        self._listed: set[tuple[str, ...]] = set()
        self._counts: Counter[str] = Counter()
        add_document(self._graphs, settings, upload)

    def read(self, upload: Upload) -> None:
        """Make candidates of the pairs of the list."""
        pairs = list(read_pairs(upload))
        for at, pair in enumerate(self._sound(pairs, self._teller)):
            self._show("pairs", at, len(pairs))
            self._seen.setdefault(frozenset((pair.one.key, pair.other.key)), pair.row)
            self._listed |= {pair.one.key, pair.other.key}
            self._add(pair, self._settings.slug)

    def compare(self, before: Upload) -> None:
        """Tell what an older list has and this one hasn't."""
        slug = f"{self._settings.slug}-before"
        teller = Teller(before, self._settings.language)
        pairs = list(read_pairs(before))
        is_added = False
        for pair in self._sound(pairs, teller):
            if frozenset((pair.one.key, pair.other.key)) in self._seen:
                continue
            if not {pair.one.key, pair.other.key} & self._listed:
                teller.tell("no-longer-covered", "info", pair.row, one=pair.one.name, other=pair.other.name)
                continue
            if not is_added:
                add_document(self._graphs, self._settings, before, slug)
                is_added = True
            self._add(pair, slug, listed=False)
        self._teller.remarks += teller.remarks

    def outcome(self) -> Outcome:
        """Return what came of it."""
        self._towns.add_made(self._graphs)
        self._countries.add_made(self._graphs, self._settings.slug)
        return Outcome(self._graphs, self._towns.matcher.reviews(), tuple(self._teller.remarks))

    def _sound(self, pairs: list[Pair], teller: Teller) -> Iterable[Pair]:
        """Yield the pairs that nothing keeps out; the others are told."""
        checker = _Checker(teller, self._countries, self._neighbours(pairs))
        return [pair for pair in pairs if checker.is_sound(pair)]

    def _neighbours(self, pairs: list[Pair]) -> Neighbours:
        towns = {town.key: town for pair in pairs for town in (pair.one, pair.other)}
        listed = [
            (*town.point, self._countries.find(town.country) or town.country)
            for town in towns.values()
            if town.point
        ]
        return Neighbours(listed, self._register.points)

    def _add(self, pair: Pair, slug: str, *, listed: bool = True) -> None:
        places = sorted(self._towns.place(town, pair.row) for town in (pair.one, pair.other))
        if places[0] == places[1]:
            self._teller.tell("with-itself", "violation", pair.row, name=pair.one.name)
            return
        bond = self._register.twinnings.get(frozenset(places))
        path = self._path(places[0], slug)
        row = passage(slug, pair.row)
        if bond:
            self._list(path, bond, row, listed=listed)
            return
        first, second = (place.rpartition("/")[2] for place in places)
        bond = thing("partnership", f"{first}-{second}")
        one, other = sorted((pair.one, pair.other), key=lambda town: self._towns.place(town, pair.row))
        self._graphs.add(
            path,
            bond,
            rdf_type=link("ns#Partnership"),
            ct_kind=link("kind/twinning"),
            skos_prefLabel=names(
                {
                    "en": f"{one.name} and {other.name}",
                    "fi": f"{one.name} ja {other.name}",
                    "sv": f"{one.name} och {other.name}",
                }
            ),
            ct_ending=link("ending/not-recorded"),
            ct_theme=link("theme/twinning"),
            ct_statedIn=row,
        )
        for place in places:
            self._graphs.add(
                path,
                f"{bond}/participation/{place.rpartition('/')[2]}",
                rdf_type=link("ns#Participation"),
                ct_in=link(bond),
                ct_represents=link(place),
                ct_role=link("role/party"),
                ct_statedIn=row,
            )
        if not listed:
            self._list(path, bond, passage(self._settings.slug, 1), listed=False)

    def _list(self, path: str, bond: str, row: NamedNode, *, listed: bool) -> None:
        """Add that the list names a partnership, or no longer does, on the day that the list is of."""
        slug = self._settings.slug
        where = row if listed else passage(slug, 1)
        self._graphs.add(
            path,
            thing("listing", f"{bond.rpartition('/')[2]}-{slug}"),
            rdf_type=link("ns#Listing"),
            ct_lists=link(bond),
            ct_listed=literal(str(listed).lower(), "boolean"),
            ct_asOf=dated(self._settings.issued or self._settings.read_on),
            ct_statedIn=where,
        )

    def _path(self, place: str, slug: str) -> str:
        base = f"agreements/{slug}-{self._towns.country_slug(place)}"
        self._counts[base] += 1
        part = (self._counts[base] - 1) // _MOST
        return f"{base}-{part + 1}" if part else base

    def _show(self, stage: str, done: int, total: int) -> None:
        if self._progress and done % _STEP == 0:
            self._progress(stage, done, total)


class _Checker:
    """Tells what is wrong with the rows of one list."""

    def __init__(self, teller: Teller, countries: Countries, neighbours: Neighbours) -> None:
        self._teller = teller
        self._countries = countries
        self._neighbours = neighbours
        self._first: dict[frozenset[tuple[str, ...]], int] = {}
        self._variants: set[str] = set()
        self._elsewhere: dict[tuple[str, ...], str | None] = {}

    def is_sound(self, pair: Pair) -> bool:
        """Tell whether nothing keeps the pair out."""
        key = frozenset((pair.one.key, pair.other.key))
        first = self._first.setdefault(key, pair.row)
        if first != pair.row:
            self._teller.tell("duplicate", "warning", pair.row, first=first)
            return False
        sides = zip((pair.one, pair.other), pair.columns, strict=True)
        found = [self._is_named(town, pair.row, column) for town, column in sides]
        return all(found)

    def _is_named(self, town: Town, row: int, column: int | None) -> bool:
        if not town.name or not town.country:
            self._teller.tell("empty", "violation", row, column)
            return False
        if is_bare(town.name):
            self._teller.tell("bare-identifier", "violation", row, column, name=town.name)
            return False
        whole = repair(town.name)
        if whole is not None:
            self._teller.tell("mojibake", "violation", row, column, name=town.name, whole=whole or "?")
            return False
        self._look_at_country(town, row, column)
        return self._is_at_home(town, row, column)

    def _look_at_country(self, town: Town, row: int, column: int | None) -> None:
        if town.country in self._variants:
            return
        self._variants.add(town.country)
        if self._countries.is_variant(town.country):
            known = str(self._countries.find(town.country)).rpartition("/")[2]
            self._teller.tell("country-variant", "info", row, column, label=town.country, known=known)
        elif self._countries.find(town.country) is None:
            self._teller.tell("country-unknown", "info", row, column, label=town.country)

    def _is_at_home(self, town: Town, row: int, column: int | None) -> bool:
        if town.point is None:
            return True
        if town.key not in self._elsewhere:
            country = self._countries.find(town.country) or town.country
            self._elsewhere[town.key] = self._neighbours.other_country(town.point, country)
        other = self._elsewhere[town.key]
        if other:
            self._teller.tell(
                "other-country",
                "violation",
                row,
                column,
                name=town.name,
                country=town.country,
                other=other.rpartition("/")[2],
            )
        return other is None
