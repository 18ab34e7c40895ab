"""``crossties import``: lists of others as candidates, with what is wrong with them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypedDict, Unpack

import click

from crossties.cli.opening import in_process, open_here
from crossties.cli.output import write
from crossties.cli.progress import shown_progress
from crossties.errors import HostError, NotConformingError, RefusedError
from crossties.export.files import export_folder
from crossties.importing import KINDS, Outcome, Settings, compare_graphs, read_register, run_import
from crossties.importing.comparing import find_reading
from crossties.importing.fetching import fetch_pairs
from crossties.importing.matching import read_decisions, write_reviews
from crossties.intake import Upload
from crossties.namespaces import LANGUAGES, expand
from crossties.quads import read_bytes
from crossties.sheets.slugs import make_slug
from crossties.validation.faces import FACES
from crossties.validation.report import from_remark, make_report


class _Told(TypedDict):
    """The options of the command."""

    title: str
    publisher: str
    slug: str | None
    tongue: str
    url: str
    issued: str
    read_on: str | None
    before: Path | None
    decisions: Path | None
    mapping: Path | None
    scheme: str
    version: str
    place_kind: str
    local: str
    country: str
    endpoint: str | None
    face: str
    language: str


#: Where in the folder of an import the candidates are, laid out like the data of the graph.
_DATA: Final = "data"
_PATH: Final = click.Path(path_type=Path, dir_okay=False)


@click.command("import")
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.argument("file", type=_PATH)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the candidates.",
)
@click.option(
    "--publisher", required=True, help="Who published the list: the IRI of a known body, or a name."
)
@click.option("--title", required=True, help="What the list is called, in English and your own words.")
@click.option("--slug", help="The id of the list; by default made of the title.")
@click.option("--tongue", default="en", show_default=True, help="The language of the list.")
@click.option("--url", default="", help="Where the list is published.")
@click.option("--issued", default="", help="The day, month or year that the list is of.")
@click.option(
    "--read-on", help="The day on which you got it; by default today, or that of the earlier import."
)
@click.option("--before", type=_PATH, help="An older state of the same list of twin towns.")
@click.option("--decisions", type=_PATH, help="The review.csv of an earlier import, answered.")
@click.option("--mapping", type=_PATH, help="What classes and properties mean (kind rdf).")
@click.option("--scheme", default="nuts", show_default=True, help="The code list (kind genericode).")
@click.option(
    "--code-version", "version", default="", help="The version of the codes in the list, such as 2024."
)
@click.option("--place-kind", "place_kind", default="", help="The kind of its places, such as county.")
@click.option("--country", default="", help="The IRI of the country that the codes are of.")
@click.option("--local", default="", help="The language of names that stand alike in all languages.")
@click.option(
    "--endpoint", help="A SPARQL service to ask for P190 of FILE, a country's Q-id (kind twin-towns)."
)
@click.option("--format", "face", type=click.Choice(tuple(FACES)), default="text", show_default=True)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.pass_context
def import_(ctx: click.Context, kind: str, file: Path, output: Path, **told: Unpack[_Told]) -> None:
    """Turn a list into candidates: Turtle files that go through the same gate as every contribution.

    Nothing becomes a fact by this. What a list says is written into the folder, with the list as its source;
    review.csv asks what names may mean, and the report says which rows are wrong and why.

    \b
    crossties import twin-towns list.csv -o candidates --title "Twin towns, 2026" --publisher Wikipedia
    """  # noqa: D301
    endpoint = told["endpoint"]
    upload = fetch_pairs(endpoint, str(file)) if endpoint else _upload(file)
    before = _upload(told["before"]) if told["before"] else None
    settings = _settings(told, upload, output)
    instance = open_here()
    register = read_register(in_process(instance))
    with shown_progress() as progress:
        outcome = run_import(kind, upload, settings, register, before=before, progress=progress)
    _write(outcome, output)
    report = make_report((from_remark(one) for one in outcome.remarks), files=(upload.name,))
    write(FACES[told["face"]].render(report, told["language"]))
    if not report.conforms:
        ctx.exit(NotConformingError.exit_code)


def _upload(path: Path) -> Upload:
    return Upload(path.name, read_bytes(path))


def _settings(told: _Told, upload: Upload, output: Path) -> Settings:
    """Return what was said of the list; a list that was read before keeps the day of that reading."""
    slug = told["slug"] or make_slug(told["title"]) or "list"
    earlier = find_reading(output / _DATA, slug, hashlib.sha256(upload.data).hexdigest())
    return Settings(
        slug,
        told["title"],
        told["publisher"],
        told["read_on"] or earlier or datetime.now(tz=UTC).date().isoformat(),
        told["tongue"],
        told["url"],
        told["issued"],
        told["scheme"],
        told["version"],
        told["place_kind"],
        told["local"],
        told["language"],
        expand(told["country"]) or "",
        read_bytes(told["mapping"]) if told["mapping"] else b"",
        read_decisions(_upload(told["decisions"])) if told["decisions"] else {},
    )


def _write(outcome: Outcome, folder: Path) -> None:
    """Write candidates and questions into the folder, and tell what is different from what stood there."""
    review = folder / "review.csv"
    is_ours = not folder.exists() or review.is_file() or not any(folder.iterdir())
    if not is_ours:
        message = f"The folder {folder} holds something else than an earlier import."
        raise RefusedError(message, mend="Name a folder that is new or empty.")
    data = folder / _DATA
    difference = compare_graphs(data, outcome.graphs)
    try:
        for path in sorted(data.rglob("*.ttl")):
            path.unlink()
        data.mkdir(parents=True, exist_ok=True)
        export_folder(list(outcome.graphs.quads()), data)
        review.write_text(write_reviews(outcome.reviews), encoding="utf-8")
    except OSError as error:
        message = f"The folder {folder} can't be written: {error.strerror or error}."
        raise HostError(message, mend="Name a folder that you may write to.") from error
    click.echo(
        f"{len(outcome.graphs.paths())} graphs with {len(outcome.graphs)} statements in {data}; "
        f"{len(outcome.reviews)} questions in {review.name}. Things: {len(difference.added)} new, "
        f"{len(difference.changed)} changed, {len(difference.removed)} gone.",
        err=True,
    )
