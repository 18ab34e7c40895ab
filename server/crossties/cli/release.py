"""``crossties release``: freeze the graph, and list what was frozen."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from crossties.cli.opening import open_here
from crossties.releases import create_release, list_releases


@click.group()
def release() -> None:
    """Freeze the graph under an id, or list the releases."""


@release.command()
@click.argument("name", metavar="ID")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the release.  [default: today, in UTC]",
)
def create(name: str, day: datetime | None) -> None:
    """Freeze the graph as the release ID.

    Its files (N-Quads, TriG, Turtle, JSON-LD, CSV, GeoJSON, GraphML, GEXF, packed with gzip and Zstandard)
    are written below the home folder, and served at /release/ID. A release never changes.
    """
    instance = open_here()
    chosen = (day or datetime.now(UTC)).date()
    made = create_release(instance.home, name, instance.version, instance.content, day=chosen)
    click.echo(f"Release {made.id} of {made.created} in {made.folder}")
    counts = made.counts
    click.echo(f"{counts['quads']} quads, {counts['triples']} triples, {counts['graphs']} named graphs")
    click.echo(f"SHA-256 of the sorted N-Quads: {made.digest}")


@release.command("list")
def list_() -> None:
    """List the releases, the newest first."""
    for one in list_releases(open_here().home):
        click.echo(f"{one.id}\t{one.created}\t{one.counts['triples']} triples\t{one.digest}")
