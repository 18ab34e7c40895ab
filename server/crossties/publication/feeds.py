"""The feed of changes in Atom (RFC 4287): releases, and the files of the data by their day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from crossties.namespaces import CT, DCT
from crossties.publication.hosts import Host
from crossties.releases import Release
from crossties.results import read_table

_LISTED: Final = 50
_GRAPHS: Final = f"""SELECT ?graph (MAX(STR(?day)) AS ?latest) WHERE {{
  VALUES ?property {{ <{DCT}created> <{CT}reviewed> }} ?graph ?property ?day
  FILTER(isIRI(?graph) && CONTAINS(STR(?graph), "/graph/"))
}} GROUP BY ?graph ORDER BY DESC(?latest) ?graph LIMIT {_LISTED}"""


@dataclass(frozen=True)
class Entry:
    """One entry: the IRI of what changed, what is said of it, and the day."""

    iri: str
    title: str
    summary: str
    day: str


def read_entries(host: Host, run: Callable[[str], bytes], releases: Iterable[Release]) -> list[Entry]:
    """Return the entries, the newest first."""
    rows = read_table(run(_GRAPHS)).rows
    found = [
        Entry(
            graph.text,
            graph.text.partition("/graph/")[2],
            "A file of the data was made or reviewed.",
            day.text,
        )
        for graph, day in rows
        if graph and day
    ]
    made = [
        Entry(
            host.iri(f"release/{one.id}"),
            f"Release {one.id}",
            f"{one.counts['triples']} triples.",
            one.created,
        )
        for one in releases
    ]
    return sorted([*made, *found], key=lambda one: one.day, reverse=True)[:_LISTED]


def write_feed(host: Host, entries: list[Entry]) -> str:
    """Return the feed."""
    updated = _moment(entries[0].day) if entries else "1970-01-01T00:00:00Z"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>{escape(host.iri("feed"))}</id>
<title>crossties: what changed</title>
<updated>{updated}</updated>
<author><name>crossties contributors</name></author>
<link rel="self" type="application/atom+xml" href={quoteattr(host.address("feed.atom"))}/>
<link rel="alternate" type="text/html" href={quoteattr(host.address("graph"))}/>
<rights>CC BY 4.0</rights>
{"".join(_write(host, one) for one in entries)}</feed>
"""


def _write(host: Host, one: Entry) -> str:
    return f"""<entry>
<id>{escape(one.iri)}#{one.day}</id>
<title>{escape(one.title)}</title>
<updated>{_moment(one.day)}</updated>
<link rel="alternate" href={quoteattr(host.locate(one.iri))}/>
<summary>{escape(one.summary)}</summary>
</entry>
"""


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
