"""``crossties check``: syntax, vocabulary, shapes and rules."""

from __future__ import annotations

from pathlib import Path

import click

from crossties.cli.output import write
from crossties.errors import NotConformingError
from crossties.namespaces import LANGUAGES
from crossties.resources import find_content
from crossties.validation.check import check_files
from crossties.validation.report import to_json, to_text


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "face", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of the messages, where there are any in it.",
)
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], face: str, language: str) -> None:
    """Check files: syntax, vocabulary, shapes, rules.

    FILES are Turtle files or folders of them. They are checked as a part of the shipped graph; a file that
    is a newer state of one of its files takes that one's place.
    """
    report, count = check_files(files, content=find_content(), language=language)
    write(to_json(report) if face == "json" else to_text(report, files=count))
    if not report.conforms:
        ctx.exit(NotConformingError.exit_code)
