"""Generate the ground of a graph: countries, regions, municipalities, their bodies, people and networks."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from names import Dice, Names, invent_person, invent_place
from statements import DAY, Folder, ref, text, typed

YEARS: Final = (1990, 2025)
_REGION_KINDS: Final = ("county", "region", "republic", "oblast")
_BODY_KINDS: Final = ("university", "company", "association", "cultural-institution", "vocational-school")
_TOWNS_PER_FILE: Final = 200
#: So many frameworks are under no other.
_TOPS: Final = 3
_LANGUAGES: Final = ("sv", "fi", "ru", "en", "nb")
#: Stated triples for each municipality with its body, organ, mayors and documents, and the stories about it.
_TRIPLES_PER_TOWN: Final = 700


@dataclass(frozen=True)
class Town:
    """A municipality and the body that governs it; mayors as (person, first year, last year)."""

    slug: str
    country: int
    region: str
    names: Names
    mayors: tuple[tuple[str, int, int], ...]

    @property
    def body(self) -> str:
        """Return the IRI of the municipality's body, below the base."""
        return f"id/organisation/town-of-{self.slug}"

    @property
    def council(self) -> str:
        """Return the IRI of the body's organ."""
        return f"id/organisation/council-of-{self.slug}"

    @property
    def place(self) -> str:
        """Return the IRI of the place."""
        return f"id/place/{self.slug}"

    def find_mayor(self, year: int) -> str:
        """Return the person in office in a year."""
        return next(person for person, first, last in self.mayors if first <= year <= last)


@dataclass
class Lands:
    """What stories are told about, the big ones first."""

    towns: list[Town] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    frameworks: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    documents: list[tuple[str, int]] = field(default_factory=list)


def settle(folder: Folder, dice: Dice, *, triples: int) -> Lands:
    """Write countries, regions, towns, bodies and networks for a graph of this size."""
    lands = Lands()
    towns = max(8, triples // _TRIPLES_PER_TOWN)
    countries = min(24, 4 + towns // 60)
    regions = max(countries * 2, min(towns // 6, countries * 12))
    for number in range(countries):
        _add_country(folder, dice, number)
    for number in range(regions):
        _add_region(folder, dice, number, country=number % countries)
        lands.regions.append(f"r{number}")
    for number in range(towns):
        region = number % regions if number < regions else lands.regions.index(dice.skewed(lands.regions))
        lands.towns.append(_add_town(folder, dice, number, region=region, country=region % countries))
        lands.documents += _add_documents(folder, dice, lands.towns[-1], number)
        if dice.chance(0.5):
            lands.bodies.append(_add_body(folder, dice, lands, number))
        if number % _TOWNS_PER_FILE == _TOWNS_PER_FILE - 1:
            folder.flush()
    for number in range(max(2, towns // 50)):
        _add_network(folder, dice, lands, number)
    for number in range(max(2, towns // 40)):
        lands.frameworks.append(_add_framework(folder, dice, lands, number))
    folder.flush()
    return lands


def cite(dice: Dice, lands: Lands, *, most: int = 2) -> list[str]:
    """Return passages of documents, some of them cited again and again."""
    found = dice.some(lands.documents, dice.between(1, most))
    return [ref(document, f"p{dice.between(1, paragraphs)}") for document, paragraphs in found]


def _add_country(folder: Folder, dice: Dice, number: int) -> None:
    slug, code = f"c{number}", f"{chr(65 + number)}{chr(88 - number % 3)}"
    borders = [ref(f"id/place/c{number - 1}")] if number else []
    folder.add(
        "places/countries",
        f"id/place/{slug}",
        ("a", "ct:Place"),
        ("ct:kind", "<kind/country>"),
        ("skos:prefLabel", text(Names(*(f"{name}land" for name in invent_place(dice, number))))),
        ("ct:borders", borders),
        ("ct:code", ref(f"id/place/{slug}/code/iso-3166-1-2026")),
    )
    _add_code(folder, "places/countries", slug, "iso-3166-1", code)


def _add_region(folder: Folder, dice: Dice, number: int, *, country: int) -> None:
    slug, names = f"r{number}", invent_place(dice, number)
    folder.add(
        "places/regions",
        f"id/place/{slug}",
        ("a", "ct:Place"),
        ("ct:kind", ref("kind", _REGION_KINDS[country % len(_REGION_KINDS)])),
        ("skos:prefLabel", text(_extend(names, " County", "n lääni", " область", " län"))),
        ("ct:partOf", ref(f"id/place/c{country}")),
        ("ct:code", ref(f"id/place/{slug}/code/iso-3166-2-2026")),
    )
    letter = chr(65 + country) + chr(88 - country % 3)
    _add_code(folder, "places/regions", slug, "iso-3166-2", f"{letter}-{number:03}")


def _add_code(folder: Folder, file: str, slug: str, scheme: str, notation: str) -> None:
    folder.add(
        file,
        f"id/place/{slug}/code/{scheme}-2026",
        ("a", "ct:Code"),
        ("skos:notation", f'"{notation}"'),
        ("ct:scheme", ref("kind", scheme)),
        ("ct:version", '"2026"'),
    )


def _add_town(folder: Folder, dice: Dice, number: int, *, region: int, country: int) -> Town:
    names = invent_place(dice, number)
    slug = f"{names.en.lower()}-{number}"
    file = f"places/towns-{number // _TOWNS_PER_FILE:04}"
    longitude, latitude = (
        5 + country % 6 * 8 + dice.between(0, 79_999) / 1e4,
        50 + region % 20 + dice.between(0, 9_999) / 1e4,
    )
    folder.add(
        file,
        f"id/place/{slug}",
        ("a", "ct:Place"),
        ("ct:kind", "<kind/municipality>"),
        ("skos:prefLabel", text(names)),
        ("ct:partOf", ref(f"id/place/r{region}")),
        ("geo:hasDefaultGeometry", ref(f"id/place/{slug}/point")),
    )
    point = f'"POINT({longitude:.4f} {latitude:.4f})"^^geo:wktLiteral'
    folder.add(file, f"id/place/{slug}/point", ("a", "geo:Geometry"), ("geo:asWKT", point))
    mayors = _add_government(folder, dice, number, slug, names)
    return Town(slug, country, f"r{region}", names, mayors)


def _add_government(
    folder: Folder, dice: Dice, number: int, slug: str, names: Names
) -> tuple[tuple[str, int, int], ...]:
    """Add the body of a town, its council, and who has been its mayor."""
    file, cited = f"organisations/towns-{number // _TOWNS_PER_FILE:04}", ref(f"id/document/news-{slug}/p1")
    body, council, post = (
        f"id/organisation/town-of-{slug}",
        f"id/organisation/council-of-{slug}",
        f"id/post/mayor-{slug}",
    )
    folder.add(
        file,
        body,
        ("a", "ct:Organisation"),
        ("ct:kind", "<kind/municipality-body>"),
        ("skos:prefLabel", text(_extend(names, " municipality", "n kunta", ", коммуна", " kommun"))),
        ("ct:governs", ref(f"id/place/{slug}")),
        ("ct:statedIn", cited),
    )
    folder.add(
        file,
        council,
        ("a", "ct:Organisation"),
        ("ct:kind", "<kind/council>"),
        ("skos:prefLabel", text(_extend(names, " council", "n valtuusto", ", совет", " fullmäktige"))),
        ("ct:subOrganizationOf", ref(body)),
        ("ct:statedIn", cited),
    )
    folder.add(
        file,
        post,
        ("a", "ct:Post"),
        ("skos:prefLabel", text(_extend(names, ", mayor", "n kunnanjohtaja", ", мэр", ", borgmästare"))),
        ("org:postIn", ref(body)),
    )
    middle = dice.between(YEARS[0] + 8, YEARS[1] - 8)
    spans = ((YEARS[0], middle), (middle + 1, YEARS[1]))
    mayors = []
    for turn, (first, last) in enumerate(spans):
        person = f"id/person/{slug}-{turn}"
        folder.add(
            file, person, ("a", "ct:Person"), ("skos:prefLabel", text(invent_person(dice, number * 2 + turn)))
        )
        folder.add(
            file,
            f"id/tenure/{slug}-{turn}",
            ("a", "ct:Tenure"),
            ("ct:holder", ref(person)),
            ("ct:post", ref(post)),
            ("ct:from", typed(first, "gYear")),
            ("ct:until", typed(last, "gYear")),
            ("ct:statedIn", cited),
        )
        mayors.append((person, first, last))
    return tuple(mayors)


def _add_documents(folder: Folder, dice: Dice, town: Town, number: int) -> list[tuple[str, int]]:
    added = []
    for name in ("news", "minutes", "page")[: dice.between(1, 3)]:
        document = f"id/document/{name}-{town.slug}"
        paragraphs = dice.between(4, 12)
        title = _extend(town.names, f", {name}", f", {name}", f", {name} документ", f", {name} dokument")
        folder.add(
            f"evidence/towns-{number // _TOWNS_PER_FILE:04}",
            document,
            ("a", "ct:Document"),
            ("dct:title", text(title)),
            ("dct:publisher", ref(town.body)),
            ("dct:language", f'"{_LANGUAGES[town.country % len(_LANGUAGES)]}"'),
            ("schema:url", f"<https://example.org/{town.slug}/{name}>"),
            ("ct:readOn", typed(DAY, "date")),
            ("ct:readInPart", "false"),
            ("ct:checksum", f'"{sha256(document.encode()).hexdigest()}"'),
        )
        added.append((document, paragraphs))
    return added


def _add_body(folder: Folder, dice: Dice, lands: Lands, number: int) -> str:
    town, kind, body = lands.towns[-1], dice.one(_BODY_KINDS), f"id/organisation/body-{number}"
    label = kind.replace("-", " ")
    folder.add(
        f"organisations/bodies-{number // _TOWNS_PER_FILE:04}",
        body,
        ("a", "ct:Organisation"),
        ("ct:kind", ref("kind", kind)),
        (
            "skos:prefLabel",
            text(_extend(town.names, f" {label}", f"n {label} yhdistys", ", общество", f" {label} förening")),
        ),
        ("ct:seat", ref(town.place)),
        ("ct:statedIn", cite(dice, lands, most=1)),
    )
    if dice.chance(0.2):
        folder.add(
            f"organisations/bodies-{number // _TOWNS_PER_FILE:04}",
            f"id/change/body-{number}",
            ("a", "ct:Change"),
            ("ct:kind", "<kind/renamed>"),
            (
                "skos:prefLabel",
                text(_extend(town.names, " renamed", ", uusi nimi", ", новое имя", ", nytt namn")),
            ),
            ("ct:before", ref(body)),
            ("ct:after", ref(body)),
            ("ct:formerName", f'"{town.names.sv} {label}"@sv'),
            ("ct:date", typed(dice.between(*YEARS), "gYear")),
            ("ct:statedIn", cite(dice, lands, most=1)),
        )
    if dice.chance(0.3):
        folder.add(
            f"organisations/bodies-{number // _TOWNS_PER_FILE:04}",
            f"id/service/body-{number}",
            ("a", "ct:Service"),
            (
                "skos:prefLabel",
                text(Names("Finding partners", "Kumppanien haku", "Поиск партнёров", "Partnersökning")),
            ),
            ("ct:of", ref(body)),
            ("ct:theme", "<theme/business>"),
            ("ct:beneficiary", "<kind/companies>"),
            ("ct:statedIn", cite(dice, lands, most=1)),
        )
    return body


def _add_framework(folder: Folder, dice: Dice, lands: Lands, number: int) -> str:
    """Add a framework in which regions take part; each but the first few is under another one."""
    file, framework = "frameworks/frameworks", f"id/framework/f{number}"
    names = _extend(invent_place(dice, number), " programme", " ohjelma", ", программа", " program")
    folder.add(
        file,
        framework,
        ("a", "ct:Framework"),
        ("skos:prefLabel", text(names)),
        ("ct:under", [ref(dice.skewed(lands.frameworks))] if number > _TOPS else []),
        ("ct:ending", "<ending/not-recorded>"),
        ("ct:statedIn", cite(dice, lands, most=1)),
    )
    for region in dice.some(lands.regions, dice.between(2, 6)):
        folder.add(
            file,
            f"{framework}/participation/{region}",
            ("a", "ct:Participation"),
            ("ct:in", ref(framework)),
            ("ct:represents", ref(f"id/place/{region}")),
            ("ct:role", "<role/cooperation-partner>"),
            ("ct:statedIn", cite(dice, lands, most=1)),
        )
    return framework


def _add_network(folder: Folder, dice: Dice, lands: Lands, number: int) -> None:
    file, body = f"organisations/networks-{number // 50:04}", f"id/organisation/network-{number}"
    names = _extend(invent_place(dice, number), " Network", " verkosto", ", сеть", " nätverk")
    folder.add(
        file,
        body,
        ("a", "ct:Organisation"),
        ("ct:kind", "<kind/network>"),
        ("skos:prefLabel", text(names)),
        ("ct:statedIn", cite(dice, lands, most=1)),
    )
    for town in dice.some(lands.towns, min(len(lands.towns) // 2, dice.between(5, 40))):
        joined = dice.between(YEARS[0], 2010)
        until = dice.between(2011, YEARS[1])
        folder.add(
            file,
            f"{body}/participation/{town.slug}",
            ("a", "ct:Participation"),
            ("ct:in", ref(body)),
            ("ct:participant", ref(town.body)),
            ("ct:role", "<role/member>"),
            ("ct:from", typed(joined, "gYear")),
            ("ct:until", [typed(until, "gYear")] if dice.chance(0.2) else []),
            ("ct:statedIn", cite(dice, lands, most=1)),
        )


def _extend(names: Names, *endings: str) -> Names:
    return Names(*(name + ending for name, ending in zip(names, endings, strict=True)))
