"""``crossties format``: bring Turtle files into their one form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from crossties.errors import InputError, Location, NotConformingError
from crossties.quads import read_bytes
from crossties.turtle import format_turtle


@click.command("format")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; name what would change.")
@click.pass_context
def format_(ctx: click.Context, files: tuple[Path, ...], *, check: bool) -> None:
    """Bring Turtle files into their one form.

    FILES are Turtle files or folders of them. What a file says stays the same, its subjects stay in their
    order and its comments where they are; prefixes, properties, names and texts get the order and layout
    that all files here have, so that a comparison of two versions shows what was changed and nothing else.
    """
    paths = [path for given in files for path in _expand(given)]
    changed = [path for path in paths if _format(path, write=not check)]
    for path in changed:
        click.echo(f"would change {path}" if check else f"formatted {path}")
    click.echo(f"{len(paths)} files, {len(changed)} {'to format' if check else 'formatted'}.", err=True)
    if check and changed:
        ctx.exit(NotConformingError.exit_code)


def _expand(given: Path) -> Iterator[Path]:
    if not given.is_dir():
        if given.suffix.lower() != ".ttl":
            message = "Only Turtle files can be formatted."
            raise InputError(message, where=Location(str(given)), mend="Name files that end in .ttl.")
        yield given
        return
    found = sorted(given.rglob("*.ttl"))
    if not found:
        message = "The folder holds no Turtle file."
        raise InputError(message, where=Location(str(given)), mend="Name a folder with .ttl files in it.")
    yield from found


def _format(path: Path, *, write: bool) -> bool:
    """Format a file; tell whether it changes."""
    before = read_bytes(path)
    after = format_turtle(before, origin=str(path)).encode()
    if write and after != before:
        path.write_bytes(after)
    return after != before
