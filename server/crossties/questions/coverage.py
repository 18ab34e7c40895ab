"""Tell honestly what is in the graph, what is missing, and what its blanks mean: a page in Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from crossties.namespaces import CT

_PREFIXES: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
"""
_CLASSES: Final = (
    ("Partnership", "partnerships"),
    ("Agreement", "agreements"),
    ("ActionPlan", "plans"),
    ("Framework", "frameworks and programmes"),
    ("Project", "projects"),
    ("Participation", "memberships and parts taken"),
    ("StatusChange", "changes of status"),
    ("Decision", "decisions"),
    ("Funding", "money facts"),
    ("Listing", "listings"),
    ("Claim", "claims of sources that disagree"),
    ("Document", "documents read"),
    ("Organisation", "bodies"),
    ("Place", "places"),
)
_COUNTS: Final = "SELECT ?class (COUNT(*) AS ?n) WHERE { ?x a ?class } GROUP BY ?class ORDER BY ?class"
_COUNTRIES: Final = """
SELECT ?c ?name WHERE { ?c ct:kind <https://w3id.org/crossties/kind/country> ; ct:labelEn ?name }
ORDER BY ?name ?c
"""
_BY_COUNTRY: Final = {
    "partnerships": "?x a ct:Partnership ; ct:partySide ?side . ?side ct:coveredBy ?c",
    "agreements": "?x a ct:Agreement ; ct:partySide ?side . ?side ct:coveredBy ?c",
    "memberships": "?x a ct:Participation ; ct:in ?body ; ct:participant|ct:represents ?side . "
    "?body a ct:Organisation . ?side ct:coveredBy ?c",
    "documents": "?x a ct:Document ; dct:publisher ?side . ?side ct:coveredBy ?c",
}
_ENDS: Final = """
SELECT ?end (COUNT(DISTINCT ?x) AS ?n) WHERE {
  VALUES ?class { ct:Agreement ct:Partnership } ?x a ?class .
  OPTIONAL { ?x ct:ending ?ending } OPTIONAL { ?x ct:until ?until }
  BIND(IF(BOUND(?until), "an end date", COALESCE(REPLACE(STR(?ending), "^.*/", ""), "nothing")) AS ?end)
} GROUP BY ?end ORDER BY ?end
"""
_GRAPHS: Final = """
SELECT ?g ?reviewed WHERE {
  ?g dct:created ?day . OPTIONAL { ?g ct:reviewed ?reviewed } FILTER(CONTAINS(STR(?g), "/graph/"))
} ORDER BY ?g
"""
_MEANINGS: Final = {
    "an end date": "the source gives the end",
    "open-ended": "the source says that no end was set",
    "not-stated": "a source that speaks of the term says nothing of an end",
    "not-recorded": "there may be an end; no source read so far shows it",
    "nothing": "nothing was written",
}
_OPENING: Final = """# What is in the graph, and what is not

<!-- Made by “crossties coverage”; change server/crossties/questions/coverage.py, not this page. -->

The figures are counted from the graph. The same by country, as a question: `crossties ask
coverage/by-country`.
"""
_CLOSING: Final = """
## How sources were chosen
- From public pages that could be opened and read: registers and sites of municipalities, regions
  and cooperation bodies, decisions of councils, press releases, newspapers where they tell of an
  act. A list of leads came first: Finland, the Baltic states and Russia; the Nordic countries; then
  Europe. A lead that could not be read gave nothing.
- Every fact names the paragraph that says it. Nothing was written from memory, and no fact was
  copied from another dataset.
- Codes of places come from published code lists (NUTS 2024, Swedish municipalities and counties);
  they say which territory is meant, and nothing about cooperation.

## What is known to be missing
- **Most twin towns.** Public lists name some 26,000 pairs in the world. They can be imported as
  candidates ([how](import.md)), not as facts.
- **Projects of Interreg** as a whole: the importers read the exports of keep.eu and Jems; no export
  is a part of the graph.
- **NUTS regions of levels 1 and 2**, and of Germany and Poland: the list that may be reused holds
  level 3 only; the third level of Poland groups districts and is no unit that cooperates.
  Municipalities are tied to a region only where a list says so: in Sweden all that occur, elsewhere
  few.
- **Agreements that are on no public page**, or behind a form, in an archive, on paper, or on a page
  that was gone.
- **Money**: few sources tell sums; where none is written, nothing is known, not zero.

## Biases
- Countries whose towns publish in a language that was searched, and whose pages stay up, show more.
  A high number is a sign of reading, not of cooperation.
- The north is read more deeply than the south, town halls more than ministries, acts of and after
  2022 more than earlier ones.
- A pair of towns is known from one side more often than from both; the other side may see it
  otherwise.
- Press tells of beginnings and of breaks, seldom of a cooperation that goes quietly to sleep.

## What an unknown end means
No end date does not mean that something is in force. `open-ended`, `not-stated` and `not-recorded`
are three different answers (above); most are the third. That a list no longer names a pair is a
listing, with its day; it ends nothing. A change of status belongs to the side that decided it.
"""

#: Answers a query in SPARQL JSON.
Run = Callable[[str], bytes]


def write_coverage(run: Run) -> str:
    """Return the page, from what a store version holds; ``run`` answers a query in SPARQL JSON."""
    parts = (_OPENING, _totals(run), _countries(run), _reviews(run), _ends(run), _CLOSING)
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _totals(run: Run) -> str:
    counts = {row["class"].removeprefix(CT): row["n"] for row in _rows(run, _COUNTS)}
    rows = [(label, counts.get(name, "0")) for name, label in _CLASSES]
    return "## What is in\n" + _table(("what", "how many"), rows)


def _countries(run: Run) -> str:
    found: dict[str, dict[str, str]] = {}
    for kind, pattern in _BY_COUNTRY.items():
        query = f"SELECT ?c (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }} GROUP BY ?c"
        for row in _rows(run, query):
            found.setdefault(row["c"], {})[kind] = row["n"]
    rows = [
        (row["name"], *(found[row["c"]].get(kind, "0") for kind in _BY_COUNTRY))
        for row in _rows(run, _COUNTRIES)
        if row["c"] in found
    ]
    note = "\nWhat has sides in two countries counts in both; countries without a record are left out.\n"
    return "## By country\n" + _table(("country", *_BY_COUNTRY), rows) + note


def _reviews(run: Run) -> str:
    words: dict[str, list[bool]] = {}
    for row in _rows(run, _GRAPHS):
        word = row["g"].partition("/graph/")[2].partition("/")[0]
        words.setdefault(word, []).append("reviewed" in row)
    rows = [
        (word, str(len(told)), str(sum(told)), f"{100 * sum(told) // len(told)} %")
        for word, told in sorted(words.items())
    ]
    intro = "A file is reviewed when a second person has opened its sources again and checked every fact.\n\n"
    return "## Read twice\n" + intro + _table(("files", "all", "reviewed", "share"), rows)


def _ends(run: Run) -> str:
    rows = [(row["end"], row["n"], _MEANINGS.get(row["end"], "")) for row in _rows(run, _ENDS)]
    return "## Ends of agreements and partnerships\n" + _table(("end", "how many", "what it means"), rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _rows(run: Run, query: str) -> list[dict[str, str]]:
    found = json.loads(run(_PREFIXES + query))["results"]["bindings"]
    return [{name: one["value"] for name, one in row.items()} for row in found]
