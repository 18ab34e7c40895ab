"""``crossties questions``: what can be asked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby
from typing import Any

import click

from crossties.cli.output import write
from crossties.questions.catalogue import Question, load_questions
from crossties.resources import find_content


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Parameters and columns too, for programs.")
def questions(*, as_json: bool) -> None:
    """List the published questions.

    “crossties ask NAME --help” explains one of them.
    """
    known = load_questions(find_content().queries).values()
    write(_json(known) if as_json else _text(known))


def describe(question: Question) -> dict[str, Any]:
    """Return what programs need to know of a question: its parameters, and the columns of its answer."""
    return {
        "name": question.name,
        "title": question.title,
        "description": question.description,
        "parameters": [asdict(parameter) for parameter in question.parameters],
        "columns": [asdict(column) for column in question.columns],
        "variables": list(question.variables),
    }


def _json(known: Iterable[Question]) -> str:
    return json.dumps([describe(question) for question in known], ensure_ascii=False, indent=1) + "\n"


def _text(known: Iterable[Question]) -> str:
    lines: list[str] = []
    for area, members in groupby(known, key=lambda question: question.area):
        lines += [area.upper(), *(_lines(question) for question in members), ""]
    return "\n".join(lines)


def _lines(question: Question) -> str:
    own = [one for one in question.parameters if one.name != "lang"]
    flags = " ".join(f"--{one.name}" if one.required else f"[--{one.name}]" for one in own)
    return f"  {question.name}  {flags}\n      {question.title}"
