"""``crossties new``: a Turtle file to begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from crossties.authoring import Kind, Wish, find_kind, load_kinds, write_template
from crossties.cli.output import write
from crossties.errors import RefusedError
from crossties.resources import find_content


@click.command()
@click.argument("kinds", metavar="[KIND]…", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--slug", help="What the thing is called in its IRI; by default the name of the file.")
@click.option("--brief", is_flag=True, help="Only what is needed, without comments.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def new(kinds: tuple[str, ...], output: Path | None, slug: str | None, *, brief: bool, force: bool) -> None:
    """Write a Turtle file to begin with.

    The template has what a thing of each KIND must have, with values to replace, and as comments what it may
    have. Without KIND, the kinds that there are.

    \b
    crossties new agreement signing -o data/agreements/alder-spruce-2027.ttl
    """  # noqa: D301
    content = find_content()
    known = load_kinds(content)
    if not kinds:
        write(_list(known))
        return
    if output and output.exists() and not force:
        message = f"The file {output} is there already."
        raise RefusedError(message, mend="Choose another name, or overwrite it with --force.")
    wish = Wish(
        today=datetime.now(UTC).date(),
        slug=slug or (output.stem if output else ""),
        path=_path_below_data(output) if output else "",
        brief=brief,
    )
    text = write_template([find_kind(kind, known) for kind in kinds], content, wish)
    if output:
        output.write_text(text, encoding="utf-8")
        click.echo(f"Wrote {output}. Fill it in, then: crossties check {output}", err=True)
    else:
        write(text)


def _list(kinds: dict[str, Kind]) -> str:
    width = max(len(name) for name in kinds)
    return "".join(f"{name.ljust(width)}  {one.definition}\n" for name, one in kinds.items())


def _path_below_data(path: Path) -> str:
    """Return where a file lies below ``data/``, without its suffix, or "" where it lies elsewhere."""
    folders = path.resolve().parts[:-1]
    at = max((index for index, name in enumerate(folders) if name == "data"), default=None)
    return "" if at is None else "/".join((*folders[at + 1 :], path.stem))
