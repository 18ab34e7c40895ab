"""The questions: a list by area, and for each a page with a form, and CSV, JSON and the query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, Response, make_response, render_template, request

from crossties import results
from crossties.errors import RequestError
from crossties.questions.ask import Asked, ask, prepare
from crossties.questions.catalogue import Question, find_question
from crossties.questions.emptiness import describe_emptiness, find_empty_parts
from crossties.questions.proof import Prover, prove
from crossties.questions.proof_forms import to_proof_values
from crossties.web.forms import make_fields
from crossties.web.links import language
from crossties.web.ready import choose_examples
from crossties.web.site import Site, the_site
from crossties.web.tables import draw_answer

#: More rows than this are not unfolded on a page; the JSON proves them all.
_UNFOLDED: Final = 100

blueprint = Blueprint("questions", __name__, url_prefix="/questions")


@blueprint.get("/")
def list_questions() -> str:
    """List the questions by area."""
    areas: dict[str, list[Question]] = {}
    for question in the_site().questions.values():
        areas.setdefault(question.area, []).append(question)
    return render_template("questions.html", areas=areas)


@blueprint.get("/<area>/<leaf>")
def show_question(area: str, leaf: str) -> Response:
    """Answer a question in the form that the suffix names, or show its page."""
    site = the_site()
    name, dot, suffix = leaf.partition(".")
    question = find_question(site.instance.content.queries, f"{area}/{name}")
    given = _read_given(question)
    if dot and suffix in _SUFFIXES:
        return _SUFFIXES[suffix](site, question, given)
    if dot:
        find_question(site.instance.content.queries, f"{area}/{leaf}")
    return _show_page(site, question, given)


def _read_given(question: Question) -> dict[str, str]:
    """Return the parameters of the address; ``lang`` is the page's alone where the question has no labels."""
    given = {name: value for name, value in request.args.items() if value.strip()}
    if request.path.endswith(".json"):
        given.pop("proof", None)
    for name in given:
        if len([value for value in request.args.getlist(name) if value.strip()]) > 1:
            message = f"The parameter “{name}” is there more than once."
            raise RequestError(message, mend="Give it once.")
    if not any(parameter.name == "lang" for parameter in question.parameters):
        given.pop("lang", None)
    return given


def _show_page(site: Site, question: Question, given: Mapping[str, str]) -> Response:
    """Show the page with the answer, or with the form alone where the question needs something first."""
    proved, error = None, None
    if _is_ready(question, given):
        try:
            proved = prove(question, given, _prover(site), most=_UNFOLDED)
        except RequestError as refused:
            error = refused
    asked = proved.asked if proved else None
    page = render_template(
        "question.html",
        question=question,
        given=given,
        fields=make_fields(site, question, given, error=error, language=language()),
        examples=choose_examples(question, site.labels),
        error=error,
        asked=asked,
        drawing=draw_answer(question, asked.table) if asked else None,
        facts=proved.facts if proved else None,
        emptiness=_tell_emptiness(site, asked, given) if asked and not asked.table.rows else "",
    )
    return make_response(page, error.status if error else 200)


def _prover(site: Site) -> Prover:
    return Prover(site.labels, site.run, site.instance.content.queries / "proofs")


def _tell_emptiness(site: Site, asked: Asked, given: Mapping[str, str]) -> str:
    parts = find_empty_parts(asked.question, given, site.labels, site.run)
    return describe_emptiness(given, parts)


def _is_ready(question: Question, given: Mapping[str, str]) -> bool:
    needed = any(parameter.required for parameter in question.parameters)
    return not needed or any(name != "lang" for name in given)


def _send_csv(site: Site, question: Question, given: Mapping[str, str]) -> Response:
    asked = ask(question, given, site.labels, site.run)
    return Response(results.to_csv(asked.table), content_type="text/csv; charset=utf-8")


def _send_json(site: Site, question: Question, given: Mapping[str, str]) -> Response:
    """Send the rows; with ``proof=true`` each with the facts and passages that it rests on."""
    wanted = _read_proof()
    proved = prove(question, given, _prover(site)) if wanted else None
    asked = proved.asked if proved else ask(question, given, site.labels, site.run)
    about = describe_asked(asked, given)
    if not asked.table.rows:
        about["withoutRows"] = _tell_emptiness(site, asked, given)
    beside = to_proof_values(proved) if proved else ()
    return Response(results.to_json(asked.table, about, beside), content_type="application/json")


def _read_proof() -> bool:
    wanted = request.args.get("proof", "false")
    if wanted not in {"true", "false"}:
        message = f"The parameter “proof” can't be “{wanted}”."
        raise RequestError(message, mend="Write proof=true, or leave it out.")
    return wanted == "true"


def _send_query(site: Site, question: Question, given: Mapping[str, str]) -> Response:
    """Send the header of the question's file, which is a comment to SPARQL, and the query as it is asked."""
    source = (site.instance.content.queries / f"{question.name}.rq").read_text(encoding="utf-8")
    header = [line for line in source.splitlines() if line.startswith("#+")]
    text = "\n".join([*header, prepare(question, given, site.labels)])
    return Response(text, content_type="application/sparql-query; charset=utf-8")


def describe_asked(asked: Asked, given: Mapping[str, str]) -> dict[str, object]:
    """Return what the JSON answer says before its columns and rows: the same as ``crossties ask`` does."""
    return {"question": asked.question.name, "parameters": dict(given)}


_SUFFIXES: Final[dict[str, Callable[[Site, Question, Mapping[str, str]], Response]]] = {
    "csv": _send_csv,
    "json": _send_json,
    "rq": _send_query,
}
