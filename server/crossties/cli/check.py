"""``crossties check``: syntax, vocabulary, shapes and rules."""

from __future__ import annotations

from pathlib import Path

import click

from crossties.cli.output import write
from crossties.errors import HostError, InputError, NotConformingError
from crossties.namespaces import LANGUAGES
from crossties.quads import read_bytes
from crossties.resources import find_content
from crossties.sheets.marking import mark
from crossties.sheets.reading import SHEET_SUFFIXES
from crossties.validation.check import check_files
from crossties.validation.faces import FACES
from crossties.validation.report import Report


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "face", type=click.Choice(tuple(FACES)), default="text", show_default=True)
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of the messages, where there are any in it.",
)
@click.option(
    "--mark",
    "marked",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the one sheet that is checked here, its cells marked, as a workbook (.xlsx).",
)
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], face: str, language: str, marked: Path | None) -> None:
    """Check files: syntax, vocabulary, shapes, rules.

    FILES are Turtle, TriG, N-Triples, JSON-LD, CSV or XLSX files, or folders of them. They are checked as a
    part of the shipped graph; a file that is a newer state of one of its files takes that one's place.
    """
    report, _ = check_files(files, content=find_content(), language=language)
    if marked:
        _write_marked(files, marked, report, language)
    write(FACES[face].render(report, language))
    if not report.conforms:
        ctx.exit(NotConformingError.exit_code)


def _write_marked(files: tuple[Path, ...], target: Path, report: Report, language: str) -> None:
    sheets = [path for path in files if path.suffix.lower() in SHEET_SUFFIXES]
    if len(sheets) != 1:
        message = f"{len(sheets)} sheets were named, and one can be marked."
        raise InputError(message, mend="Name one file that ends in .xlsx or .csv.")
    found = [result for result in report.results if result.file == str(sheets[0])]
    try:
        target.write_bytes(mark(read_bytes(sheets[0]), found, language=language))
    except OSError as error:
        message = f"{target} can't be written: {error.strerror}."
        raise HostError(message, mend="Name another file.") from error
