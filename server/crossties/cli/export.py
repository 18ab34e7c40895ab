"""``crossties export``: the stated graph as files."""

from __future__ import annotations

from pathlib import Path

import click

from crossties.cli.opening import open_here
from crossties.cli.output import write
from crossties.errors import RequestError
from crossties.export import FORMATS, export_folder, export_text, select_quads
from crossties.store.dump import read_named_graphs
from crossties.vocabulary import read_vocabulary


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="turtle", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A file; or for Turtle a folder, which gets one file per named graph, laid out like data/.",
)
@click.option("--derived", is_flag=True, help="The derived triples too; some depend on the day of the build.")
@click.option("--vocabulary", is_flag=True, help="The vocabulary's graphs too.")
def export(form: str, output: Path | None, *, derived: bool, vocabulary: bool) -> None:
    """Write the stated graph as files.

    The same data gives the same bytes on every machine. Turtle and N-Triples have no named graphs: they hold
    each distinct triple once.
    """
    instance = open_here()
    quads = select_quads(read_named_graphs(instance.version.store), derived=derived, vocabulary=vocabulary)
    if output and (output.is_dir() or not output.suffix):
        if form != "turtle":
            message = f"A folder can't be written as {form}."
            raise RequestError(message, mend="Name a file, or leave --format out.")
        click.echo(f"Wrote {len(export_folder(quads, output))} files below {output}", err=True)
        return
    text = export_text(quads, form=form, vocabulary=read_vocabulary(instance.content))
    if output:
        output.write_text(text, encoding="utf-8")
        click.echo(f"Wrote {output}", err=True)
    else:
        write(text)
