"""What each derived property reads, in the order in which they are derived."""

from __future__ import annotations

from dataclasses import replace
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
from crossties.derivation.partial.units import Guard, Make, Plain, is_no_body
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
#: What a history may come to without any source that names it.
STATUSES: Final = tuple(
    ox.NamedNode(f"{BASE}status/{slug}") for slug in ("active", "ended", "lapsed", "replaced", "on-hold")
)


def _apply(name: str, store: ox.Store) -> list[ox.Triple]:
    return list(apply_rule(store, read_rule(name)))


def _unit(
    outputs: str,
    makes: str | tuple[Make, ...],
    reads: str,
    *,
    nodes: str = "",
    guard: Guard | None = None,
    constants: tuple[Term, ...] = (),
) -> Plain:
    """Return a unit of rules, by their names, or of modules."""
    if isinstance(makes, str):
        makes = tuple(partial(_apply, name) for name in makes.split())
    return Plain(
        makes=makes,
        outputs=_terms(outputs),
        reads=read_paths(reads),
        nodes=_terms(nodes),
        guard=guard,
        constants=constants,
    )


def _terms(names: str) -> tuple[ox.NamedNode, ...]:
    return tuple(map(term, names.split()))


def is_cooperation(sight: Sight, node: Term) -> bool:
    """Tell whether something is of a class of cooperations."""
    return any(kind in _COOPERATIONS for kind in sight.objects(node, term("type")))


def _has_whole(sight: Sight, node: Term) -> bool:
    return is_cooperation(sight, node) or any(True for _ in sight.subjects(term("signs"), node))


_DATES: Final = Plain(
    makes=(derive_days, derive_signings, derive_changes),
    outputs=_terms(
        "dateEarliest dateLatest notifiedEarliest notifiedLatest seenEarliest seenLatest startEarliest"
        " startLatest signed signedNotAfter signedEarliest signedLatest endEarliest endLatest"
    ),
    reads=read_paths(
        f"{_DATED} notified seenOn from until type statedIn ^signs/{_DATED} concerns"
        f" concerns/^concerns/{_DATED} concerns/^concerns/side"
    ),
    left=_terms("endEarliest endLatest"),
    left_to=is_cooperation,
)
FIRST: Final = (
    _DATES,
    replace(_unit("type document paragraph", "10-passages", "^statedIn ^announcedIn"), brief=True),
    _unit("within", "20-within", "type partOf*"),
    _unit("country", "21-country", "within/kind"),
    _unit("borders", "22-borders", "!borders ^!borders"),
    _unit("region", "23-region", "within/kind/broader*"),
    _unit("formerly", "27-formerly", "^before ^after (^after/before)*"),
    _unit("partaker", "28-partaker", "in participant represents"),
    _unit("broadRole", "29-broad-role", "in role/broader* role/inScheme"),
    _unit("party", "30-party", "^in/broadRole ^in/participant type", guard=is_no_body),
    _unit("actsFor", "31-acts-for 32-acts-for-represented", "governs ^participant/represents"),
    _unit(
        "sideBody partySide sidePlace",
        "33-side-body 34-side-place 35-side-place-alone",
        "party party/actsFor ^in/broadRole ^in/represents ^in/participant type",
        guard=is_no_body,
    ),
    _unit("belongsTo", "39-belongs-to", f"type {_ABOVE}", guard=is_cooperation),
    _unit(
        "involves",
        "36-involves 37-involves-participant 38-involves-place 44-involves-in-plan",
        "partySide ^in/participant ^in/represents type belongsTo/partySide",
        guard=is_no_body,
    ),
    _unit(
        "coveredBy",
        "40-covered-by-body 41-covered-by-place 42-covered-place",
        "type subOrganizationOf* subOrganizationOf*/actsFor/within within",
    ),
    _unit(
        "standsFor",
        "43-stands-for 45-stands-for-organ",
        "actsFor type subOrganizationOf* subOrganizationOf*/actsFor",
    ),
    _unit("hasSideIn", "45-has-side-in", "partySide/coveredBy"),
    _unit("homeCountry", "46-home-country 47-home-country-seat", "standsFor standsFor/country seat/country"),
    _unit("broadTheme", "50-broad-theme", "theme/inScheme theme/broader*"),
    _unit("broadStatus", "51-broad-status", "concerns status/inScheme status/broader*"),
    _unit("level", "52-level", "inScheme broader*"),
    _unit("dateText", "53-date-text", _DATE),
    _unit("endsOrHolds", "54-ends-or-holds", "broadStatus concerns statedIn"),
    _unit("actedBy", "55-acted-by 56-acted-by-side", "concerns decision decision/decidedBy side"),
    _unit("changeInferred", "57-change-inferred", "concerns inferred decision/inferred"),
    _unit("municipalityIn", "58-municipality-in", "kind/broader* within"),
    _unit("typeCode", "60-type-code-kind 61-type-code-class", "type kind/notation", guard=is_cooperation),
    _unit("countsFor", "59-counts-for 62-counts-for-all", f"typeCode {_ABOVE} {_ABOVE}/type"),
    _unit("wholeTheme", "63-whole-theme 64-whole-theme-provision", "^countsFor/theme ^countsFor/^of/theme"),
    _unit(
        "evidence",
        "64-evidence-claim 65-evidence 66-evidence-signing",
        "statedIn announcedIn ^about/preferred ^about/statedIn ^signature/statedIn ^signature/announcedIn"
        " ^signature/^about/preferred ^signature/^about/statedIn",
    ),
    _unit(
        "wholeEvidence",
        "67-whole-evidence 68-whole-evidence-signing 69-whole-evidence-part 70-whole-evidence-status",
        "typeCode evidence ^signs/evidence ^in/evidence ^concerns/evidence",
        guard=_has_whole,
    ),
    _unit("wholeBroadTheme", "71-whole-broad-theme", "wholeTheme/inScheme wholeTheme/broader*"),
    _unit("changeEvidence", "72-change-evidence", "concerns evidence decision/evidence"),
    _unit(
        "wholeInferred",
        "73-whole-inferred 74-whole-inferred-signing 75-whole-inferred-part 76-whole-inferred-claim"
        " 76-whole-inferred-status",
        f"typeCode inferred ^signs/inferred ^in/inferred ^concerns/inferred {_CLAIMED} ^signs/{_CLAIMED}"
        f" ^in/{_CLAIMED} ^concerns/{_CLAIMED}",
        guard=_has_whole,
    ),
    _unit("years", "77-years", "type startEarliest endLatest"),
    _unit("totalAmount", "78-total-amount", "amount perYear startEarliest endLatest"),
    _unit("carriedBy", "79-carried-by", "(^shareOf)*/funder"),
    _unit("involvedRegion", "79-involved-region", "involves/standsFor/region"),
    _unit("classCode", "81-class-code", "type"),
    _unit("kindCode", "82-kind-code 83-kind-code-class", "classCode kind/notation"),
    _unit(
        "factOf",
        "84-fact-of 85-fact-of-signature 86-fact-of-upward 87-fact-of-itself",
        f"{_FACT_OF} {_FACT_OF}/classCode evidence",
    ),
)
LABELS: Final = _unit(
    " ".join(f"label{language.capitalize()}" for language in LANGUAGES) + " prefLabel",
    (derive_labels,),
    "type !prefLabel title label paragraph document/{!prefLabel,title,label}",
)
SECOND: Final = (
    _unit("", (derive_rungs,), _ABOVE, nodes="rung"),
    _unit(
        "",
        (derive_successions,),
        "typeCode "
        + " ".join(
            f"({ways})* ({ways})*/evidence ({ways})*/wholeEvidence" for ways in (_SUCCESSION, _PREDECESSION)
        ),
        nodes="step",
        guard=is_cooperation,
    ),
    _unit(
        "changedEarliest changedLatest actedEarliest actedLatest actedIn actedFirst daysAfterFirst",
        (derive_acts,),
        f"concerns {_SPAN} notifiedEarliest notifiedLatest decision/{_SPAN} concerns/^concerns/"
        f"{{status/broader*,statedIn,decision/{_SPAN},decision,{_SPAN},notifiedEarliest,notifiedLatest}}",
        constants=STATUSES,
    ),
)
LISTED: Final = _unit(
    " ".join(LISTS),
    (derive_lists,),
    " ".join(
        f"{name} " + " ".join(f"{name}/label{language.capitalize()}" for language in LANGUAGES)
        for name in sorted({name for names in LISTS.values() for name in names})
    ),
)


def history(day: date) -> Plain:
    """Return the unit that follows each cooperation through time; ``day`` is that of its present status."""
    return _unit(
        "endEarliest endLatest statusNow stillIn leftBy",
        (derive_days, partial(derive_standings, as_of=day), derive_departures, derive_ties),
        f"type statedIn until ending {_STARTED} ^replaces/{_STARTED} ^replaces/statedIn partySide/actsFor"
        f" partySide ^concerns/{_CHANGE} ^in/{{until,statedIn,participant,represents,partaker}}"
        f" ^in/{_STARTED} ^in/{{endEarliest,endLatest}} involves",
        nodes="standing departure tie",
        guard=is_cooperation,
        constants=STATUSES,
    )
