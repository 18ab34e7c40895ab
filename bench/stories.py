"""Generate stories of cooperation: partnership, agreements, signings, plans, money, events, endings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lands import YEARS, Lands, Town, cite
from names import Dice, Names
from statements import Folder, Pair, ref, text, typed

_AGREEMENTS: Final = (
    "cooperation-agreement",
    "letter-of-intent",
    "friendship-agreement",
    "twinning-agreement",
)
_THEMES: Final = [
    "culture",
    "education",
    "business",
    "tourism",
    "environment",
    "transport",
    "sport",
    "vocational-education",
    "health",
    "student-exchange",
    "research",
    "trade",
    "water-protection",
    "small-and-medium-enterprises",
    "social-welfare",
]
_GROUPS: Final = ["students", "companies", "residents", "young-people", "researchers", "tourists", "schools"]
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


@dataclass(frozen=True)
class Scene:
    """Where stories are written, what is rolled for them, and whom they are about."""

    folder: Folder
    dice: Dice
    lands: Lands


def tell_story(folder: Folder, dice: Dice, lands: Lands, number: int) -> None:
    """Write a whole story: most are short, some have a chain of agreements."""
    scene, story = Scene(folder, dice, lands), _begin(dice, lands, number)
    _add_partnership(scene, story)
    agreements: list[str] = []
    for turn in range(1 + dice.chance(0.4) + dice.chance(0.2) + dice.chance(0.1)):
        year = story.since + turn * 6
        if year > YEARS[1]:
            break
        agreements.append(_add_agreement(scene, story, year, agreements[-1:]))
        if dice.chance(0.6):
            _add_plan(scene, story, agreements[-1], year)
    if dice.chance(0.35):
        _add_project(scene, story)
    if dice.chance(0.4):
        _add_event(scene, story)
    for _ in range(dice.between(0, 2)):
        _add_listing(scene, story)
    if dice.chance(0.15):
        _add_claims(scene, story)
    if dice.chance(0.25):
        _end(scene, story)


def _begin(dice: Dice, lands: Lands, number: int) -> Story:
    """Choose towns of more than one country; two sides are usual, six are rare."""
    count = 2 + dice.chance(0.3) + dice.chance(0.15) + dice.chance(0.1) + dice.chance(0.05)
    first = dice.skewed(lands.towns)
    others = [town for town in dice.some(lands.towns, count * 3) if town.country != first.country][
        : count - 1
    ]
    while not others:
        others = [town for town in [dice.one(lands.towns)] if town.country != first.country]
    towns = (first, *others)
    both = [f"{one} and {other}" for one, other in zip(towns[0].names, towns[-1].names, strict=True)]
    since = dice.between(YEARS[0] + 1, YEARS[1] - 5)
    return Story(f"s{number}", f"{number // 25:05}", towns, since, Names(*both))


def _add_partnership(scene: Scene, story: Story) -> None:
    scene.folder.add(
        f"agreements/{story.batch}",
        story.partnership,
        ("a", "ct:Partnership"),
        ("ct:kind", "<kind/twinning>" if scene.dice.chance(0.7) else "<kind/friendship-link>"),
        ("skos:prefLabel", _label(story, "partnership", "kumppanuus", "партнёрство", "vänort", story.slug)),
        ("ct:party", story.parties),
        ("ct:from", typed(story.since, "gYear")),
        ("ct:ending", "<ending/open-ended>"),
        _themes(scene.dice),
        ("ct:statedIn", cite(scene.dice, scene.lands)),
    )


def _add_agreement(scene: Scene, story: Story, year: int, earlier: list[str]) -> str:
    """Add an agreement that replaces the earlier one, and its signing."""
    agreement = f"id/agreement/{story.slug}-{len(earlier) and int(earlier[0].rpartition('-')[2]) + 1}"
    ends = [typed(year + 4, "gYear")] if scene.dice.chance(0.4) else []
    scene.folder.add(
        f"agreements/{story.batch}",
        agreement,
        ("a", "ct:Agreement"),
        ("ct:kind", [ref("kind", scene.dice.skewed(_AGREEMENTS))] if scene.dice.chance(0.9) else []),
        (
            "skos:prefLabel",
            _label(story, "agreement", "sopimus", "соглашение", "avtal", agreement.rpartition("/")[2]),
        ),
        ("ct:under", ref(story.partnership)),
        ("ct:replaces", [ref(one) for one in earlier]),
        ("ct:implements", [ref(scene.dice.skewed(scene.lands.frameworks))] if scene.dice.chance(0.3) else []),
        ("ct:party", story.parties),
        ("ct:until", ends),
        ("ct:ending", [] if ends else "<ending/not-stated>"),
        _themes(scene.dice),
        ("ct:statedIn", cite(scene.dice, scene.lands)),
    )
    _add_signing(scene, story, agreement, year)
    return agreement


def _add_signing(scene: Scene, story: Story, agreement: str, year: int) -> None:
    file, signing = f"agreements/{story.batch}", f"id/signing/{agreement.rpartition('/')[2]}"
    signatures = [f"{signing}/signature/{town.slug}" for town in story.towns]
    exact = typed(f"{year}-{scene.dice.between(1, 12):02}-{scene.dice.between(1, 28):02}", "date")
    scene.folder.add(
        file,
        signing,
        ("a", "ct:Signing"),
        ("ct:signs", ref(agreement)),
        ("ct:date", exact if scene.dice.chance(0.7) else typed(year, "gYear")),
        ("ct:place", ref(scene.dice.one(story.towns).place)),
        ("ct:mode", ["<mode/in-person>"] if scene.dice.chance(0.5) else []),
        ("ct:signature", [ref(one) for one in signatures]),
        ("ct:statedIn", cite(scene.dice, scene.lands)),
    )
    for signature, town in zip(signatures, story.towns, strict=True):
        scene.folder.add(
            file,
            signature,
            ("a", "ct:Signature"),
            ("ct:signatory", ref(town.find_mayor(year))),
            ("ct:inPost", ref(f"id/post/mayor-{town.slug}")),
            ("ct:onBehalfOf", ref(town.body)),
            ("ct:statedIn", cite(scene.dice, scene.lands, most=1)),
        )


def _add_plan(scene: Scene, story: Story, agreement: str, year: int) -> None:
    name = agreement.rpartition("/")[2]
    plan = f"id/plan/{name}"
    scene.folder.add(
        f"plans/{story.batch}",
        plan,
        ("a", "ct:ActionPlan"),
        ("skos:prefLabel", _label(story, "plan", "ohjelma", "план", "handlingsplan", name)),
        ("ct:under", ref(agreement)),
        ("ct:from", typed(year, "gYear")),
        ("ct:until", typed(year + scene.dice.between(1, 4), "gYear")),
        ("ct:statedIn", cite(scene.dice, scene.lands)),
    )
    for turn in range(scene.dice.between(2, 7)):
        _add_provision(scene, story, f"{plan}/objective/o{turn}", "ct:Objective", plan)
    for turn in range(scene.dice.between(0, 2)):
        activity = f"id/activity/{name}-{turn}"
        _add_provision(scene, story, activity, "ct:Activity", plan, ("ct:stage", "<stage/planned>"))


def _add_provision(scene: Scene, story: Story, provision: str, kind: str, of: str, *more: Pair) -> None:
    theme, town = scene.dice.skewed(_THEMES), scene.dice.one(story.towns)
    names = Names(f"More {theme} with", f"Lisää aihetta {theme}:", "Больше связей:", f"Mer {theme} med")
    labels = [f"{name} {other}" for name, other in zip(names, town.names, strict=True)]
    actor = (
        town.body
        if not scene.lands.bodies or scene.dice.chance(0.6)
        else scene.dice.skewed(scene.lands.bodies)
    )
    scene.folder.add(
        f"plans/{story.batch}",
        provision,
        ("a", kind),
        ("skos:prefLabel", text(Names(*labels))),
        ("ct:of", ref(of)),
        ("ct:theme", ref("theme", theme)),
        ("ct:actor", ref(actor)),
        ("ct:beneficiary", [ref("kind", scene.dice.one(_GROUPS))] if scene.dice.chance(0.5) else []),
        ("ct:place", [ref(town.place)] if scene.dice.chance(0.3) else []),
        ("ct:direction", [ref("direction", scene.dice.one(_DIRECTIONS))] if kind != "ct:Activity" else []),
        *more,
        ("ct:statedIn", cite(scene.dice, scene.lands)),
    )


def _add_project(scene: Scene, story: Story) -> None:
    """Add a project with an expected outcome, sometimes an observed one, and who pays for it."""
    project, outcome = f"id/project/{story.slug}", f"id/outcome/{story.slug}"
    scene.folder.add(
        f"agreements/{story.batch}",
        project,
        ("a", "ct:Project"),
        ("skos:prefLabel", _label(story, "project", "hanke", "проект", "projekt", story.slug)),
        ("ct:under", ref(story.partnership)),
        ("ct:party", story.parties),
        ("ct:from", typed(story.since + 1, "gYear")),
        ("ct:until", typed(story.since + 3, "gYear")),
        _themes(scene.dice),
        ("ct:statedIn", cite(scene.dice, scene.lands)),
    )
    _add_provision(scene, story, f"{outcome}-expected", "ct:ExpectedOutcome", project)
    if scene.dice.chance(0.3):
        seen = ("ct:observes", ref(f"{outcome}-expected"))
        _add_provision(scene, story, f"{outcome}-seen", "ct:ObservedOutcome", project, seen)
    _add_money(scene, story, project)


def _add_money(scene: Scene, story: Story, project: str) -> None:
    """Add a total that the parties share, most sums small and a few large."""
    funders = story.towns[: scene.dice.between(1, len(story.towns))]
    part = scene.dice.skewed(range(5_000, 500_000, 500), power=4.0)
    currency, total = f'"{scene.dice.skewed(_CURRENCIES)}"', f"id/funding/{story.slug}-total"
    period: tuple[Pair, ...] = (
        ("ct:from", typed(story.since + 1, "gYear")),
        ("ct:until", typed(story.since + 1 + scene.dice.chance(0.2), "gYear")),
        ("ct:statedIn", cite(scene.dice, scene.lands)),
    )
    recipient: Pair = ("ct:recipient", ref(project))
    scene.folder.add(
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
        scene.folder.add(
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
            ("ct:purpose", ["<kind/project-costs>"] if scene.dice.chance(0.5) else []),
            *period,
        )


def _add_event(scene: Scene, story: Story) -> None:
    scene.folder.add(
        f"agreements/{story.batch}",
        f"id/event/{story.slug}",
        ("a", "ct:Event"),
        ("ct:kind", "<kind/conference>" if scene.dice.chance(0.5) else "<kind/culture-days>"),
        ("skos:prefLabel", _label(story, "days", "päivät", "дни", "dagar", story.slug)),
        (
            "ct:date",
            typed(f"{scene.dice.between(story.since, YEARS[1])}-{scene.dice.between(1, 12):02}-05", "date"),
        ),
        ("ct:place", ref(scene.dice.one(story.towns).place)),
        ("ct:marks", ref(story.partnership)),
        ("ct:statedIn", cite(scene.dice, scene.lands)),
    )


def _add_listing(scene: Scene, story: Story) -> None:
    year = scene.dice.between(story.since + 1, YEARS[1])
    day = f"{year}-{scene.dice.between(1, 12):02}-{scene.dice.between(1, 28):02}"
    scene.folder.add(
        f"agreements/{story.batch}",
        f"id/listing/{story.slug}-{day}-{scene.folder.triples}",
        ("a", "ct:Listing"),
        ("ct:lists", ref(story.partnership)),
        ("ct:listed", "true" if scene.dice.chance(0.9) else "false"),
        ("ct:asOf", typed(day, "date")),
        ("ct:statedIn", cite(scene.dice, scene.lands, most=1)),
    )


def _add_claims(scene: Scene, story: Story) -> None:
    """Let two sources say two things about when an event of the partnership was."""
    event = f"id/event/{story.slug}-founding"
    scene.folder.add(
        f"agreements/{story.batch}",
        event,
        ("a", "ct:Event"),
        ("ct:kind", "<kind/opening>"),
        ("skos:prefLabel", _label(story, "opening", "avajaiset", "открытие", "invigning", story.slug)),
        ("ct:marks", ref(story.partnership)),
        ("ct:statedIn", cite(scene.dice, scene.lands, most=1)),
    )
    for turn in range(2):
        scene.folder.add(
            f"agreements/{story.batch}",
            f"id/claim/{story.slug}-{turn}",
            ("a", "ct:Claim"),
            ("ct:about", ref(event)),
            ("ct:property", "ct:date"),
            ("ct:value", typed(story.since + turn, "gYear")),
            ("ct:statedIn", cite(scene.dice, scene.lands, most=1)),
        )


def _end(scene: Scene, story: Story) -> None:
    """Let one side leave by a decision, at times the other sides after it."""
    for turn, town in enumerate(story.towns[: 1 + scene.dice.chance(0.3)]):
        change, decision = f"id/status/{story.slug}-{turn}", f"id/decision/{story.slug}-{turn}"
        day = typed(f"{_BREAK + turn}-{scene.dice.between(2, 12):02}-{scene.dice.between(1, 28):02}", "date")
        scene.folder.add(
            f"agreements/{story.batch}",
            change,
            ("a", "ct:StatusChange"),
            ("ct:concerns", ref(story.partnership)),
            ("ct:side", ref(town.body)),
            ("ct:status", ref("status", scene.dice.skewed(_ENDINGS))),
            ("ct:decision", ref(decision)),
            ("ct:reason", ref("reason", scene.dice.skewed(_REASONS))),
            ("ct:date", day),
            ("ct:statedIn", cite(scene.dice, scene.lands)),
        )
        scene.folder.add(
            f"agreements/{story.batch}",
            decision,
            ("a", "ct:Decision"),
            ("ct:decidedBy", ref(town.council)),
            ("ct:date", day),
            ("ct:votesFor", str(scene.dice.between(10, 40))),
            ("ct:votesAgainst", str(scene.dice.between(0, 9))),
            ("ct:decides", ref(change)),
            ("ct:statedIn", cite(scene.dice, scene.lands)),
        )


def _themes(dice: Dice) -> Pair:
    return ("ct:theme", [ref("theme", theme) for theme in dice.some(_THEMES, dice.between(1, 3))])


def _label(story: Story, *words: str) -> list[str]:
    """Join the towns' names, what it is in four languages, and the slug that tells it from the others."""
    *kinds, slug = words
    named = [f"{name}, {kind} {slug}" for name, kind in zip(story.names, kinds, strict=True)]
    return text(Names(*named))
