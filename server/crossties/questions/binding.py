"""Put typed terms into a question's ``VALUES`` lines; text that a person typed never gets there.

A parameter stands in the query as ``VALUES ?name { UNDEF }`` or with a default between the braces. Only a
term, written by the store's own serialiser, replaces what is between them (docs/decisions/0003).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from crossties.quads import Term, to_text
from crossties.questions.catalogue import Question

_LINE: Final = re.compile(r"VALUES \?(\w+) \{ [^{}]* \}")


def bind(question: Question, terms: Mapping[str, Term]) -> str:
    """Return the query with these parameters bound; the others keep their default or stay open."""
    bound = {_variable(name): term for name, term in terms.items()}

    def replace(line: re.Match[str]) -> str:
        term = bound.get(line[1])
        return line[0] if term is None else f"VALUES ?{line[1]} {{ {to_text(term)} }}"

    # One pass over the question's own text: a term that was put in is never looked at again
    return _LINE.sub(replace, question.text)


def bindable(question: Question) -> set[str]:
    """Return the variables that have a line of their own in the question's text."""
    return set(_LINE.findall(question.text))


def _variable(parameter: str) -> str:
    """Name the variable: ``lang`` chooses the label property, every other parameter has its own name."""
    return "label" if parameter == "lang" else parameter
