from __future__ import annotations

import json
from collections.abc import Callable

from click.testing import Result

Crossties = Callable[..., Result]


def test_every_question_is_listed_with_its_flags_and_title(crossties: Crossties) -> None:
    told = crossties("questions").stdout
    assert "funding/totals  [--recipient] [--funder] [--from] [--until]" in told
    assert "plans/in-force  --on" in told
    assert "How much was granted" in told


def test_programs_learn_parameters_and_columns(crossties: Crossties) -> None:
    told = {one["name"]: one for one in json.loads(crossties("questions", "--json").stdout)}
    totals = told["funding/totals"]
    assert {"name", "title", "description", "parameters", "columns", "variables"} == set(totals)
    assert totals["columns"][0] == {"name": "recipient", "type": "entity"}
    assert totals["variables"][:2] == ["recipient", "recipientLabel"]
    assert {"name", "type", "required", "default", "description", "example"} <= set(totals["parameters"][0])


def test_the_columns_told_are_the_columns_answered(crossties: Crossties) -> None:
    for question in json.loads(crossties("questions", "--json").stdout):
        flags = [word for one in question["parameters"] if one["required"] for word in _flag(one)]
        answer = crossties("ask", question["name"], *flags, "--format", "csv")
        assert answer.exit_code == 0, answer.stderr
        assert answer.stdout.splitlines()[0].split(",") == question["variables"]


def _flag(parameter: dict[str, str]) -> tuple[str, str]:
    return f"--{parameter['name']}", parameter["example"]
