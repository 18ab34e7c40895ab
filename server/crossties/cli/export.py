"""``crossties export``: the stated graph as files."""

from __future__ import annotations

from pathlib import Path

import click

from crossties.cli.opening import open_here
from crossties.cli.output import write
from crossties.contributions.exporting import export_accepted
from crossties.contributions.messages import require_ground
from crossties.errors import RequestError
from crossties.export import FORMATS, export_folder, export_text, select_quads
from crossties.instance import Instance
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
@click.option(
    "--accepted", is_flag=True, help="Only what was accepted here and isn't in data/ yet; -o names a folder."
)
def export(form: str, output: Path | None, *, derived: bool, vocabulary: bool, accepted: bool) -> None:
    """Write the stated graph as files.

    The same data gives the same bytes on every machine. Turtle and N-Triples have no named graphs: they hold
    each distinct triple once.
    """
    instance = open_here()
    if accepted:
        _export_accepted(instance, output)
        return
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


def _export_accepted(instance: Instance, output: Path | None) -> None:
    if output is None or output.is_file():
        message = "What was accepted is written into a folder."
        raise RequestError(message, mend="Name it, as in -o data.")
    written, gone = export_accepted(require_ground(instance).journal, output)
    for path in written:
        click.echo(path)
    for path in gone:
        click.echo(f"{path}\tis gone here: remove it")
