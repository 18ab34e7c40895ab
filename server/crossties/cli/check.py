"""``crossties check``: syntax, vocabulary, shapes and rules."""

from __future__ import annotations

from pathlib import Path

import click

from crossties.cli.output import write
from crossties.cli.progress import shown_progress
from crossties.errors import HostError, InputError, NotConformingError
from crossties.export.blocks import make_blocks
from crossties.intake import Intake
from crossties.namespaces import LANGUAGES
from crossties.quads import read_bytes
from crossties.resources import find_content
from crossties.settings import load_settings
from crossties.sheets.marking import mark
from crossties.sheets.reading import SHEET_SUFFIXES
from crossties.turtle import Document, write_document
from crossties.validation.check import check_paths
from crossties.validation.faces import FACES
from crossties.validation.files import graph_by_path, rename
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
@click.option(
    "--turtle",
    "turtle",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the one sheet that is checked here as the Turtle file that a pull request carries.",
)
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[Path, ...],
    face: str,
    language: str,
    marked: Path | None,
    turtle: Path | None,
) -> None:
    """Check files: syntax, vocabulary, shapes, rules.

    FILES are Turtle, TriG, N-Triples, JSON-LD, CSV or XLSX files, or folders of them. They are checked as a
    part of the shipped graph; a file that is a newer state of one of its files takes that one's place.
    """
    home = load_settings().home
    with shown_progress() as progress:
        checked = check_paths(files, content=find_content(), language=language, home=home, progress=progress)
    report = checked.report
    if turtle and report.conforms:
        _write_turtle(files, turtle, checked.intakes)
    if marked:
        _write_marked(files, marked, report, language)
    write(FACES[face].render(report, language))
    if not report.conforms:
        ctx.exit(NotConformingError.exit_code)


def _write_marked(files: tuple[Path, ...], target: Path, report: Report, language: str) -> None:
    sheet = _one_sheet(files)
    found = [result for result in report.results if result.file == str(sheet)]
    _write(target, mark(read_bytes(sheet), found, language=language))


def _write_turtle(files: tuple[Path, ...], target: Path, intakes: tuple[Intake, ...]) -> None:
    """Write what a sheet says; its graph is named after the file, as everywhere below ``data``."""
    sheet = _one_sheet(files)
    [intake] = [one for one in intakes if one.origin == str(sheet)]
    below = graph_by_path(target)
    named = dict.fromkeys([intake.graph], below) if below else {}
    _write(target, write_document(Document(tuple(make_blocks(rename(intake.quads, named))))).encode())


def _one_sheet(files: tuple[Path, ...]) -> Path:
    sheets = [path for path in files if path.suffix.lower() in SHEET_SUFFIXES]
    if len(sheets) != 1:
        message = f"{len(sheets)} sheets were named, and one is wanted."
        raise InputError(message, mend="Name one file that ends in .xlsx or .csv.")
    return sheets[0]


def _write(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as error:
        message = f"{target} can't be written: {error.strerror}."
        raise HostError(message, mend="Name another file.") from error
