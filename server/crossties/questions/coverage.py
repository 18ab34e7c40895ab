"""Tell honestly what is in the graph, what is missing, and what its blanks mean.

The sentences stand in ``words/<language>/coverage.toml``, the figures are counted from the graph; the page in
Markdown and the page of the web are two dresses of the same sections.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Final

from crossties.namespaces import CT
from crossties.wording import read_words, say

_PREFIXES: Final = """
PREFIX ct: <https://w3id.org/crossties/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
#: What is counted of each kind, in this order.
_CLASSES: Final = (
    "Partnership", "Agreement", "ActionPlan", "Framework", "Project", "Participation", "Signing",
    "StatusChange", "Decision", "Funding", "Listing", "Claim", "Document", "Organisation", "Place",
)  # fmt: skip
_COUNTS: Final = "SELECT ?class (COUNT(*) AS ?n) WHERE { ?x a ?class } GROUP BY ?class ORDER BY ?class"
_COUNTRIES: Final = """
SELECT ?c ?name WHERE { ?c ct:kind <https://w3id.org/crossties/kind/country> ; LABEL ?name }
ORDER BY ?name ?c
"""
_BY_COUNTRY: Final = {
    "partnerships": "?x a ct:Partnership ; ct:partySide ?side . ?side ct:coveredBy ?c",
    "agreements": "?x a ct:Agreement ; ct:partySide ?side . ?side ct:coveredBy ?c",
    "memberships": "?x a ct:Participation ; ct:in ?body ; ct:participant|ct:represents ?side . "
    "?body a ct:Organisation . ?side ct:coveredBy ?c",
    "documents": "?x a ct:Document ; dct:publisher ?side . ?side ct:coveredBy ?c",
}
_DECADES: Final = """
SELECT ?decade (COUNT(DISTINCT ?x) AS ?n) WHERE {
  VALUES ?class { ct:Agreement ct:Partnership } ?x a ?class .
  OPTIONAL { ?x ct:signedEarliest ?signed } OPTIONAL { ?x ct:startEarliest ?begun }
  BIND(COALESCE(CONCAT(SUBSTR(STR(COALESCE(?signed, ?begun)), 1, 3), "0"), "") AS ?decade)
} GROUP BY ?decade ORDER BY DESC(?decade)
"""
_STATUSES: Final = """
SELECT ?status ?name (COUNT(DISTINCT ?x) AS ?n) WHERE {
  VALUES ?class { ct:Agreement ct:Partnership } ?x a ?class .
  OPTIONAL { ?x ct:statusNow ?status . ?status LABEL ?name }
} GROUP BY ?status ?name ORDER BY DESC(?n) ?name
"""
_READ: Final = """
SELECT ?part (COUNT(*) AS ?n) WHERE { ?x a ct:Document ; ct:readInPart ?part } GROUP BY ?part ORDER BY ?part
"""
_TONGUES: Final = """
SELECT ?tongue (COUNT(*) AS ?n) WHERE { ?x a ct:Document ; dct:language ?tongue }
GROUP BY ?tongue ORDER BY DESC(?n) ?tongue
"""
_ENDS: Final = """
SELECT ?end ?name (COUNT(DISTINCT ?x) AS ?n) WHERE {
  VALUES ?class { ct:Agreement ct:Partnership } ?x a ?class .
  OPTIONAL { ?x ct:until ?until }
  OPTIONAL { ?x ct:ending ?ending . ?ending LABEL ?name ; skos:notation ?code FILTER(!BOUND(?until)) }
  BIND(IF(BOUND(?until), "date", COALESCE(?code, "nothing")) AS ?end)
} GROUP BY ?end ?name ORDER BY ?end
"""
_GRAPHS: Final = """
SELECT ?g ?reviewed WHERE {
  ?g dct:created ?day . OPTIONAL { ?g ct:reviewed ?reviewed } FILTER(CONTAINS(STR(?g), "/graph/"))
} ORDER BY ?g
"""
#: Languages by their own names, as they are said in every language.
_OWN_NAMES: Final = {
    "be": "беларуская", "cs": "čeština", "da": "dansk", "de": "Deutsch", "en": "English", "es": "español",
    "et": "eesti", "fi": "suomi", "fo": "føroyskt", "fr": "français", "gl": "galego", "hr": "hrvatski",
    "hu": "magyar", "is": "íslenska", "it": "italiano", "lt": "lietuvių", "lv": "latviešu",
    "nb": "norsk bokmål", "nl": "Nederlands", "nn": "nynorsk", "no": "norsk", "pl": "polski",
    "pt": "português", "ro": "română", "ru": "русский", "sk": "slovenčina", "sr": "srpski",
    "sv": "svenska", "uk": "українська",
}  # fmt: skip
_MADE: Final = "<!-- Made by “crossties coverage”; change words/en/coverage.toml, not this page. -->"
_WIDTH: Final = 100

#: Answers a query in SPARQL JSON.
Run = Callable[[str], bytes]


@dataclass(frozen=True)
class Row:
    """A row of a table; ``iri`` is the thing that its first cell names, or ""."""

    cells: tuple[str, ...]
    iri: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the page: a table, or a list of ``points``, each with the words that it begins with."""

    key: str
    title: str
    intro: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    note: str = ""
    points: tuple[tuple[str, str], ...] = ()

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Say of each column whether it holds numbers."""
        columns = (
            zip(*(row.cells for row in self.rows), strict=True) if self.rows else [()] * len(self.header)
        )
        return tuple(all(cell.removesuffix(" %").isdigit() for cell in column) for column in columns)


def read_coverage(run: Run, language: str) -> tuple[Section, ...]:
    """Return what is to be told, counted from what ``run`` asks, in a language."""
    teller = _Teller(run, language)
    counted = (
        teller.totals(), teller.decades(), teller.statuses(), teller.files(), teller.ends(),
        teller.countries(), teller.documents(),
    )  # fmt: skip
    return (*counted, *(teller.points(key) for key in ("choice", "missing", "biases", "unknown")))


def write_coverage(run: Run) -> str:
    """Return the page in Markdown, in English, from what ``run`` asks."""
    question = say("coverage.question", "en")
    lead = f"{say('coverage.lead', 'en')} {question}: `crossties ask coverage/by-country`."
    opening = f"# {say('coverage.title', 'en')}\n\n{_MADE}\n\n{fill(lead, _WIDTH)}\n"
    return "\n".join([opening, *(_mark_down(section) for section in read_coverage(run, "en"))])


class _Teller:
    """Counts and words of one graph in one language."""

    def __init__(self, run: Run, language: str) -> None:
        self._run = run
        self._language = language

    def totals(self) -> Section:
        counts = {row["class"].removeprefix(CT): row["n"] for row in self._rows(_COUNTS)}
        rows = [Row((self._say(f"totals.{name}"), counts.get(name, "0"))) for name in _CLASSES]
        return self._table("totals", ("totals.what", "many"), rows)

    def countries(self) -> Section:
        found: dict[str, dict[str, str]] = {}
        for kind, pattern in _BY_COUNTRY.items():
            query = f"SELECT ?c (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }} GROUP BY ?c"
            for row in self._rows(query):
                found.setdefault(row["c"], {})[kind] = row["n"]
        rows = [
            Row((row["name"], *(found[row["c"]].get(kind, "0") for kind in _BY_COUNTRY)), row["c"])
            for row in self._rows(_COUNTRIES)
            if row["c"] in found
        ]
        return self._table("countries", [f"countries.{one}" for one in ("country", *_BY_COUNTRY)], rows)

    def decades(self) -> Section:
        rows = [
            Row((self._decade(row["decade"]), row["n"])) for row in self._rows(_DECADES) if "decade" in row
        ]
        return self._table("decades", ("decades.decade", "many"), rows)

    def statuses(self) -> Section:
        rows = [
            Row((row.get("name", self._say("nothing")), row["n"]), row.get("status", ""))
            for row in self._rows(_STATUSES)
        ]
        return self._table("statuses", ("statuses.status", "many"), rows)

    def documents(self) -> Section:
        read = {row["part"]: row["n"] for row in self._rows(_READ)}
        rows = [
            Row((self._say("documents.whole"), read.get("false", "0"))),
            Row((self._say("documents.part"), read.get("true", "0"))),
        ]
        for row in self._rows(_TONGUES):
            tongue = _OWN_NAMES.get(row["tongue"], row["tongue"])
            rows.append(Row((self._say("documents.tongue", tongue=tongue), row["n"])))
        return self._table("documents", ("documents.document", "many"), rows)

    def files(self) -> Section:
        words: dict[str, list[bool]] = {}
        for row in self._rows(_GRAPHS):
            word = row["g"].partition("/graph/")[2].partition("/")[0]
            words.setdefault(word, []).append("reviewed" in row)
        told = sorted(words.items())
        if words:
            told.append((self._say("files.sum"), [one for each in words.values() for one in each]))
        rows = [
            Row((word, str(len(all_of)), str(sum(all_of)), f"{100 * sum(all_of) // len(all_of)} %"))
            for word, all_of in told
        ]
        return self._table("files", [f"files.{one}" for one in ("files", "all", "reviewed", "share")], rows)

    def ends(self) -> Section:
        rows = []
        for row in self._rows(_ENDS):
            own = {"date": "ends.date", "nothing": "nothing"}.get(row["end"])
            name = self._say(own) if own else row.get("name", row["end"])
            rows.append(Row((name, row["n"], self._say(f"ends.meaning.{row['end']}"))))
        return self._table("ends", ("ends.end", "many", "ends.means"), rows)

    def points(self, key: str) -> Section:
        """Return a list: each sentence below the key, or each table of ``head`` and ``text``."""
        words = read_words("coverage", self._language)
        names = [name.removeprefix(f"{key}.") for name in words if name.startswith(f"{key}.")]
        points = [
            (
                words.get(f"{key}.{name.removesuffix('text')}head", "") if "." in name else "",
                words[f"{key}.{name}"],
            )
            for name in names
            if name != "title" and not name.endswith(".head")
        ]
        return Section(key, self._say(f"{key}.title"), points=tuple(points))

    def _decade(self, decade: str) -> str:
        return self._say("decades.of", decade=decade) if decade else self._say("decades.nothing")

    def _table(self, key: str, header: Sequence[str], rows: Iterable[Row]) -> Section:
        words = read_words("coverage", self._language)
        return Section(
            key,
            self._say(f"{key}.title"),
            intro=words.get(f"{key}.intro", ""),
            header=tuple(self._say(one) for one in header),
            rows=tuple(rows),
            note=words.get(f"{key}.note", ""),
        )

    def _say(self, key: str, **values: object) -> str:
        return say(f"coverage.{key}", self._language, **values)

    def _rows(self, query: str) -> list[dict[str, str]]:
        asked = _PREFIXES + query.replace("LABEL", f"ct:label{self._language.capitalize()}")
        found = json.loads(self._run(asked))["results"]["bindings"]
        return [{name: one["value"] for name, one in row.items()} for row in found]


def _mark_down(section: Section) -> str:
    lines = [f"## {section.title}"]
    if section.intro:
        lines += [fill(section.intro, _WIDTH), ""]
    if section.header:
        cells = [section.header, ["---"] * len(section.header), *(row.cells for row in section.rows)]
        lines += ["| " + " | ".join(one) + " |" for one in cells]
    for head, text in section.points:
        told = f"- **{head}** {text}" if head else f"- {text}"
        lines.append(fill(told, _WIDTH, subsequent_indent="  "))
    if section.note:
        lines += ["", fill(section.note, _WIDTH)]
    return "\n".join(lines) + "\n"
