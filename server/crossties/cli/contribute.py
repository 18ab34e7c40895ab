"""``crossties contribute``: send a file to the reviewers of this instance."""

from __future__ import annotations

import getpass
import json
from functools import partial
from pathlib import Path

import click

from crossties.cli.opening import open_here
from crossties.contributions.judging import judge
from crossties.contributions.looking import look
from crossties.contributions.messages import Outcome, Sent, require_ground
from crossties.contributions.submission import LICENCES, Told, submit
from crossties.contributions.validating import check_upload
from crossties.contributions.wording import describe_contribution
from crossties.errors import InputError, Location, NotConformingError
from crossties.journal import read_verdicts
from crossties.journal.state import stand
from crossties.namespaces import LANGUAGES, expand


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replaces", metavar="GRAPH", default="", help="The graph whose text this is from now on.")
@click.option("--based-on", metavar="SHA256", default="", help="The text of GRAPH that you changed.")
@click.option("--by", default=getpass.getuser, show_default="your login", help="Who contributes.")
@click.option("--licence", type=click.Choice(list(LICENCES)), default="CC-BY-4.0", show_default=True)
@click.option("--source", default="", help="The document that says so: an address, or a title.")
@click.option("--comment", default="", help="What reviewers should know.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--format", "face", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def contribute(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    file: Path,
    *,
    replaces: str,
    based_on: str,
    by: str,
    licence: str,
    source: str,
    comment: str,
    language: str,
    face: str,
) -> None:
    """Send a file to the reviewers here.

    FILE becomes a new graph, or takes the place of one. It is checked at once; what doesn't conform is kept,
    and never accepted.
    """
    instance = open_here()
    ground = require_ground(instance)
    version, number = stand(ground)
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"The file can't be read: {error.strerror}."
        raise InputError(message, where=Location(str(file)), mend="Check the path.") from error

    def judge_here(sent: Sent) -> tuple[Outcome, int]:
        graphs = f"{instance.settings.authority}graph/"
        check = partial(check_upload, version=version, content=instance.content, language=language)
        seen = partial(look, version=version, graphs=graphs)
        return judge(sent, graphs=graphs, check=check, look=seen), number

    sent = Sent(file.name, data, graph=expand(replaces) or replaces, based_on=based_on, language=language)
    made = submit(ground.journal, sent, Told(by, licence, source, comment), judge=judge_here)
    verdict = read_verdicts(ground.journal, made.id)[0]
    if face == "json":
        told = {**vars(made), "verdict": vars(verdict)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo(describe_contribution(made, verdict), nl=False)
    if not verdict.conforms:
        ctx.exit(NotConformingError.exit_code)
