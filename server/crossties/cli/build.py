"""``crossties build``: data to store version."""

from __future__ import annotations

import click

from crossties.cli.opening import open_here


@click.command()
def build() -> None:
    """Build the store from the data.

    Nothing is done where the data has not changed since the last build. The other commands build by
    themselves; this one is for seeing that it works, and what is in it.
    """
    version = open_here().version
    counts = version.counts()
    click.echo(f"Version {version.number} in {version.folder}")
    click.echo(f"{counts.files} files, {counts.stated} triples, {counts.derived} more derived")
