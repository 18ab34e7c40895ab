"""``crossties search``: look things up by their names, in any language and script."""

from __future__ import annotations

import json

import click

from crossties.cli.opening import open_here
from crossties.cli.output import write
from crossties.errors import UnknownNameError
from crossties.namespaces import compact
from crossties.search.labels import Match


@click.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--class", "kinds", multiple=True, help="Only things of this class, such as Place; repeatable.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def search(name: tuple[str, ...], kinds: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """Look things up by their names, in any language and script.

    NAME is a name or the beginnings of its words. Where nothing is called so, the nearest names are listed.
    """
    text = " ".join(name)
    labels = open_here().version.labels()
    found = labels.starting(text, kinds, limit=limit)
    nearest = [] if found else labels.near(text, kinds, limit=min(limit, 10))
    if as_json:
        write(_json(text, found or nearest, nearest=not found))
        return
    if not found:
        near = "; ".join(f"{one.label} ({compact(one.iri)})" for one in nearest)
        message = f"Nothing is called “{text}”."
        mend = f"The nearest names are: {near}." if near else "Try another spelling, or a part of the name."
        raise UnknownNameError(message, mend=mend, candidates=tuple(one.iri for one in nearest))
    write("".join(f"{compact(one.iri)}\n    {one.label} · {one.kind}\n" for one in found))


def _json(text: str, found: list[Match], *, nearest: bool) -> str:
    results = [{"iri": one.iri, "class": one.kind, "label": one.label} for one in found]
    told = {"query": text, "nearest": nearest, "results": results}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
