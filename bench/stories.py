"""Generate stories of cooperation: partnership, agreements, signings, plans, money, events, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lands import YEARS, Lands, Town, cite
from names import Dice, Names
from statements import Folder, Pair, ref, text, typed

_AGREEMENTS: Final = ("cooperation-agreement", "letter-of-intent", "friendship-agreement", "twinning-agreement")
_THEMES: Final = (
    "culture education business tourism environment transport sport vocational-education health "
    "student-exchange research trade water-protection small-and-medium-enterprises social-welfare"
).split()
_GROUPS: Final = "students companies residents young-people researchers tourists schools".split()
_ENDINGS: Final = ("terminated", "frozen", "suspended", "paused")
_REASONS: Final = ("war-of-aggression", "no-activity", "loss-of-funding", "political-decision")
_DIRECTIONS: Final = ("increase", "improve", "maintain", "create")
_CURRENCIES: Final = ("EUR", "SEK", "NOK", "RUB")
#: A story ends at the latest in the year before this one; who leaves, leaves now.
_BREAK: Final = 2022


@dataclass(frozen=True)
class Story:
    """One cooperation of two to six towns since a year; ``slug`` names it, ``batch`` its files."""

    slug: str
    batch: str
    towns: tuple[Town, ...]
    since: int
    names: Names

    @property
    def parties(self) -> list[str]:
        """Return the bodies of the towns as objects."""
        return [ref(town.body) for town in self.towns]

    @property
    def partnership(self) -> str:
        """Return the IRI of the partnership."""
        return f"id/partnership/{self.slug}"


def tell_story(folder: Folder, dice: Dice, lands: Lands, number: int) -> None:
    """Write a whole story: most are short, some have a chain of agreements."""
    story = _begin(dice, lands, number)
    _add_partnership(folder, dice, lands, story)
    agreements: list[str] = []
    for turn in range(1 + dice.chance(0.4) + dice.chance(0.2) + dice.chance(0.1)):
        year = story.since + turn * 6
        if year > YEARS[1]:
            break
        agreements.append(_add_agreement(folder, dice, lands, story, year, agreements[-1:]))
        if dice.chance(0.6):
            _add_plan(folder, dice, lands, story, agreements[-1], year)
    if dice.chance(0.35):
        _add_project(folder, dice, lands, story)
    if dice.chance(0.4):
        _add_event(folder, dice, lands, story)
    for _ in range(dice.between(0, 2)):
        _add_listing(folder, dice, lands, story)
    if dice.chance(0.15):
        _add_claims(folder, dice, lands, story)
    if dice.chance(0.25):
        _end(folder, dice, lands, story)


def _begin(dice: Dice, lands: Lands, number: int) -> Story:
    """Choose towns of more than one country; two sides are usual, six are rare."""
    count = 2 + dice.chance(0.3) + dice.chance(0.15) + dice.chance(0.1) + dice.chance(0.05)
    first = dice.skewed(lands.towns)
    others = [town for town in dice.some(lands.towns, count * 3) if town.country != first.country][: count - 1]
    while not others:
        others = [town for town in [dice.one(lands.towns)] if town.country != first.country]
    towns = (first, *others)
    both = [f"{one}–{other}" for one, other in zip(towns[0].names, towns[-1].names, strict=True)]
    since = dice.between(YEARS[0] + 1, YEARS[1] - 5)
    return Story(f"s{number}", f"{number // 25:05}", towns, since, Names(*both))


def _add_partnership(folder: Folder, dice: Dice, lands: Lands, story: Story) -> None:
    folder.add(
        f"agreements/{story.batch}",
        story.partnership,
        ("a", "ct:Partnership"),
        ("ct:kind", "<kind/twinning>" if dice.chance(0.7) else "<kind/friendship-link>"),
        ("skos:prefLabel", _label(story, "partnership", "kumppanuus", "партнёрство", "vänort", story.slug)),
        ("ct:party", story.parties),
        ("ct:from", typed(story.since, "gYear")),
        ("ct:ending", "<ending/open-ended>"),
        _themes(dice),
        ("ct:statedIn", cite(dice, lands)),
    )


def _add_agreement(
    folder: Folder, dice: Dice, lands: Lands, story: Story, year: int, earlier: list[str]
) -> str:
    """Add an agreement that replaces the earlier one, and its signing."""
    agreement = f"id/agreement/{story.slug}-{len(earlier) and int(earlier[0].rpartition('-')[2]) + 1}"
    ends = [typed(year + 4, "gYear")] if dice.chance(0.4) else []
    folder.add(
        f"agreements/{story.batch}",
        agreement,
        ("a", "ct:Agreement"),
        ("ct:kind", [ref("kind", dice.skewed(_AGREEMENTS))] if dice.chance(0.9) else []),
        ("skos:prefLabel", _label(story, "agreement", "sopimus", "соглашение", "avtal", agreement.rpartition("/")[2])),
        ("ct:under", ref(story.partnership)),
        ("ct:replaces", [ref(one) for one in earlier]),
        ("ct:implements", [ref(dice.skewed(lands.frameworks))] if dice.chance(0.3) else []),
        ("ct:party", story.parties),
        ("ct:until", ends),
        ("ct:ending", [] if ends else "<ending/not-stated>"),
        _themes(dice),
        ("ct:statedIn", cite(dice, lands)),
    )
    _add_signing(folder, dice, lands, story, agreement, year)
    return agreement


def _add_signing(
    folder: Folder, dice: Dice, lands: Lands, story: Story, agreement: str, year: int
) -> None:
    file, signing = f"agreements/{story.batch}", f"id/signing/{agreement.rpartition('/')[2]}"
    signatures = [f"{signing}/signature/{town.slug}" for town in story.towns]
    exact = typed(f"{year}-{dice.between(1, 12):02}-{dice.between(1, 28):02}", "date")
    folder.add(
        file,
        signing,
        ("a", "ct:Signing"),
        ("ct:signs", ref(agreement)),
        ("ct:date", exact if dice.chance(0.7) else typed(year, "gYear")),
        ("ct:place", ref(dice.one(story.towns).place)),
        ("ct:mode", ["<mode/in-person>"] if dice.chance(0.5) else []),
        ("ct:signature", [ref(one) for one in signatures]),
        ("ct:statedIn", cite(dice, lands)),
    )
    for signature, town in zip(signatures, story.towns, strict=True):
        folder.add(
            file,
            signature,
            ("a", "ct:Signature"),
            ("ct:signatory", ref(town.find_mayor(year))),
            ("ct:inPost", ref(f"id/post/mayor-{town.slug}")),
            ("ct:onBehalfOf", ref(town.body)),
            ("ct:statedIn", cite(dice, lands, most=1)),
        )


def _add_plan(folder: Folder, dice: Dice, lands: Lands, story: Story, agreement: str, year: int) -> None:
    name = agreement.rpartition("/")[2]
    plan = f"id/plan/{name}"
    folder.add(
        f"plans/{story.batch}",
        plan,
        ("a", "ct:ActionPlan"),
        ("skos:prefLabel", _label(story, "plan", "ohjelma", "план", "handlingsplan", name)),
        ("ct:under", ref(agreement)),
        ("ct:from", typed(year, "gYear")),
        ("ct:until", typed(year + dice.between(1, 4), "gYear")),
        ("ct:statedIn", cite(dice, lands)),
    )
    for turn in range(dice.between(2, 7)):
        _add_provision(folder, dice, lands, story, f"{plan}/objective/o{turn}", "ct:Objective", plan)
    for turn in range(dice.between(0, 2)):
        activity = f"id/activity/{name}-{turn}"
        _add_provision(folder, dice, lands, story, activity, "ct:Activity", plan, ("ct:stage", "<stage/planned>"))


def _add_provision(
    folder: Folder, dice: Dice, lands: Lands, story: Story, provision: str, kind: str, of: str, *more: Pair
) -> None:
    theme, town = dice.skewed(_THEMES), dice.one(story.towns)
    names = Names(f"More {theme} with", f"Lisää aihetta {theme}:", "Больше связей:", f"Mer {theme} med")
    labels = [f"{name} {other}" for name, other in zip(names, town.names, strict=True)]
    actor = town.body if not lands.bodies or dice.chance(0.6) else dice.skewed(lands.bodies)
    folder.add(
        f"plans/{story.batch}",
        provision,
        ("a", kind),
        ("skos:prefLabel", text(Names(*labels))),
        ("ct:of", ref(of)),
        ("ct:theme", ref("theme", theme)),
        ("ct:actor", ref(actor)),
        ("ct:beneficiary", [ref("kind", dice.one(_GROUPS))] if dice.chance(0.5) else []),
        ("ct:place", [ref(town.place)] if dice.chance(0.3) else []),
        ("ct:direction", [ref("direction", dice.one(_DIRECTIONS))] if kind != "ct:Activity" else []),
        *more,
        ("ct:statedIn", cite(dice, lands)),
    )


def _add_project(folder: Folder, dice: Dice, lands: Lands, story: Story) -> None:
    """Add a project with an expected outcome, sometimes an observed one, and who pays for it."""
    project, outcome = f"id/project/{story.slug}", f"id/outcome/{story.slug}"
    folder.add(
        f"agreements/{story.batch}",
        project,
        ("a", "ct:Project"),
        ("skos:prefLabel", _label(story, "project", "hanke", "проект", "projekt", story.slug)),
        ("ct:under", ref(story.partnership)),
        ("ct:party", story.parties),
        ("ct:from", typed(story.since + 1, "gYear")),
        ("ct:until", typed(story.since + 3, "gYear")),
        _themes(dice),
        ("ct:statedIn", cite(dice, lands)),
    )
    _add_provision(folder, dice, lands, story, f"{outcome}-expected", "ct:ExpectedOutcome", project)
    if dice.chance(0.3):
        seen = ("ct:observes", ref(f"{outcome}-expected"))
        _add_provision(folder, dice, lands, story, f"{outcome}-seen", "ct:ObservedOutcome", project, seen)
    _add_money(folder, dice, lands, story, project)


def _add_money(folder: Folder, dice: Dice, lands: Lands, story: Story, project: str) -> None:
    """Add a total that the parties share, most sums small and a few large."""
    funders = story.towns[: dice.between(1, len(story.towns))]
    part = dice.skewed(range(5_000, 500_000, 500), power=4.0)
    currency, total = f'"{dice.skewed(_CURRENCIES)}"', f"id/funding/{story.slug}-total"
    period: tuple[Pair, ...] = (
        ("ct:from", typed(story.since + 1, "gYear")),
        ("ct:until", typed(story.since + 1 + dice.chance(0.2), "gYear")),
        ("ct:statedIn", cite(dice, lands)),
    )
    recipient: Pair = ("ct:recipient", ref(project))
    folder.add(
        f"funding/{story.batch}",
        total,
        ("a", "ct:Funding"),
        ("ct:kind", "<kind/budget>"),
        ("skos:prefLabel", _label(story, "money", "rahoitus", "средства", "medel", story.slug)),
        ("ct:funder", [ref(town.body) for town in funders]),
        recipient,
        ("ct:amount", typed(part * len(funders), "decimal")),
        ("ct:currency", currency),
        *period,
    )
    for town in funders:
        folder.add(
            f"funding/{story.batch}",
            f"id/funding/{story.slug}-{town.slug}",
            ("a", "ct:Funding"),
            ("ct:kind", "<kind/grant>"),
            ("skos:prefLabel", _label(story, "grant", "avustus", "грант", "bidrag", town.slug)),
            ("ct:funder", ref(town.body)),
            recipient,
            ("ct:amount", typed(part, "decimal")),
            ("ct:currency", currency),
            ("ct:sharePart", "1"),
            ("ct:shareWhole", str(len(funders))),
            ("ct:shareOf", ref(total)),
            ("ct:purpose", ["<kind/project-costs>"] if dice.chance(0.5) else []),
            *period,
        )


def _add_event(folder: Folder, dice: Dice, lands: Lands, story: Story) -> None:
    folder.add(
        f"agreements/{story.batch}",
        f"id/event/{story.slug}",
        ("a", "ct:Event"),
        ("ct:kind", "<kind/conference>" if dice.chance(0.5) else "<kind/culture-days>"),
        ("skos:prefLabel", _label(story, "days", "päivät", "дни", "dagar", story.slug)),
        ("ct:date", typed(f"{dice.between(story.since, YEARS[1])}-{dice.between(1, 12):02}-05", "date")),
        ("ct:place", ref(dice.one(story.towns).place)),
        ("ct:marks", ref(story.partnership)),
        ("ct:statedIn", cite(dice, lands)),
    )


def _add_listing(folder: Folder, dice: Dice, lands: Lands, story: Story) -> None:
    day = f"{dice.between(story.since + 1, YEARS[1])}-{dice.between(1, 12):02}-{dice.between(1, 28):02}"
    folder.add(
        f"agreements/{story.batch}",
        f"id/listing/{story.slug}-{day}-{folder.triples}",
        ("a", "ct:Listing"),
        ("ct:lists", ref(story.partnership)),
        ("ct:listed", "true" if dice.chance(0.9) else "false"),
        ("ct:asOf", typed(day, "date")),
        ("ct:statedIn", cite(dice, lands, most=1)),
    )


def _add_claims(folder: Folder, dice: Dice, lands: Lands, story: Story) -> None:
    """Let two sources say two things about when an event of the partnership was."""
    event = f"id/event/{story.slug}-founding"
    folder.add(
        f"agreements/{story.batch}",
        event,
        ("a", "ct:Event"),
        ("ct:kind", "<kind/opening>"),
        ("skos:prefLabel", _label(story, "opening", "avajaiset", "открытие", "invigning", story.slug)),
        ("ct:marks", ref(story.partnership)),
        ("ct:statedIn", cite(dice, lands, most=1)),
    )
    for turn in range(2):
        folder.add(
            f"agreements/{story.batch}",
            f"id/claim/{story.slug}-{turn}",
            ("a", "ct:Claim"),
            ("ct:about", ref(event)),
            ("ct:property", "ct:date"),
            ("ct:value", typed(story.since + turn, "gYear")),
            ("ct:statedIn", cite(dice, lands, most=1)),
        )


def _end(folder: Folder, dice: Dice, lands: Lands, story: Story) -> None:
    """Let one side leave by a decision, at times the other sides after it."""
    for turn, town in enumerate(story.towns[: 1 + dice.chance(0.3)]):
        change, decision = f"id/status/{story.slug}-{turn}", f"id/decision/{story.slug}-{turn}"
        day = typed(f"{_BREAK + turn}-{dice.between(2, 12):02}-{dice.between(1, 28):02}", "date")
        folder.add(
            f"agreements/{story.batch}",
            change,
            ("a", "ct:StatusChange"),
            ("ct:concerns", ref(story.partnership)),
            ("ct:side", ref(town.body)),
            ("ct:status", ref("status", dice.skewed(_ENDINGS))),
            ("ct:decision", ref(decision)),
            ("ct:reason", ref("reason", dice.skewed(_REASONS))),
            ("ct:date", day),
            ("ct:statedIn", cite(dice, lands)),
        )
        folder.add(
            f"agreements/{story.batch}",
            decision,
            ("a", "ct:Decision"),
            ("ct:decidedBy", ref(town.council)),
            ("ct:date", day),
            ("ct:votesFor", str(dice.between(10, 40))),
            ("ct:votesAgainst", str(dice.between(0, 9))),
            ("ct:decides", ref(change)),
            ("ct:statedIn", cite(dice, lands)),
        )


def _themes(dice: Dice) -> Pair:
    return ("ct:theme", [ref("theme", theme) for theme in dice.some(_THEMES, dice.between(1, 3))])


def _label(story: Story, *words: str) -> list[str]:
    """Join the towns' names, what it is in four languages, and the slug that tells it from the others."""
    *kinds, slug = words
    named = [f"{name}, {kind} {slug}" for name, kind in zip(story.names, kinds, strict=True)]
    return text(Names(*named))
