"""``crossties review`` and ``crossties rollback``: look at what waits, accept it, reject it, take it back."""

from __future__ import annotations

import getpass
import json
from typing import Literal

import click

from crossties.cli.opening import open_here
from crossties.cli.output import write
from crossties.contributions.acceptance import carry_out
from crossties.contributions.effects import find_effects
from crossties.contributions.messages import Wish, require_ground, require_other
from crossties.contributions.wording import describe_contribution, describe_entry, describe_row
from crossties.instance import Instance
from crossties.journal import (
    Journal,
    Person,
    add_review,
    find_contribution,
    keep_effect,
    list_conflicts,
    list_contributions,
    list_entries,
    read_effect,
    read_reviews,
    read_upload,
    read_verdicts,
    verify,
)
from crossties.journal import reject as reject_in
from crossties.journal.state import read_graph, stand

_BY = click.option("--by", default=getpass.getuser, show_default="your login", help="Who does it.")
_NOTE = click.option("-m", "--message", default="", help="Why.")


@click.group()
def review() -> None:
    """Look at contributions, accept and reject them.

    Whoever can write the home folder does this; over HTTP a token says who may.
    """


@review.command("list")
@click.option(
    "--state",
    type=click.Choice(["waiting", "failing", "accepted", "rejected", "rolled back", "all"]),
    default="waiting",
    show_default=True,
)
def list_(state: str) -> None:
    """List what waits, and the files that conflict with what was accepted."""
    journal = _journal(open_here())
    for one in list_contributions(journal, state="" if state == "all" else state):
        click.echo(describe_row(one))
    for conflict in list_conflicts(journal):
        click.echo(
            f"conflict {conflict.id}\t{conflict.at}\t{conflict.graph}: its file and what is here differ"
        )


@review.command()
@click.argument("number", type=int)
@click.option("--answers", is_flag=True, help="Find which published answers it would change.")
@click.option("--upload", is_flag=True, help="Write the bytes as they were sent, nothing else.")
@click.option("--format", "face", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(number: int, *, answers: bool, upload: bool, face: str) -> None:
    """Show contribution NUMBER: its verdict, what it changes, what was said of it."""
    instance = open_here()
    journal = _journal(instance)
    found = find_contribution(journal, number)
    if upload:
        write(read_upload(journal, number))
        return
    if answers and found.digest:
        _find_answers(instance, number)
    effects = read_effect(journal, number)
    verdict, reviews = read_verdicts(journal, number)[0], read_reviews(journal, number)
    if face == "text":
        click.echo(describe_contribution(found, verdict, reviews, effects[1] if effects else None), nl=False)
        return
    told = {
        **vars(found),
        "verdict": vars(verdict),
        "reviews": [vars(one) for one in reviews],
        "answers": effects[1] if effects else None,
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


@review.command()
@click.argument("number", type=int)
@click.argument("text")
@_BY
def comment(number: int, text: str, by: str) -> None:
    """Say TEXT of contribution NUMBER."""
    add_review(_journal(open_here()), number, by=by, act="comment", text=text)


@review.command()
@click.argument("numbers", type=int, nargs=-1, required=True)
@_BY
@_NOTE
def accept(numbers: tuple[int, ...], by: str, message: str) -> None:
    """Accept contributions NUMBERS: each is checked again, entered, and visible at once.

    Several share one new version of the store. One that can't be accepted hinders no other.
    """
    instance = open_here()
    wishes = [Wish("accept", number, Person(by, "operator"), message) for number in numbers]
    failed = None
    for number, done in zip(numbers, carry_out(instance, wishes), strict=True):
        if done.entry:
            click.echo(f"Contribution {number} is accepted: entry {done.entry.number}.")
        elif done.error:
            click.echo(f"error: {done.error}", err=True)
            failed = done.error
    if failed:
        click.get_current_context().exit(failed.exit_code)


@review.command()
@click.argument("number", type=int)
@_BY
@_NOTE
def reject(number: int, by: str, message: str) -> None:
    """Put contribution NUMBER aside; it is kept."""
    journal = _journal(open_here())
    require_other(Person(by, "operator"), find_contribution(journal, number))
    reject_in(journal, number, by=by, reason=message)
    click.echo(f"Contribution {number} is rejected.")


@review.command()
@click.argument("number", type=int)
@click.argument("choice", type=click.Choice(["take", "keep"]))
@_BY
def settle(number: int, choice: Literal["take", "keep"], by: str) -> None:
    """Decide conflict NUMBER: “take” what the file says, or “keep” what is here."""
    _do(open_here(), Wish(choice, number, Person(by, "operator")))


@review.command()
@click.option(
    "--verify", "verified", is_flag=True, help="Go through the whole journal and say whether it is sound."
)
def entries(*, verified: bool) -> None:
    """List everything that changed the graph, in order."""
    journal = _journal(open_here())
    for entry in list_entries(journal):
        click.echo(describe_entry(entry))
    if verified:
        click.echo(f"{verify(journal)} entries hold together.", err=True)


@click.command()
@click.argument("number", type=int)
@_BY
@_NOTE
@click.option("--force", is_flag=True, help="Even where what stays breaks a rule then.")
def rollback(number: int, by: str, message: str, *, force: bool) -> None:
    """Take back what was accepted.

    The graph is as it was before entry NUMBER, and this is an entry too.
    “crossties review entries” lists the entries. A rollback can itself be taken back.
    """
    _do(open_here(), Wish("roll back", number, Person(by, "operator"), message, forced=force))


def _do(instance: Instance, wish: Wish) -> None:
    (done,) = carry_out(instance, [wish])
    if done.error:
        raise done.error
    click.echo(f"Entry {done.entry.number} is made." if done.entry else "What is here stays.")


def _journal(instance: Instance) -> Journal:
    return require_ground(instance).journal


def _find_answers(instance: Instance, number: int) -> None:
    ground = require_ground(instance)
    found = find_contribution(ground.journal, number)
    version, entry = stand(ground)
    effects = find_effects(
        version, read_graph(ground.journal, found.graph, found.digest), content=instance.content
    )
    keep_effect(ground.journal, number, entry=entry, told=effects)
