"""Choose questions that have an answer on this instance's data, to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import quote, urlencode

from crossties.errors import RequestError
from crossties.questions.ask import prepare
from crossties.questions.catalogue import Question
from crossties.search.labels import Labels

_PREFERRED: Final = ("funding/who-funded-whom", "agreements/signatories", "plans/objectives")


@dataclass(frozen=True)
class ReadyQuestion:
    """A question with parameters that can be answered here."""

    question: Question
    given: Mapping[str, str]

    @property
    def path(self) -> str:
        """Return the address of its answer below this host."""
        query = urlencode(self.given, quote_via=quote)
        return f"/questions/{self.question.name}" + (f"?{query}" if query else "")


def choose_ready(questions: Mapping[str, Question], labels: Labels, *, count: int = 3) -> list[ReadyQuestion]:
    """Return up to ``count`` questions, each with the first of its examples that names what is here."""
    ranked = [questions[name] for name in _PREFERRED if name in questions]
    ranked += [question for name, question in questions.items() if name not in _PREFERRED]
    return list(islice(_answerable(ranked, labels), count))


def choose_examples(question: Question, labels: Labels) -> list[Mapping[str, str]]:
    """Return the examples of the question that name what is here."""
    return [given for given in question.examples if _can_be_asked(question, given, labels)]


def _answerable(ranked: list[Question], labels: Labels) -> Iterator[ReadyQuestion]:
    for question in ranked:
        for given in (*question.examples, {}):
            if _can_be_asked(question, given, labels):
                yield ReadyQuestion(question, given)
                break


def _can_be_asked(question: Question, given: Mapping[str, str], labels: Labels) -> bool:
    try:
        prepare(question, given, labels)
    except RequestError:
        return False
    return True
