"""Ask a published question: read the parameters, bind them, run the query, return a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crossties import results
from crossties.questions.binding import bind
from crossties.questions.catalogue import Question
from crossties.questions.parameters import read_parameters
from crossties.results import Table
from crossties.search.labels import Labels

#: Runs a query and returns its result in SPARQL JSON.
Run = Callable[[str], bytes]


@dataclass(frozen=True)
class Asked:
    """A question with bound parameters, and its answer."""

    question: Question
    query: str
    table: Table


def prepare(question: Question, given: Mapping[str, str], labels: Labels) -> str:
    """Return the query of the question with the given parameters bound.

    Raises:
        RequestError, UnknownNameError: as ``read_parameters`` does.
    """
    return bind(question, read_parameters(question, given, labels))


def ask(question: Question, given: Mapping[str, str], labels: Labels, run: Run) -> Asked:
    """Answer the question.

    Raises:
        RequestError, UnknownNameError: as ``read_parameters`` does.
    """
    query = prepare(question, given, labels)
    return Asked(question, query, results.read_table(run(query)))
