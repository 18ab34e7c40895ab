"""The query address: the protocol for machines, a plain form and a table for browsers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from crossties.errors import CrosstiesError, RequestError, TooLargeError
from crossties.formats import GRAPHS, JSON, RESULTS, TURTLE
from crossties.protocol import ProtocolRequest, answer, read_request, to_answer
from crossties.results import read_table
from crossties.store.engine import Request
from crossties.store.pool import Body
from crossties.web.carrying import carry, read_client, read_exchange
from crossties.web.explaining import explain_empty
from crossties.web.site import the_site
from crossties.web.tables import Drawing, draw_table
from crossties.web.wishes import wants_explanation, wants_page

blueprint = Blueprint("sparql", __name__)
#: An answer larger than this is not drawn as a table; it can be had as a file.
_DRAWN_BYTES = 4_000_000
_EXAMPLE = """PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT ?agreement ?label ?party ?partyLabel WHERE {
  ?agreement a ct:Agreement ; ct:labelEn ?label ; ct:party ?party .
  ?party ct:labelEn ?partyLabel .
}
ORDER BY ?label ?partyLabel
LIMIT 100
"""


_EVERY_METHOD = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]


@blueprint.route("/sparql", methods=_EVERY_METHOD)
@blueprint.route("/sparql.<suffix>", methods=_EVERY_METHOD)
def sparql(suffix: str = "") -> Response:
    """Answer a query, or an update where the store may be written."""
    told = replace(read_exchange(), format=suffix)
    if wants_explanation(told):
        return _explain(told)
    if wants_page(told):
        return _show_page(told)
    site = the_site()
    run = partial(site.pool.answer, client=read_client())
    return carry(answer(told, run, service=site.service, write=site.writer.write if site.writer else None))


def _explain(told: ProtocolRequest) -> Response:
    site, client = the_site(), read_client()

    def ask(query: Request) -> bytes:
        body = site.pool.answer(query, client=client).body
        try:
            return b"".join(body)
        finally:
            body.close()

    try:
        return jsonify(explain_empty(told, site.labels, ask))
    except CrosstiesError as error:
        return carry(to_answer(error))


def _show_page(told: ProtocolRequest) -> Response:
    site = the_site()
    text = request.values.get("query", "")
    drawing, turtle, error = None, "", None
    if text or told.method == "POST":
        try:
            drawing, turtle = _ask(_only_query(told))
        except CrosstiesError as refused:
            error = refused
    page = render_template(
        "sparql.html",
        text=text or _example(),
        drawing=drawing,
        turtle=turtle,
        error=error,
        asked=bool(text),
        questions=site.questions,
        formats=RESULTS if drawing else GRAPHS,
    )
    response = make_response(page, error.status if error else 200)
    response.vary.add("Accept")
    return response


def _only_query(told: ProtocolRequest) -> Request:
    read = read_request(told)
    if isinstance(read, Request):
        return read
    message = "An update has no table to show."
    raise RequestError(message, mend="Send it without asking for HTML.")


def _ask(query: Request) -> tuple[Drawing | None, str]:
    """Return a table, or for a CONSTRUCT or DESCRIBE its triples as Turtle."""
    both = f"{JSON.media_type}, {TURTLE.media_type}"
    told = Request(query.query, both, "", query.default_graphs, query.named_graphs)
    found = the_site().pool.answer(told, client=read_client())
    body = _read_whole(found.body)
    return (draw_table(read_table(body)), "") if found.format is JSON else (None, body.decode())


def _read_whole(body: Body) -> bytes:
    pieces, size = [], 0
    try:
        for piece in body:
            size += len(piece)
            if size > _DRAWN_BYTES:
                message = f"The answer is larger than {_DRAWN_BYTES // 1_000_000} MB: too much for a page."
                raise TooLargeError(message, mend="Have it as CSV, JSON or Turtle, or add a LIMIT.")
            pieces.append(piece)
    finally:
        body.close()
    return b"".join(pieces)


def _example() -> str:
    """Return the query of the published question that the address names, else one to begin with."""
    question = the_site().questions.get(request.args.get("example", ""))
    return question.text if question else _EXAMPLE
