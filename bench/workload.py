"""What is asked: the shipped questions with parameters that fit the data, lookups, attacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

import pyoxigraph as ox

from crossties.namespaces import BASE, CT
from crossties.quads import Term, iri, literal
from crossties.questions.binding import bind
from crossties.questions.catalogue import Parameter, Question, load_questions
from crossties.resources import find_content

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
#: What a parameter of this type is given, where the data doesn't decide it.
_GIVEN: Final = {
    "day": literal("2016-06-01", "date"),
    "from": literal("2012-01-01", "date"),
    "until": literal("2016-12-31", "date"),
    "year": literal("2016", "integer"),
    "integer": literal("2", "integer"),
    "decimal": literal("100", "decimal"),
    "currency": literal("EUR"),
}


@dataclass(frozen=True)
class Query:
    """A query with a name to tell it by."""

    name: str
    text: str


#: What must be refused or stopped, and must not slow anybody else down (issue, “Bad input”).
ADVERSARIES: Final = (
    Query("cartesian count", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
    Query("order by everything", "SELECT * { ?a ?b ?c . ?c ?d ?e . ?e ?f ?g } ORDER BY ?g ?e ?c ?a"),
    Query(
        "everything as text",
        'SELECT (GROUP_CONCAT(CONCAT(STR(?s), STR(?o)); separator="") AS ?all) { ?s ?p ?o }',
    ),
    Query(
        "regex bomb", 'SELECT * { ?s ?p ?o . ?t ?q ?r FILTER(REGEX(CONCAT(STR(?o), STR(?r)), "(.*a){8}x")) }'
    ),
)


def list_questions(store: ox.Store, *, every: bool = False) -> Iterator[Query]:
    """Return each shipped question open (only what it requires) and with the parameters of its first example.

    ``every``: with each of its parameters alone too, so that a slow one shows.
    """
    for name, question in load_questions(find_content().queries).items():
        given = {one.name: one for one in question.parameters if one.name != "lang"}
        required = [one for one in given.values() if one.required]
        example = [given[key] for key in (question.examples or ({},))[0] if key in given]
        choices = {"open": required, "example": required + example}
        if every:
            choices |= {one.name: [*required, one] for one in given.values() if not one.required}
        seen = set()
        for label, chosen in choices.items():
            text = _bind(question, chosen, store)
            if text not in seen:
                seen.add(text)
                yield Query(f"{name} ({label})", text)


def list_lookups(store: ox.Store, count: int = 10_000) -> list[Query]:
    """Return so many lookups, each of another thing, spread over the store."""
    pattern = f"SELECT DISTINCT ?s {{ ?s <{CT}labelEn> ?l }} ORDER BY ?s"
    things = [str(row[0]) for row in cast("ox.QuerySolutions", store.query(pattern))]
    step = max(1, len(things) // count)
    return [Query("lookup", f"SELECT ?p ?o {{ {thing} ?p ?o }}") for thing in things[::step][:count]]


def _bind(question: Question, parameters: list[Parameter], store: ox.Store) -> str:
    terms = {one.name: _choose(one, store) for one in parameters}
    return bind(question, {name: term for name, term in terms.items() if term is not None})


def _choose(parameter: Parameter, store: ox.Store) -> Term | None:
    """Choose a value that much depends on: the busiest thing of the class, else what the type has."""
    if parameter.type == "entity":
        found = [_find_busiest(store, name) for name in parameter.classes]
        return next((term for term in found if term is not None), None)
    if parameter.type in {"concept", "code"}:
        return _find_concept(store, parameter.scheme)
    if parameter.type == "text":
        return literal(parameter.example)
    return _GIVEN[parameter.type]


def _find_busiest(store: ox.Store, name: str) -> Term | None:
    query = f"""SELECT ?x {{ ?x a <{CT}{name}> . ?other ?p ?x FILTER(STRSTARTS(STR(?x), "{BASE}id/")) }}
    GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1"""
    return _first(store, query)


def _find_concept(store: ox.Store, scheme: str) -> Term | None:
    query = f"""SELECT ?x {{ ?x <{_SKOS}inScheme> <{BASE}{scheme}> . ?other ?p ?x
    FILTER(?p != <{_SKOS}broader>) }}
    GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1"""
    return _first(store, query)


def _first(store: ox.Store, query: str) -> Term | None:
    for row in cast("ox.QuerySolutions", store.query(query)):
        return iri(str(row[0]).strip("<>"))
    return None
