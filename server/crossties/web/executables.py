"""The questions at their IRIs: the form for people, a SHACL executable or the query for machines."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, make_response, redirect

from crossties.errors import NotFoundError
from crossties.formats import GRAPHS, Format
from crossties.publication.addresses import HTML
from crossties.publication.executables import QUERY, describe_questions, question_iri
from crossties.publication.notes import write_notes
from crossties.questions.catalogue import find_question
from crossties.web.documents import finish_document, negotiate_document
from crossties.web.links import href
from crossties.web.site import the_site

blueprint = Blueprint("executables", __name__)
SPARQL: Final = Format("sparql", ("application/sparql-query",), "rq")
_FORMATS: Final = (*GRAPHS, SPARQL)


@blueprint.get("/query")
@blueprint.get("/query.<suffix>")
def show_all(suffix: str = "") -> Response:
    """Lead people to the list of questions; send machines all of them."""
    path, chosen = negotiate_document("query" + (f".{suffix}" if suffix else ""))
    if path != "query":
        message = f"There is nothing at /{path}."
        raise NotFoundError(message, mend="Look at /query.")
    if chosen is HTML:
        return _lead(href("/questions/"))
    body = write_notes(describe_questions(the_site().questions.values()), chosen)
    return finish_document(Response(body), path, QUERY.rstrip("/"), chosen)


@blueprint.get("/query/<area>/<name>")
def show_question(area: str, name: str) -> Response:
    """Lead people to the form; send machines the question in the format that they ask for."""
    path, chosen = negotiate_document(f"query/{area}/{name}", formats=_FORMATS)
    question = find_question(the_site().instance.content.queries, path.removeprefix("query/"))
    if chosen is HTML:
        return _lead(href(f"/questions/{question.name}"))
    body = question.text.encode() if chosen is SPARQL else write_notes(describe_questions([question]), chosen)
    return finish_document(Response(body), path, question_iri(question), chosen, formats=_FORMATS)


def _lead(address: str) -> Response:
    response = make_response(redirect(address, 303))
    response.vary.add("Accept")
    return response
