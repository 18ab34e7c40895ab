"""Put typed terms into a question's text; text that a person typed never gets there.

A parameter stands in the query as ``VALUES ?name { UNDEF }`` or with a default between the braces. Only a
term, written by the store's own serialiser, replaces what is between them (docs/decisions/0003). The
parameter ``lang`` has no line: its property replaces ``ct:labelEn``, so that engines see a constant
(docs/decisions/0002).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from crossties.namespaces import CT
from crossties.quads import NamedNode, Term, iri, to_text
from crossties.questions.catalogue import LABEL, Question

_LINE: Final = re.compile(r"VALUES \?(\w+) \{ [^{}]* \}")
_PLACE: Final = re.compile(rf"{_LINE.pattern}|{LABEL.pattern}")
_PROPERTY: Final = re.compile(rf"{re.escape(CT)}(label[A-Z][a-z]+)")


def bind(question: Question, terms: Mapping[str, Term]) -> str:
    """Return the query with these parameters bound; the others keep their default or stay open.

    Raises:
        ValueError: ``lang`` is no property of labels.
    """
    label = read_label(terms)

    def replace(place: re.Match[str]) -> str:
        if place[1] is None:
            return f"ct:{label}"
        term = terms.get(place[1])
        return place[0] if term is None else f"VALUES ?{place[1]} {{ {to_text(term)} }}"

    # One pass over the question's own text: a term that was put in is never looked at again
    return _PLACE.sub(replace, question.text)


def bindable(question: Question) -> set[str]:
    """Return the parameters that the question's text has a place for."""
    lang = {"lang"} if LABEL.search(question.text) else set()
    return lang | set(_LINE.findall(question.text))


def read_label(terms: Mapping[str, Term]) -> str:
    """Return the local name of the label property that ``lang`` chooses, ``labelEn`` where it isn't given.

    Raises:
        ValueError: it is no property of labels.
    """
    term = terms.get("lang", iri(f"{CT}labelEn"))
    found = _PROPERTY.fullmatch(term.value) if isinstance(term, NamedNode) else None
    if not found:
        message = f"{term} is no property of labels."
        raise ValueError(message)
    return found[1]
