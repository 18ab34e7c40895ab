"""Send a contribution: with a token to the reviewers, without one as a checked patch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from crossties.contributions.messages import Outcome, Sent
from crossties.contributions.submission import LICENCES, Told, prepare, submit
from crossties.errors import CrosstiesError, RequestError
from crossties.formats import TURTLE
from crossties.namespaces import LANGUAGES, expand
from crossties.web.contributions_access import (
    FOLDER,
    find_asker,
    keep_private,
    limiter,
    only,
    require_own_form,
    the_journal,
    the_office,
    the_person,
)
from crossties.web.contributions_pages import show_page, speak
from crossties.web.contributions_told import tell_contribution
from crossties.web.links import href, language
from crossties.web.problems import wants_page
from crossties.web.site import the_site
from crossties.web.speaking import told

blueprint = Blueprint("sending", __name__, url_prefix=FOLDER)
blueprint.before_request(speak)
#: Bodies that are a contribution by themselves, not a form.
_FORMS: Final = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
_SUFFIXES: Final = {
    "text/turtle": "ttl",
    "application/trig": "trig",
    "application/n-triples": "nt",
    "application/n-quads": "nq",
    "application/ld+json": "jsonld",
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


def _limit() -> str:
    return f"{the_site().instance.settings.uploads_per_minute} per minute"


@blueprint.before_request
def allow_uploads() -> None:
    """Take larger bodies than queries are: uploads have a limit of their own."""
    most = the_site().instance.settings.upload_bytes
    request.max_content_length = most
    request.max_form_memory_size = most


@blueprint.get("/new")
def show_form() -> Response:
    """Show the form, empty or with the present text of a graph that is to be changed; get a process ready."""
    site = the_site()
    site.judges.warm(site.instance.version.folder)
    graph = request.args.get("graph", "")
    graph = expand(graph) or graph
    text, based_on = the_office().read_graph(graph) if graph else ("", "")
    return _show(graph=graph, based_on=based_on, text=text)


@blueprint.post("/")
@limiter.limit(_limit)
@only("contributor")
def send() -> AnyResponse:
    """Keep what is sent, with its verdict; it waits for a reviewer where it conforms."""
    require_own_form()
    journal, person = the_journal(), the_person()
    sent, about = _read_sent(), _read_about(person.holder)
    try:
        made = submit(journal, sent, about, judge=the_office().judge)
    except CrosstiesError as error:
        if not wants_page():
            raise
        return _show_again(sent, error)
    address = f"{FOLDER}/{made.id}"
    if wants_page():
        return redirect(href(address), code=303)
    response = jsonify(tell_contribution(journal, made))
    response.status_code = 201
    response.headers["Location"] = address
    return keep_private(response)


@blueprint.post("/patch")
@limiter.limit("10 per minute")
def make_patch() -> Response:
    """Send a checked patch back, or the report; nothing is kept."""
    journal, sent = the_journal(), _read_sent()
    about = _read_about(request.values.get("author", ""))
    try:
        ready = prepare(journal, sent)
        outcome, _ = the_office().judge(ready)
        patch = _patch(ready, outcome, about) if outcome.conforms else ""
    except CrosstiesError as error:
        if not wants_page():
            raise
        return _show_again(sent, error)
    if not outcome.conforms:
        if wants_page():
            return _show_again(sent, None, report=outcome.report)
        response = jsonify({"graph": outcome.graph, **outcome.report})
        response.status_code = 422
        return keep_private(response)
    name = PurePosixPath(outcome.graph).name
    response = Response(patch, content_type="text/x-patch; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.patch"'
    return keep_private(response)


def _patch(sent: Sent, outcome: Outcome, about: Told) -> str:
    return the_office().make_patch(sent, outcome, author=about.by, comment=about.comment)


def _show_again(sent: Sent, error: CrosstiesError | None, report: object = None) -> Response:
    """Show the form with what was sent and what is wrong with it."""
    return _show(
        graph=sent.graph,
        based_on=sent.based_on,
        text=sent.data.decode("utf-8", "replace") if request.form.get("text") else "",
        given=request.form,
        error=error,
        report=report,
        status=error.status if error else 422,
    )


def _show(*, status: int = 200, given: Mapping[str, str] | None = None, **values: object) -> Response:
    journal = the_journal()
    about = {"asker": find_asker(), "licences": LICENCES, "opened": journal.exists, "given": given or {}}
    return show_page("new", status=status, **{"error": None, "report": None, **about, **values})


def _read_sent() -> Sent:
    """Return the upload: the file or the text of a form, else the whole body.

    Raises:
        RequestError: there is none.
    """
    graph = request.values.get("replaces", "").strip()
    wanted = request.values.get("report", language())
    based_on = request.values.get("based-on", "").strip()
    about = Sent(
        "",
        b"",
        graph=expand(graph) or graph,
        based_on=based_on,
        language=wanted if wanted in LANGUAGES else "en",
    )
    file = request.files.get("file")
    if request.mimetype not in _FORMS:
        name = request.values.get("name", "") or f"contribution.{_SUFFIXES.get(request.mimetype, 'ttl')}"
        sent = replace(about, name=name, data=request.get_data(), media_type=request.mimetype)
    elif file is not None and file.filename:
        name = PurePosixPath(file.filename).name
        sent = replace(about, name=name, data=file.read(), media_type=file.mimetype)
    else:
        name = request.form.get("name", "") or "contribution.ttl"
        text = request.form.get("text", "").replace("\r\n", "\n")
        sent = replace(about, name=name, data=text.encode(), media_type=TURTLE.media_type)
    return _require_some(sent)


def _require_some(sent: Sent) -> Sent:
    if not sent.data.strip():
        raise RequestError(told("error.empty"), mend=told("error.empty_mend"))
    return sent


def _read_about(by: str) -> Told:
    given = {
        name: request.values[name] for name in ("licence", "source", "comment") if name in request.values
    }
    return Told(by, **given)
