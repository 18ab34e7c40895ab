"""Check what somebody sends, and say what is wrong where: a form for people, the same address for programs.

Nothing is kept and nothing is changed, so nobody has to be known; each check runs in a process of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from flask import Blueprint, Response, make_response, render_template, request

from crossties.errors import MediaTypeError, NotAcceptableError, RequestError, TooLargeError
from crossties.formats import Format, find_format, negotiate
from crossties.intake import SYNTAXES, Upload
from crossties.intake.limits import MAX_BYTES
from crossties.namespaces import GRAPH, expand
from crossties.publication import HTML
from crossties.validation.faces import FACES
from crossties.validation.report import Report
from crossties.validation.sandboxed.judges import Judges
from crossties.web.site import Site, the_site
from crossties.web.speaking import choose_language
from crossties.web.validation_report import draw_report
from crossties.wording import say

blueprint = Blueprint("validation", __name__)
#: A form has a little more in it than its files.
_MOST_BYTES: Final = 4 * MAX_BYTES + 65_536
_MOST_FILES: Final = 32
_FORM: Final = "multipart/form-data"
_URLENCODED: Final = "application/x-www-form-urlencoded"
_CSV: Final = "text/csv"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Media type of a body → the suffix by which it is read.
_TYPES: Final = {
    **{kind: name for name, form in SYNTAXES.items() for kind in form.media_types},
    "application/json": "jsonld",
    _CSV: "csv",
    _XLSX: "xlsx",
}
#: The workbook that was sent, its cells marked.
WORKBOOK: Final = Format("xlsx", (_XLSX,), "xlsx")
_FORMATS: Final = (*(face.format for face in FACES.values()), HTML, WORKBOOK)
#: What no IRI holds (RFC 3987, 2.2).
_NO_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
#: What can be pasted, as the form names it.
PASTED: Final = {"ttl": "Turtle", "trig": "TriG", "nt": "N-Triples", "jsonld": "JSON-LD", "csv": "CSV"}


@blueprint.get("/validate")
def show_form() -> Response:
    """Show the form, and get a process ready for what will be sent."""
    site, language = the_site(), _language()
    judges_of(site).warm(site.instance.version.folder)
    return _page("validate.html", language, text="", kind="ttl", graph=request.args.get("graph", ""))


@blueprint.post("/validate")
def validate() -> Response:
    """Check what was sent, and answer with the report in the form that is asked for."""
    request.max_content_length = _MOST_BYTES
    site, language = the_site(), _language()
    chosen = _choose_format()
    try:
        uploads, graph = _read_uploads(language), _read_graph(language)
    except RequestError as error:
        if chosen is not HTML:
            raise
        return _show_again(error, language)
    judged = judges_of(site).judge(
        uploads,
        version=site.instance.version.folder,
        graph=graph,
        language=language,
        mark=chosen is WORKBOOK,
    )
    response = _send_marked(judged.marked, uploads) if chosen is WORKBOOK else None
    response = response or _answer(judged.report, uploads, chosen, language)
    if _flag("strict") and not judged.report.conforms:
        response.status_code = 422
    response.vary.update(("Accept", "Accept-Language"))
    response.headers["Cache-Control"] = "no-store"
    return response


def judges_of(site: Site) -> Judges:
    """Return what checks uploads for a site; its processes are started when they are first needed."""
    return site.judges


def _send_marked(marked: bytes, uploads: list[Upload]) -> Response:
    if not marked:
        message = "Only a sheet can be sent back with its cells marked."
        raise NotAcceptableError(message, mend="Send a CSV or XLSX file, or ask for another report.")
    response = Response(marked, content_type=_XLSX)
    stem = uploads[0].name.rpartition(".")[0] or uploads[0].name
    response.headers.set("Content-Disposition", "attachment", filename=f"{stem}-checked.xlsx")
    return response


def _answer(report: Report, uploads: list[Upload], chosen: Format, language: str) -> Response:
    if chosen is HTML:
        pasted = request.form.get("text", "")
        return _page(
            "validation_report.html",
            language,
            report=report,
            files=draw_report(report, uploads, language),
            text=pasted,
            kind=request.form.get("type", "ttl"),
            graph=request.form.get("graph", ""),
        )
    response = Response(FACES[chosen.name].render(report, language))
    plain = chosen.media_type.startswith("text/")
    response.content_type = chosen.media_type + ("; charset=utf-8" if plain else "")
    response.headers["Content-Language"] = language
    return response


def _show_again(error: RequestError, language: str) -> Response:
    """Show the form with what was sent and what is wrong with it."""
    given = {name: _form().get(name, usual) for name, usual in (("text", ""), ("type", "ttl"), ("graph", ""))}
    wrong = "file" if error.what == say("validate.empty", language) else "graph"
    page = _page(
        "validate.html",
        language,
        text=given["text"],
        kind=given["type"],
        graph=given["graph"],
        error=error,
        wrong=wrong,
    )
    page.status_code = error.status
    return page


def _page(template: str, language: str, **values: object) -> Response:
    told = partial(say_here, language)
    page = render_template(template, told=told, spoken=language, pasted=PASTED, faces=FACES, **values)
    response = make_response(page)
    response.headers["Content-Language"] = language
    response.vary.update(("Accept", "Accept-Language"))
    return response


def say_here(language: str, key: str, **values: object) -> str:
    """Return a sentence of these pages."""
    return say(f"validate.{key}" if "." not in key else key, language, **values)


def _language() -> str:
    """Return the language that is asked for by name, else the best that the client accepts, else English."""
    return choose_language(_form().get("lang", ""))


def _choose_format() -> Format:
    wanted = request.args.get("format", "") or _form().get("format", "")
    if not wanted:
        return negotiate(request.headers.get("Accept"), _FORMATS)
    chosen = find_format(wanted, _FORMATS)
    if chosen is None:
        message = f"There is no report in the format “{wanted}”."
        raise NotAcceptableError(message, mend=f"Choose one of: {', '.join(one.name for one in _FORMATS)}.")
    return chosen


def _form() -> Mapping[str, str]:
    """Return the fields of the form, where one was sent."""
    if request.mimetype not in {_FORM, _URLENCODED}:
        return {}
    request.max_content_length = _MOST_BYTES
    request.max_form_memory_size = MAX_BYTES + 65_536
    return request.form


def _read_graph(language: str) -> str | None:
    """Return the graph that is replaced, in full."""
    named = (request.args.get("graph") or _form().get("graph") or "").strip()
    if not named:
        return None
    graph = expand(named) or expand(f"graph/{named}")
    if graph is None or not graph.startswith(GRAPH) or _NO_IRI.search(graph):
        message = say("validate.no_graph", language, name=named)
        raise RequestError(message, mend=say("validate.no_graph_mend", language))
    return graph


def _read_uploads(language: str) -> list[Upload]:
    uploads = _read_form() if request.mimetype in {_FORM, _URLENCODED} else [_read_body()]
    if not uploads:
        raise RequestError(say("validate.empty", language), mend=say("validate.empty_mend", language))
    for one in uploads:
        if len(one.data) > MAX_BYTES:
            message = f"{one.name} has {len(one.data)} bytes, and at most {MAX_BYTES} are read."
            raise TooLargeError(message, mend="Divide it, one graph in each file.")
    return uploads


def _read_form() -> list[Upload]:
    files = [one for _, one in request.files.items(multi=True) if one.filename]
    if len(files) > _MOST_FILES:
        message = f"{len(files)} files were sent, and at most {_MOST_FILES} are checked together."
        raise TooLargeError(message, mend="Send less at a time.")
    uploads = [Upload(_name(one.filename or ""), one.read(), one.mimetype or None) for one in files]
    text = request.form.get("text", "")
    if text.strip():
        kind = request.form.get("type", "ttl")
        suffix = kind if kind in PASTED else "ttl"
        uploads.append(Upload(f"text.{suffix}", text.replace("\r\n", "\n").encode()))
    return uploads


def _read_body() -> Upload:
    kind = request.mimetype.lower()
    suffix = _TYPES.get(kind)
    name = _name(request.args.get("name", ""))
    if suffix is None and not (name and kind in {"", "application/octet-stream", "text/plain"}):
        message = f"A body of the type “{kind}” is not checked here." if kind else "The body has no type."
        known = ", ".join(dict.fromkeys(_TYPES))
        raise MediaTypeError(message, mend=f"Send one of: {known}; or {_FORM} with files in it.")
    return Upload(name or f"body.{suffix}", request.get_data(), kind or None)


def _name(given: str) -> str:
    """Return the name of a file without the folders around it."""
    return given.replace("\\", "/").rpartition("/")[2][:200]


def _flag(name: str) -> bool:
    return request.args.get(name, "").lower() in {"1", "true", "yes"}
