"""A contribution, its verdict and what it changes, as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from crossties.journal import Contribution, Entry, Review, Verdict
from crossties.namespaces import compact

_SIGNS: Final = {"added": "+", "removed": "-", "changed": "~"}


def describe_contribution(
    found: Contribution,
    verdict: Verdict,
    reviews: Sequence[Review] = (),
    effects: Sequence[Any] | None = None,
) -> str:
    """Return all that is known of a contribution."""
    lines = [
        f"Contribution {found.id}: {found.name}, {found.state}",
        f"  by {found.by}, {found.at}, {found.licence}",
        f"  graph  {found.graph or 'none: it can not be read'}{' (replaced)' if found.based_on else ''}",
        f"  sent   SHA-256 {found.sha256}, {found.size} bytes",
        *([f"  source {found.source}"] if found.source else []),
        *([f"  “{found.comment}”"] if found.comment else []),
        "",
        *_verdict(verdict),
        *_difference(verdict.difference),
        *(_effects(effects) if effects is not None else []),
        *(f"{one.at}  {one.by}  {one.act}  {one.text}".rstrip() for one in reviews),
    ]
    return "\n".join(lines) + "\n"


def describe_row(found: Contribution) -> str:
    """Return one line of a list."""
    return f"{found.id}\t{found.state}\t{found.at}\t{found.by}\t{compact(found.graph) or found.name}"


def describe_entry(entry: Entry) -> str:
    """Return one line of the list of entries."""
    about = f"contribution {entry.contribution}" if entry.contribution else entry.note
    undoes = f"takes back {entry.undoes}" if entry.undoes else ""
    told = [str(entry.number), entry.act, entry.at, entry.by, about, undoes]
    return "\t".join(told).rstrip()


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield "Conforms" if verdict.conforms else "Does not conform"
    for one in verdict.report["results"]:
        place = ":".join(
            str(one[name]) for name in ("file", "sheet", "row", "line", "column") if one.get(name)
        )
        about = " · ".join(compact(one[name]) for name in ("focus", "path", "value") if one.get(name))
        yield f"  {one['severity']}  {place}  {about}".rstrip()
        yield f"      {one['message']}"
        if one.get("suggestion"):
            yield f"      → {one['suggestion']}"
    yield ""


def _difference(told: dict[str, Any]) -> Iterator[str]:
    if not told:
        return
    yield f"Adds {told['added']} statements, takes {told['removed']} away"
    for entity in told["entities"]:
        yield from _entity(entity, "  ")
    yield ""


def _entity(entity: dict[str, Any], indent: str) -> Iterator[str]:
    kind = f" ({entity['kind']})" if entity["kind"] else ""
    yield f"{indent}{_SIGNS[entity['status']]} {entity['label']}{kind}"
    for one in entity["properties"]:
        for sign, values in (("-", one["removed"]), ("+", one["added"])):
            for value in values:
                tag = f"@{value['language']}" if value.get("language") else ""
                yield f"{indent}    {sign} {one['label']}: {value['text']}{tag}"
    for part in entity["parts"]:
        yield from _entity(part, indent + "    ")


def _effects(effects: Sequence[Any]) -> Iterator[str]:
    changed = [one for one in effects if "question" in one]
    yield f"Changes the answers of {len(changed)} published questions"
    for one in changed:
        given = "".join(f" {name}={value}" for name, value in one["given"].items())
        yield f"  {one['question']}{given}: +{one['gained']} -{one['lost']} rows"
    unasked = [name for one in effects for name in one.get("unasked", ())]
    if unasked:
        yield f"  not asked in time: {', '.join(unasked)}"
    yield ""
