"""``crossties template``: a workbook to be filled in, for those who work with spreadsheets."""

from __future__ import annotations

from pathlib import Path

import click

from crossties.cli.opening import in_process, open_here
from crossties.cli.output import write
from crossties.errors import HostError, RefusedError
from crossties.namespaces import LANGUAGES
from crossties.sheets import StoredNames, find_kind, load_kinds, write_template
from crossties.sheets.headings import sheet_name


@click.command()
@click.argument("kind", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The workbook to write; by default KIND.xlsx.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of headers, help and drop-down lists.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def template(kind: str | None, output: Path | None, language: str, *, force: bool) -> None:
    """Write a workbook (XLSX) to be filled in.

    One row is one thing of the KIND. Headers, help and drop-down lists come from the shapes, and from what
    the graph knows. Without KIND, the kinds that there are.

    \b
    crossties template agreements --lang sv -o avtal.xlsx
    """  # noqa: D301
    if kind is None:
        write(_list(language))
        return
    path = output or Path(f"{find_kind(kind).name}.xlsx")
    if path.exists() and not force:
        message = f"The file {path} is there already."
        raise RefusedError(message, mend="Choose another name, or overwrite it with --force.")
    instance = open_here()
    names = StoredNames(instance.version.labels(), in_process(instance))
    data = write_template(kind, language=language, names=names, content=instance.content)
    try:
        path.write_bytes(data)
    except OSError as error:
        message = f"The file {path} can't be written: {error.strerror or error}."
        raise HostError(message, mend="Choose a folder that exists and that you may write to.") from error
    click.echo(f"Wrote {path}. Fill it in, then: crossties check {path}", err=True)


def _list(language: str) -> str:
    width = max(len(name) for name in load_kinds())
    return "".join(f"{name.ljust(width)}  {sheet_name(name, language)}\n" for name in load_kinds())
