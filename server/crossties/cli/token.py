"""``crossties token``: who may contribute, review and operate."""

from __future__ import annotations

from pathlib import Path

import click

from crossties.cli.opening import open_journal
from crossties.journal import SCOPES, Scope, add_token, list_tokens, revoke_token
from crossties.journal.database import now

_of_files = click.option(
    "--files",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="What “crossties serve” was given instead of the shipped data; may be repeated.",
)


@click.group()
def token() -> None:
    """Say who may contribute, review and operate."""


@token.command()
@click.argument("holder")
@click.option("--scope", type=click.Choice(SCOPES), default="contributor", show_default=True)
@click.option(
    "--days", default=365, show_default=True, type=click.IntRange(1, 3_650), help="How long it holds."
)
@_of_files
def add(holder: str, scope: Scope, days: int, files: tuple[Path, ...]) -> None:
    """Make a token for HOLDER, the name that contributions and reviews will carry.

    It is shown this once: what is kept can't be turned back into it. A reviewer may contribute too, an
    operator do all; nobody reviews what is her own.
    """
    click.echo(add_token(open_journal(files), holder=holder, scope=scope, days=days))
    click.echo("Hand it over safely: it is not shown again.", err=True)


@token.command("list")
@_of_files
def list_(files: tuple[Path, ...]) -> None:
    """List the tokens, without themselves."""
    for one in list_tokens(open_journal(files)):
        click.echo(f"{one.id}\t{one.scope}\t{one.holder}\tsince {one.created}\t{one.tell_end(now())}")


@token.command()
@click.argument("number", type=int)
@_of_files
def revoke(number: int, files: tuple[Path, ...]) -> None:
    """End the token of a NUMBER now, also for who is signed in with it."""
    one = revoke_token(open_journal(files), number)
    click.echo(f"Token {one.id} of {one.holder} is revoked since {one.revoked}.")
