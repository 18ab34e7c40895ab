"""Say which part of a question has no answer: open one parameter at a time and see whether rows appear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from crossties import results
from crossties.quads import Term
from crossties.questions.ask import Run
from crossties.questions.binding import bind
from crossties.questions.catalogue import Question
from crossties.questions.parameters import read_parameters
from crossties.search.labels import Labels

#: So many parameters are opened at most, each of which costs one query.
MOST = 8


def find_empty_parts(
    question: Question, given: Mapping[str, str], labels: Labels, run: Run
) -> tuple[str, ...]:
    """Return the parameters without any one of which the question has an answer; the order is theirs.

    Those with a value count, given or by default; the language does not. Only asked where there are no rows.

    Raises:
        RequestError, UnknownNameError: as ``read_parameters`` does.
    """
    terms = read_parameters(question, given, labels)
    names = [one.name for one in question.parameters if one.name in terms or one.default]
    asked = [name for name in names if name != "lang"][:MOST]
    return tuple(name for name in asked if _has_rows(question, terms, name, run))


def describe_emptiness(given: Mapping[str, str], parts: tuple[str, ...]) -> str:
    """Return one sentence that says which part had none."""
    told = [name for name in given if name != "lang"]
    if parts:
        listed = " or ".join(f"“{name}”" for name in parts)
        return f"There are rows without {listed}: nothing is recorded for that part together with the rest."
    if len(told) > 1:
        return f"There are no rows even without any one of {', '.join(told)}."
    return f"Nothing is recorded for “{told[0]}”." if told else "Nothing of this kind is recorded."


def _has_rows(question: Question, terms: Mapping[str, Term], name: str, run: Run) -> bool:
    line = re.compile(rf"VALUES \?{re.escape(name)} \{{ [^{{}}]* \}}")
    text = line.sub(f"VALUES ?{name} {{ UNDEF }}", question.text)
    others = {other: term for other, term in terms.items() if other != name}
    return bool(results.read_table(run(bind(replace(question, text=text), others))).rows)
