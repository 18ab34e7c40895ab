"""The query address: the protocol for machines, a plain form and a table for browsers."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from crossties.errors import CrosstiesError, NotAcceptableError, TooLargeError
from crossties.formats import GRAPHS, JSON, RESULTS, TURTLE, negotiate
from crossties.protocol import ProtocolRequest, answer, read_request
from crossties.publication import HTML
from crossties.results import read_table
from crossties.store.engine import Request
from crossties.store.pool import Body
from crossties.web.carrying import carry
from crossties.web.site import the_site
from crossties.web.tables import Drawing, draw_table

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


@blueprint.route("/sparql", methods=["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"])
def sparql() -> Response:
    """Answer a query."""
    told = ProtocolRequest(
        method=request.method,
        query_string=request.query_string.decode("latin-1"),
        content_type=request.headers.get("Content-Type", ""),
        accept=request.headers.get("Accept", ""),
        body=request.get_data(cache=True),
    )
    if _is_browser(told):
        return _show_page(told)
    return carry(answer(told, the_site().pool.answer))


def _is_browser(told: ProtocolRequest) -> bool:
    """Only who would rather have HTML than any format of an answer gets a page."""
    if told.method not in {"GET", "POST"}:
        return False
    wanted = request.values.get("format", "")
    if wanted:
        return wanted == HTML.name
    try:
        return negotiate(told.accept, (*RESULTS, *GRAPHS, HTML)) is HTML
    except NotAcceptableError:
        return False


def _show_page(told: ProtocolRequest) -> Response:
    site = the_site()
    text = request.values.get("query", "")
    drawing, turtle, error = None, "", None
    if text or told.method == "POST":
        try:
            drawing, turtle = _ask(read_request(told))
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


def _ask(query: Request) -> tuple[Drawing | None, str]:
    """Return a table, or for a CONSTRUCT or DESCRIBE its triples as Turtle."""
    both = f"{JSON.media_type}, {TURTLE.media_type}"
    told = Request(query.query, both, "", query.default_graphs, query.named_graphs)
    found = the_site().pool.answer(told)
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
