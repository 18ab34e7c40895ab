"""What each derived property reads, in the order in which they are derived."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

import pyoxigraph as ox

from crossties.derivation.acts import derive_acts
from crossties.derivation.changes import derive_changes
from crossties.derivation.days import derive_days
from crossties.derivation.departures import derive_departures
from crossties.derivation.derive import apply_rule, read_rule
from crossties.derivation.labels import derive_labels
from crossties.derivation.lists import LISTS, derive_lists
from crossties.derivation.partial.paths import read_paths, term
from crossties.derivation.partial.sights import Sight, Term
from crossties.derivation.partial.units import Make, Plain, is_no_body
from crossties.derivation.rungs import derive_rungs
from crossties.derivation.signings import derive_signings
from crossties.derivation.standings import derive_standings
from crossties.derivation.successions import derive_successions
from crossties.derivation.ties import derive_ties
from crossties.namespaces import BASE, LANGUAGES

_DATE: Final = "{date,notBefore,notAfter}"
_DATED: Final = "{date,notBefore,notAfter,signature/date,signature/notBefore,signature/notAfter}"
_SPAN: Final = "{dateEarliest,dateLatest}"
_STARTED: Final = "{startEarliest,startLatest}"
_ABOVE: Final = "(under|implements)*"
_FACT_OF: Final = (
    "(in|of|signs|concerns|about|recipient|lists|holder|before|after|decides|signatory|^signature/signs)*"
)
_CLAIMED: Final = "^about/{preferred,inferred,property}"
_SUCCESSION: Final = "amends|continues|follows|renews|replaces"
_PREDECESSION: Final = "^amends|^continues|^follows|^renews|^replaces"
_CHANGE: Final = (
    f"{{status/broader*,statedIn/document/readOn,statedIn,dateEarliest,dateLatest,notified,decision/{_SPAN},"
    "side/subOrganizationOf*,side/actsFor}"
)
_COOPERATIONS: Final = frozenset(
    term(name) for name in ("Agreement", "ActionPlan", "Partnership", "Framework", "Project")
)
_STATUSES: Final = tuple(
    ox.NamedNode(f"{BASE}status/{slug}") for slug in ("active", "ended", "lapsed", "replaced", "on-hold")
)


def _apply(name: str, store: ox.Store) -> list[ox.Triple]:
    return list(apply_rule(store, read_rule(name)))


def _rules(outputs: str, names: str, reads: str, **more: object) -> Plain:
    makes = tuple(partial(_apply, name) for name in names.split())
    return Plain(outputs, makes, tuple(map(term, outputs.split())), read_paths(reads), **more)  # type: ignore[arg-type]


def _modules(outputs: str, makes: tuple[Make, ...], reads: str, **more: object) -> Plain:
    return Plain(outputs, makes, tuple(map(term, outputs.split())), read_paths(reads), **more)  # type: ignore[arg-type]


def is_cooperation(sight: Sight, node: Term) -> bool:
    """Tell whether something is of a class of cooperations."""
    return any(kind in _COOPERATIONS for kind in sight.objects(node, term("type")))


def _has_whole(sight: Sight, node: Term) -> bool:
    return is_cooperation(sight, node) or any(True for _ in sight.subjects(term("signs"), node))


FIRST: Final = (
    _modules(
        "dateEarliest dateLatest notifiedEarliest notifiedLatest seenEarliest seenLatest startEarliest"
        " startLatest signed signedNotAfter signedEarliest signedLatest endEarliest endLatest",
        (derive_days, derive_signings, derive_changes),
        f"{_DATED} notified seenOn from until type statedIn ^signs/{_DATED} concerns concerns/^concerns/{_DATED}"
        " concerns/^concerns/side",
        left=(term("endEarliest"), term("endLatest")),
        left_to=is_cooperation,
    ),
    _rules("type document paragraph", "10-passages", "^statedIn ^announcedIn", brief=True),
    _rules("within", "20-within", "type partOf*"),
    _rules("country", "21-country", "within/kind"),
    _rules("borders", "22-borders", "!borders ^!borders"),
    _rules("region", "23-region", "within/kind/broader*"),
    _rules("formerly", "27-formerly", "^before ^after (^after/before)*"),
    _rules("partaker", "28-partaker", "in participant represents"),
    _rules("broadRole", "29-broad-role", "in role/broader* role/inScheme"),
    _rules("party", "30-party", "^in/broadRole ^in/participant type", guard=is_no_body),
    _rules("actsFor", "31-acts-for 32-acts-for-represented", "governs ^participant/represents"),
    _rules(
        "sideBody partySide sidePlace",
        "33-side-body 34-side-place 35-side-place-alone",
        "party party/actsFor ^in/broadRole ^in/represents ^in/participant type",
        guard=is_no_body,
    ),
    _rules("belongsTo", "39-belongs-to", f"type {_ABOVE}", guard=is_cooperation),
    _rules(
        "involves",
        "36-involves 37-involves-participant 38-involves-place 44-involves-in-plan",
        "partySide ^in/participant ^in/represents type belongsTo/partySide",
        guard=is_no_body,
    ),
    _rules(
        "coveredBy",
        "40-covered-by-body 41-covered-by-place 42-covered-place",
        "type subOrganizationOf* subOrganizationOf*/actsFor/within within",
    ),
    _rules(
        "standsFor", "43-stands-for 45-stands-for-organ", "actsFor type subOrganizationOf* subOrganizationOf*/actsFor"
    ),
    _rules("hasSideIn", "45-has-side-in", "partySide/coveredBy"),
    _rules("homeCountry", "46-home-country 47-home-country-seat", "standsFor standsFor/country seat/country"),
    _rules("broadTheme", "50-broad-theme", "theme/inScheme theme/broader*"),
    _rules("broadStatus", "51-broad-status", "concerns status/inScheme status/broader*"),
    _rules("level", "52-level", "inScheme broader*"),
    _rules("dateText", "53-date-text", _DATE),
    _rules("endsOrHolds", "54-ends-or-holds", "broadStatus concerns statedIn"),
    _rules("actedBy", "55-acted-by 56-acted-by-side", "concerns decision decision/decidedBy side"),
    _rules("changeInferred", "57-change-inferred", "concerns inferred decision/inferred"),
    _rules("municipalityIn", "58-municipality-in", "kind/broader* within"),
    _rules("typeCode", "60-type-code-kind 61-type-code-class", "type kind/notation", guard=is_cooperation),
    _rules("countsFor", "59-counts-for 62-counts-for-all", f"typeCode {_ABOVE} {_ABOVE}/type"),
    _rules(
        "wholeTheme", "63-whole-theme 64-whole-theme-provision", "^countsFor/theme ^countsFor/^of/theme"
    ),
    _rules(
        "evidence",
        "64-evidence-claim 65-evidence 66-evidence-signing",
        "statedIn announcedIn ^about/preferred ^about/statedIn ^signature/statedIn ^signature/announcedIn"
        " ^signature/^about/preferred ^signature/^about/statedIn",
    ),
    _rules(
        "wholeEvidence",
        "67-whole-evidence 68-whole-evidence-signing 69-whole-evidence-part 70-whole-evidence-status",
        "typeCode evidence ^signs/evidence ^in/evidence ^concerns/evidence",
        guard=_has_whole,
    ),
    _rules("wholeBroadTheme", "71-whole-broad-theme", "wholeTheme/inScheme wholeTheme/broader*"),
    _rules("changeEvidence", "72-change-evidence", "concerns evidence decision/evidence"),
    _rules(
        "wholeInferred",
        "73-whole-inferred 74-whole-inferred-signing 75-whole-inferred-part 76-whole-inferred-claim"
        " 76-whole-inferred-status",
        f"typeCode inferred ^signs/inferred ^in/inferred ^concerns/inferred {_CLAIMED} ^signs/{_CLAIMED}"
        f" ^in/{_CLAIMED} ^concerns/{_CLAIMED}",
        guard=_has_whole,
    ),
    _rules("years", "77-years", "type startEarliest endLatest"),
    _rules("totalAmount", "78-total-amount", "amount perYear startEarliest endLatest"),
    _rules("carriedBy", "79-carried-by", "(^shareOf)*/funder"),
    _rules("involvedRegion", "79-involved-region", "involves/standsFor/region"),
    _rules("classCode", "81-class-code", "type"),
    _rules("kindCode", "82-kind-code 83-kind-code-class", "classCode kind/notation"),
    _rules(
        "factOf",
        "84-fact-of 85-fact-of-signature 86-fact-of-upward 87-fact-of-itself",
        f"{_FACT_OF} {_FACT_OF}/classCode evidence",
    ),
)
LABELS: Final = _modules(
    " ".join(f"label{language.capitalize()}" for language in LANGUAGES) + " prefLabel",
    (derive_labels,),
    "type !prefLabel title label paragraph document/{!prefLabel,title,label}",
)
SECOND: Final = (
    _modules("", (derive_rungs,), _ABOVE, nodes=(term("rung"),)),
    _modules(
        "",
        (derive_successions,),
        "typeCode "
        + " ".join(
            f"({ways})* ({ways})*/evidence ({ways})*/wholeEvidence" for ways in (_SUCCESSION, _PREDECESSION)
        ),
        nodes=(term("step"),),
        guard=is_cooperation,
    ),
    _modules(
        "changedEarliest changedLatest actedEarliest actedLatest actedIn actedFirst daysAfterFirst",
        (derive_acts,),
        f"concerns {_SPAN} notifiedEarliest notifiedLatest decision/{_SPAN} concerns/^concerns/"
        f"{{status/broader*,statedIn,decision/{_SPAN},decision,dateEarliest,dateLatest,notifiedEarliest,notifiedLatest}}",
        constants=_STATUSES,
    ),
)
LISTED: Final = _modules(
    " ".join(LISTS),
    (derive_lists,),
    " ".join(
        f"{name} " + " ".join(f"{name}/label{language.capitalize()}" for language in LANGUAGES)
        for name in sorted({name for names in LISTS.values() for name in names})
    ),
)


def history(day: date) -> Plain:
    """Return the unit that follows each cooperation through time; ``day`` is that of its present status."""
    return _modules(
        "endEarliest endLatest statusNow stillIn leftBy",
        (derive_days, partial(derive_standings, as_of=day), derive_departures, derive_ties),
        f"type statedIn until ending {_STARTED} ^replaces/{_STARTED} ^replaces/statedIn partySide/actsFor partySide"
        f" ^concerns/{_CHANGE} ^in/{{until,statedIn,participant,represents,partaker,startEarliest,startLatest,"
        "endEarliest,endLatest} involves",
        nodes=tuple(map(term, ("standing", "departure", "tie"))),
        guard=is_cooperation,
        constants=_STATUSES,
    )
