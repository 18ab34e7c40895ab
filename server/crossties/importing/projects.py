"""Projects and their partners, from whatever export, as candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from crossties.importing.bodies import Bodies, Partner
from crossties.importing.building import Graphs, labelled, link, passage, thing
from crossties.importing.defects import is_bare, is_placeholder, read_day, repair
from crossties.importing.documents import dated
from crossties.importing.model import Settings, Teller
from crossties.quads import Literal, literal
from crossties.sheets.slugs import make_slug

_MOST: Final = 400
_CENTS: Final = Decimal("0.01")


@dataclass(frozen=True)
class Project:
    """A project as an export names it.

    ``row`` is the number of its passage, ``place`` the row and sheet where it is told of, ``names`` are by
    language; ``start`` and ``end`` are as written.
    """

    row: int
    programme: str
    number: str
    acronym: str
    names: Mapping[str, str]
    start: str = ""
    end: str = ""
    budget: str = ""
    eu: str = ""
    sheet: str | None = None
    partners: tuple[Partner, ...] = ()
    document: str = ""
    columns: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """Return the id of the project: acronyms are unique in a programme only."""
        return make_slug(f"{self.programme} {self.number or self.acronym}") or "unnamed"


def add_projects(
    projects: Iterable[Project], graphs: Graphs, bodies: Bodies, settings: Settings, teller: Teller
) -> None:
    """Add projects with their programme, partners and money; what is wrong with them is told."""
    seen: dict[str, int] = {}
    for number, project in enumerate(projects):
        first = seen.setdefault(project.slug, project.row)
        if first != project.row:
            teller.tell("duplicate", "warning", project.row, sheet=project.sheet, first=first)
        elif _is_named(project, teller):
            part = number // _MOST
            path = f"agreements/{settings.slug}" + (f"-{part + 1}" if part else "")
            _add(project, path, graphs, bodies, teller)


def _is_named(project: Project, teller: Teller) -> bool:
    name = project.names.get("en") or next(iter(project.names.values()), "") or project.acronym
    column = project.columns.get("name")
    if not name:
        teller.tell("empty", "violation", project.row, column, project.sheet)
        return False
    if is_bare(name):
        teller.tell("bare-identifier", "violation", project.row, column, project.sheet, name=name)
        return False
    for text in project.names.values():
        whole = repair(text)
        if whole is not None:
            teller.tell(
                "mojibake", "violation", project.row, column, project.sheet, name=text, whole=whole or "?"
            )
            return False
    return True


def _add(project: Project, path: str, graphs: Graphs, bodies: Bodies, teller: Teller) -> None:
    row = passage(project.document, project.row)
    iri = thing("project", project.slug)
    programme = thing("framework", make_slug(project.programme) or "unnamed")
    graphs.add(
        f"frameworks/{project.document}",
        programme,
        rdf_type=link("ns#Framework"),
        ct_kind=link("kind/funding-programme"),
        skos_prefLabel=labelled({"en": project.programme}),
        ct_ending=link("ending/not-recorded"),
        ct_statedIn=row,
    )
    start, end = _period(project, teller)
    labels = dict(project.names) or {"en": project.acronym}
    labels.setdefault("en", project.acronym or next(iter(labels.values())))
    graphs.add(
        path,
        iri,
        rdf_type=link("ns#Project"),
        skos_prefLabel=labelled(labels),
        ct_under=link(programme),
        ct_from=dated(start) if start else None,
        ct_until=dated(end) if end else None,
        ct_ending=None if end else link("ending/not-recorded"),
        ct_statedIn=row,
    )
    if not project.partners:
        column = project.columns.get("partners")
        teller.tell("no-partners", "warning", project.row, column, project.sheet, name=labels["en"])
    for partner in project.partners:
        bodies.add(partner, iri, path)
    _add_money(project, iri, programme, path, graphs, teller)


def _period(project: Project, teller: Teller) -> tuple[str | None, str | None]:
    """Return start and end where they are days, and the right way round."""
    for text in (project.start, project.end):
        if is_placeholder(text):
            teller.tell("placeholder-date", "info", project.row, sheet=project.sheet, day=text)
        elif text and read_day(text) is None:
            teller.tell("unread-date", "warning", project.row, sheet=project.sheet, day=text)
    start, end = read_day(project.start), read_day(project.end)
    if start and end and start > end:
        column = project.columns.get("start")
        teller.tell("reversed-dates", "violation", project.row, column, project.sheet, start=start, end=end)
        return None, None
    return start, end


def _add_money(project: Project, iri: str, programme: str, path: str, graphs: Graphs, teller: Teller) -> None:
    for kind, text, funder in (("budget", project.budget, None), ("grant", project.eu, "kind/eu-funds")):
        amount = read_amount(text)
        if text and amount is None:
            teller.tell("unread-amount", "warning", project.row, sheet=project.sheet, amount=text)
        if amount is not None:
            graphs.add(
                path,
                thing("funding", f"{project.slug}-{kind}"),
                rdf_type=link("ns#Funding"),
                ct_kind=link(f"kind/{kind}"),
                ct_funder=link(funder) if funder else None,
                ct_recipient=link(iri),
                ct_amount=amount,
                ct_currency=literal("EUR"),
                ct_through=link(programme),
                ct_statedIn=passage(project.document, project.row),
            )


def read_amount(text: str) -> Literal | None:
    """Return a sum of euros in its plain form; spaces and marks between thousands are left out."""
    plain = "".join(text.replace("€", "").replace("EUR", "").split())
    if "," in plain and "." in plain:
        plain = plain.replace("," if plain.rfind(".") > plain.rfind(",") else ".", "")
    plain = plain.replace(",", ".")
    try:
        amount = Decimal(plain).quantize(_CENTS)
    except InvalidOperation:
        return None
    whole = f"{amount:f}".rstrip("0").rstrip(".")
    return literal(whole, "decimal") if amount > 0 else None
