"""Where a graph comes from, in PROV-O: who contributed, who reviewed, on which source, replacing what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from crossties.journal import (
    Change,
    Contribution,
    Entry,
    Journal,
    find_contribution,
    find_entry,
    list_entries,
)
from crossties.namespaces import DCT, RDF, RDFS
from crossties.quads import NamedNode, Triple, iri, literal

PROV: Final = "http://www.w3.org/ns/prov#"
_SPDX: Final = "http://spdx.org/rdf/terms#"


@dataclass(frozen=True)
class Step:
    """One entry that changed a graph, with the contribution that it accepted or took back."""

    entry: Entry
    change: Change
    contribution: Contribution | None


def read_history(journal: Journal, graph: str) -> list[Step]:
    """Return what ever changed a graph, the oldest first; nothing where no contribution did."""
    steps = []
    for entry in list_entries(journal, graph=graph):
        changes = {change.graph: change for change in find_entry(journal, entry.number)[1]}
        found = find_contribution(journal, entry.contribution) if entry.contribution else None
        steps.append(Step(entry, changes[graph], found))
    return steps if any(step.contribution for step in steps) else []


def write_provenance(graph: str, steps: list[Step]) -> list[Triple]:
    """Return the history of a graph: each state is an entity, each entry the activity that made it."""
    return sorted(set(_write(graph, steps)), key=str)


def _write(graph: str, steps: list[Step]) -> Iterator[Triple]:
    last = ""
    for step in steps:
        entry, state = step.entry, f"{graph}#state-{step.entry.number}"
        activity = f"{graph}#entry-{entry.number}"
        yield _link(activity, RDF + "type", PROV + "Activity")
        yield _say(activity, PROV + "endedAtTime", entry.at, "dateTime")
        yield from _person(activity, PROV + "wasAssociatedWith", graph, entry.by)
        if last:
            yield _link(activity, PROV + "used", last)
        if step.change.new is None:
            yield _link(last, PROV + "wasInvalidatedBy", activity)
            last = ""
            continue
        yield _link(state, RDF + "type", PROV + "Entity")
        yield _link(state, PROV + "specializationOf", graph)
        yield _link(state, PROV + "wasGeneratedBy", activity)
        yield _say(state, PROV + "generatedAtTime", entry.at, "dateTime")
        yield _say(state, _SPDX + "checksumValue", step.change.new)
        if last:
            yield _link(state, PROV + "wasRevisionOf", last)
        if entry.act == "merge" and step.contribution:
            yield from _contributed(state, activity, graph, step.contribution)
        last = state


def _contributed(state: str, activity: str, graph: str, found: Contribution) -> Iterator[Triple]:
    yield from _person(state, PROV + "wasAttributedTo", graph, found.by)
    yield _say(activity, PROV + "startedAtTime", found.at, "dateTime")
    if found.licence.startswith(("https://", "http://")):
        yield _link(state, DCT + "license", found.licence)
    if found.source.startswith(("https://", "http://")):
        yield _link(state, PROV + "hadPrimarySource", found.source)
    elif found.source:
        yield _say(state, DCT + "source", found.source)
    if found.comment:
        yield _say(activity, RDFS + "comment", found.comment)


def _person(subject: str, property_: str, graph: str, name: str) -> Iterator[Triple]:
    slug = "".join(f"{byte:02x}" for byte in name.encode())
    person = f"{graph}#agent-{slug}"
    yield _link(subject, property_, person)
    yield _link(person, RDF + "type", PROV + "Agent")
    yield _say(person, RDFS + "label", name)


def _link(subject: str, property_: str, value: str) -> Triple:
    return Triple(iri(subject), NamedNode(property_), iri(value))


def _say(subject: str, property_: str, value: str, datatype: str = "string") -> Triple:
    return Triple(iri(subject), NamedNode(property_), literal(value, datatype))
